import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { fingerprint } from '../sampling/random.js';
import { print } from '../sql/printer.js';
import type { Pair } from '../template.js';
import { withoutValues } from './literals.js';
import type { MinHashOptions } from './min-hash.js';
import { createNearQuestions } from './near-questions.js';
import { reject, type Rejection } from './rejection.js';

export interface DuplicateOptions extends MinHashOptions {
  /** Jaccard similarity of the questions' 3-word shingles from which they count as the same. */
  threshold?: number;
  /** How many questions may ask for one statement of one database, if they are phrased differently. */
  phrasings?: number;
}

export type Asked = Pick<Pair, 'id' | 'database' | 'question'>;

/** Remembers accepted pairs and finds those that say the same again. */
export interface DuplicateFilter {
  find(pair: Asked, query: Query): Rejection | null;
  /** Remembers an accepted pair; a rejected one must not stand in the way of a later one. */
  add(pair: Asked, query: Query): void;
}

/**
 * Exact duplicates have the same canonical statement on the same database, once it has been asked for in as many ways as allowed. Near duplicates have a nearly equal question and, on the same
 * database, the same statement but for its values. Questions about other columns, other tables or another shape are never compared: "the average
 * price of each category" and "the average stock of each category" differ by one word and mean different things.
 */
export function createDuplicateFilter(
  manifest: DialectManifest,
  { threshold = 0.8, phrasings = 1, ...options }: DuplicateOptions = {},
): DuplicateFilter {
  const questions = createNearQuestions(threshold, options);
  const statements = new Map<number, { id: string; count: number }>();
  const statementKey = (pair: Asked, query: Query) => fingerprint(pair.database, print(query, manifest));
  const groupKey = (pair: Asked, query: Query) => `${pair.database}\u0000${withoutValues(query, manifest)}`;
  return {
    find(pair, query) {
      const earlier = statements.get(statementKey(pair, query));
      if (earlier !== undefined && earlier.count >= phrasings)
        return reject('duplicate', `same statement as ${earlier.id}`);
      const near = questions.find(groupKey(pair, query), pair.question);
      return near === null ? null : reject('near-duplicate-question', `${near.id}: ${near.question}`);
    },
    add(pair, query) {
      const statement = statementKey(pair, query);
      const earlier = statements.get(statement);
      statements.set(statement, { id: earlier?.id ?? pair.id, count: (earlier?.count ?? 0) + 1 });
      questions.add(groupKey(pair, query), pair.id, pair.question);
    },
  };
}
