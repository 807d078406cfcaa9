import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { print } from '../sql/printer.js';
import type { Pair } from '../template.js';
import { withoutValues } from './literals.js';
import { createMinHash, similarity, wordShingles, type MinHashOptions } from './min-hash.js';
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
  const minHash = createMinHash(options);
  const statements = new Map<string, { id: string; count: number }>();
  const asked = new Map<string, { id: string; question: string; signature: Uint32Array }[]>();
  const statementKey = (pair: Asked, query: Query) => `${pair.database}\u0000${print(query, manifest)}`;
  const groupKey = (pair: Asked, query: Query) => `${pair.database}\u0000${withoutValues(query, manifest)}`;
  const signatureOf = (question: string) => minHash(wordShingles(question, 3));
  return {
    find(pair, query) {
      const earlier = statements.get(statementKey(pair, query));
      if (earlier !== undefined && earlier.count >= phrasings)
        return reject('duplicate', `same statement as ${earlier.id}`);
      const group = asked.get(groupKey(pair, query));
      if (group === undefined) return null;
      const signature = signatureOf(pair.question);
      const near = group.find((other) => similarity(other.signature, signature) >= threshold);
      return near === undefined ? null : reject('near-duplicate-question', `${near.id}: ${near.question}`);
    },
    add(pair, query) {
      const statement = statementKey(pair, query);
      const earlier = statements.get(statement);
      statements.set(statement, { id: earlier?.id ?? pair.id, count: (earlier?.count ?? 0) + 1 });
      const key = groupKey(pair, query);
      const entry = { id: pair.id, question: pair.question, signature: signatureOf(pair.question) };
      asked.set(key, [...(asked.get(key) ?? []), entry]);
    },
  };
}
