import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { aggregatesPhrases } from './phrases/aggregates.js';
import { arraysPhrases } from './phrases/arrays.js';
import { bytesPhrases } from './phrases/bytes.js';
import { datesPhrases } from './phrases/dates.js';
import { geometryPhrases } from './phrases/geometry.js';
import { jsonPhrases } from './phrases/json.js';
import { networkPhrases } from './phrases/network.js';
import { numbersPhrases } from './phrases/numbers.js';
import { patternsPhrases } from './phrases/patterns.js';
import { rangesPhrases } from './phrases/ranges.js';
import { searchPhrases } from './phrases/search.js';
import { textPhrases } from './phrases/text.js';
import { xmlPhrases } from './phrases/xml.js';

/** How PostgreSQL's own functions and operators read in English. Of two that fit, the first is taken. */
export const postgresPhrases: DialectPhrases = {
  patternNotes: { LIKE: '', ILIKE: 'in upper or lower case' },
  phrases: [
    ...datesPhrases,
    ...textPhrases,
    ...patternsPhrases,
    ...bytesPhrases,
    ...numbersPhrases,
    ...aggregatesPhrases,
    ...jsonPhrases,
    ...arraysPhrases,
    ...rangesPhrases,
    ...searchPhrases,
    ...networkPhrases,
    ...geometryPhrases,
    ...xmlPhrases,
  ],
};
