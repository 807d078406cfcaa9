import type { ColumnType, DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { SpiderSchema } from '../seeds/spider.js';
import { lex, significant } from '../sql/lexer.js';
import type { Pair } from '../template.js';

/**
 * A pair as a row of Spider's train and dev files. The field `sql` of the original, the output of Spider's own parser, is left out:
 * that parser knows SQLite's plain SELECT alone, and what reads the files parses `query` itself.
 */
export function toSpiderRow(pair: Pair, dialect: DialectManifest) {
  const tokens = significant(lex(pair.sql, dialect.lexer)).filter(({ kind }) => kind !== 'end');
  return {
    db_id: pair.database,
    query: pair.sql,
    query_toks: tokens.map(({ text }) => text),
    query_toks_no_value: tokens.map(({ kind, text }) =>
      kind === 'string' || kind === 'number' ? 'value' : text.toLowerCase(),
    ),
    question: pair.question,
    question_toks: pair.question.match(/[\p{L}\p{N}_]+(?:['’.,][\p{L}\p{N}_]+)*|[^\s\p{L}\p{N}_]/gu) ?? [],
    id: pair.id,
    hardness: pair.hardness,
  };
}

const spiderTypes: Partial<Record<ColumnType, string>> = {
  ...{ integer: 'number', number: 'number', text: 'text', boolean: 'boolean' },
  ...{ date: 'time', time: 'time', timestamp: 'time' },
};

/** The names in words, which readers of schemas use beside the original ones. */
interface SpiderNames {
  table_names: string[];
  column_names: [number, string][];
}

/** A database as an entry of Spider's tables.json: columns numbered through, the first being `*`; keys by those numbers. */
export function toSpiderSchema({ name, tables, foreignKeys }: DatabaseSchema): SpiderSchema & SpiderNames {
  const columns = tables.flatMap((table, at) => table.columns.map((column) => ({ at, table: table.name, column })));
  const numberOf = (table: string, column: string): number =>
    columns.findIndex((entry) => entry.table === table && entry.column.name === column) + 1;
  const plain = (text: string): string => text.replaceAll('_', ' ').toLowerCase();
  return {
    db_id: name,
    table_names_original: tables.map((table) => table.name),
    table_names: tables.map((table) => plain(table.name)),
    column_names_original: [[-1, '*'], ...columns.map(({ at, column }): [number, string] => [at, column.name])],
    column_names: [[-1, '*'], ...columns.map(({ at, column }): [number, string] => [at, plain(column.name)])],
    column_types: ['text', ...columns.map(({ column }) => spiderTypes[column.type] ?? 'others')],
    primary_keys: columns.flatMap(({ column }, at) => (column.primaryKey ? [at + 1] : [])),
    foreign_keys: foreignKeys.map((key) => [
      numberOf(key.table, key.column),
      numberOf(key.referencesTable, key.referencesColumn),
    ]),
  };
}
