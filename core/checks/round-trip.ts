import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { commonPhrases } from '../verbalise/common-phrases.js';
import { compileLexicon, type DialectPhrases } from '../verbalise/phrase.js';
import { missingValues } from './mentions.js';
import { functionWords } from './function-words.js';
import { normalise } from './question-words.js';
import { reject, type Rejection } from './rejection.js';
import { neededClauses } from './round-trip-clauses.js';
import { missingNames } from './round-trip-names.js';
import { says } from './round-trip-words.js';

/** Whether a statement could be found again in a question about a database; null where it could. */
export type RoundTripJudge = (question: string, query: Query, schema: DatabaseSchema) => Rejection | null;

/**
 * The judge that needs no model: whether a reader who is given the question alone could find the statement again. Every value, every table
 * that is more than a bridge between others, every column that is not only a join's key, and every aggregate, function, window, grouping,
 * order and its direction, limit, negation, direction of a comparison and set operation must have words of its own. It sees what is left out,
 * not what is wrongly combined; reports name it. What a function is called, the dialect's phrases say.
 */
export function createRoundTripJudge(manifest: DialectManifest, phrases: DialectPhrases): RoundTripJudge {
  const lexicon = compileLexicon(manifest, phrases, commonPhrases);
  const words = functionWords(lexicon);
  return (question, query, schema) => {
    const spoken = normalise(question.replace(/n['’]t\b/g, ' not'));
    const clauses = neededClauses(query, lexicon, words).filter((need) => !says(spoken, need.words));
    const missing = [
      ...missingValues(question, query).map((value) => `value ${value}`),
      ...clauses.map(({ clause }) => `clause ${clause}`),
      ...missingNames(spoken, query, schema),
    ];
    return missing.length === 0
      ? null
      : reject('judge-disagrees', `not in the question: ${[...new Set(missing)].join(', ')}`);
  };
}
