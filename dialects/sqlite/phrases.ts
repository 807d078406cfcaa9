import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { aggregatePhrases } from './phrases/aggregates.js';
import { binaryJsonPhrases } from './phrases/binary-json.js';
import { conditionPhrases } from './phrases/conditions.js';
import { datePhrases } from './phrases/dates.js';
import { jsonPhrases } from './phrases/json.js';
import { numberPhrases } from './phrases/numbers.js';
import { textPhrases } from './phrases/text.js';
import { trigonometryPhrases } from './phrases/trigonometry.js';

/** How SQLite's own functions and operators read in English. Of two that fit an expression the first is taken: the closer one stands first. */
export const sqlitePhrases: DialectPhrases = {
  patternNotes: { LIKE: '', GLOB: 'in exactly this case' },
  phrases: [
    ...datePhrases,
    ...textPhrases,
    ...conditionPhrases,
    ...trigonometryPhrases,
    ...numberPhrases,
    ...aggregatePhrases,
    ...binaryJsonPhrases,
    ...jsonPhrases,
  ],
};
