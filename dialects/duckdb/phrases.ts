import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { aggregatePhrases } from './phrases/aggregates.js';
import { datePhrases } from './phrases/dates.js';
import { jsonPhrases } from './phrases/json.js';
import { nestedPhrases } from './phrases/nested.js';
import { numberPhrases } from './phrases/numbers.js';
import { textPhrases } from './phrases/text.js';

/** How DuckDB's own functions and operators read in English. */
export const duckdbPhrases: DialectPhrases = {
  patternNotes: { LIKE: '', ILIKE: 'in upper or lower case', GLOB: 'as a file pattern' },
  phrases: [...datePhrases, ...textPhrases, ...numberPhrases, ...aggregatePhrases, ...nestedPhrases, ...jsonPhrases],
};
