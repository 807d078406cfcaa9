import type { DialectPhrases } from '../../core/verbalise/phrase.js';

/** How DuckDB's own functions and operators read in English. */
export const duckdbPhrases: DialectPhrases = {
  patternNotes: { LIKE: '', ILIKE: 'in upper or lower case' },
  phrases: [],
};
