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

/** What a pair's statement is remembered by. */
export interface DuplicateKeys {
  /** Of the statement on its database. */
  statement: number;
  /** Of the same without its values: pairs that differ in it are never compared. */
  group: number;
}

/** Fingerprints of a statement on a database, however it is written. */
export function duplicateKeys(database: string, query: Query, manifest: DialectManifest): DuplicateKeys {
  return {
    statement: fingerprint(database, print(query, manifest)),
    group: fingerprint(database, withoutValues(query, manifest)),
  };
}

/** Remembers accepted pairs and finds those that say the same again. */
export interface KeyedDuplicateFilter {
  find(pair: Asked, keys: DuplicateKeys): Rejection | null;
  /** Remembers an accepted pair; a rejected one must not stand in the way of a later one. */
  add(pair: Asked, keys: DuplicateKeys): void;
}

/**
 * Exact duplicates have the same canonical statement on the same database, once it has been asked for in as many ways as allowed. Near duplicates have a nearly equal question and, on the same
 * database, the same statement but for its values. Questions about other columns, other tables or another shape are never compared: "the average
 * price of each category" and "the average stock of each category" differ by one word and mean different things.
 */
export function createKeyedDuplicateFilter({
  threshold = 0.8,
  phrasings = 1,
  ...options
}: DuplicateOptions = {}): KeyedDuplicateFilter {
  const questions = createNearQuestions(threshold, options);
  const statements = new Map<number, { id: string; count: number }>();
  return {
    find(pair, { statement, group }) {
      const earlier = statements.get(statement);
      if (earlier !== undefined && earlier.count >= phrasings)
        return reject('duplicate', `same statement as ${earlier.id}`);
      const near = questions.find(group, pair.question);
      return near === null ? null : reject('near-duplicate-question', `${near.id}: ${near.question}`);
    },
    add(pair, { statement, group }) {
      const earlier = statements.get(statement);
      statements.set(statement, { id: earlier?.id ?? pair.id, count: (earlier?.count ?? 0) + 1 });
      questions.add(group, pair.id, pair.question);
    },
  };
}

/** The same for pairs whose statements are at hand. */
export interface DuplicateFilter {
  find(pair: Asked, query: Query): Rejection | null;
  add(pair: Asked, query: Query): void;
}

export function createDuplicateFilter(manifest: DialectManifest, options: DuplicateOptions = {}): DuplicateFilter {
  const filter = createKeyedDuplicateFilter(options);
  return {
    find: (pair, query) => filter.find(pair, duplicateKeys(pair.database, query, manifest)),
    add: (pair, query) => filter.add(pair, duplicateKeys(pair.database, query, manifest)),
  };
}
