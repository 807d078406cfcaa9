import type { ColumnType } from '../../../core/database.js';
import type { Phrase } from '../../../core/verbalise/phrase.js';

/** One line of a list of phrases: an expression, its type, and its readings between bars. */
export const reading = (sql: string, returns: ColumnType, words: string, more: Partial<Phrase> = {}): Phrase => ({
  sql,
  returns,
  says: words.split('|').map((text) => text.trim()),
  ...more,
});

/** The same of an aggregate. */
export const aggregate = (sql: string, returns: ColumnType, words: string, more: Partial<Phrase> = {}): Phrase =>
  reading(sql, returns, words, { kind: 'aggregate', ...more });

/** The same of a condition, whose readings are clauses. */
export const predicate = (sql: string, words: string, more: Partial<Phrase> = {}): Phrase =>
  reading(sql, 'boolean', words, { kind: 'predicate', ...more });
