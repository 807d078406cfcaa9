import type { Column, DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { fieldNames } from '../prompt/name-index.js';
import type { Expr } from '../sql/ast.js';
import { print } from '../sql/printer.js';
import { binary, call, column as columnNamed, number, query, select, table as tableNamed } from '../templates/build.js';
import { slipsOf } from './edit-distance.js';
import type { Phrase } from './phrases.js';

/** A column whose values the schema's samples do not all show. */
export interface SearchedColumn {
  table: number;
  column: number;
}

/** Statistics of larger tables are taken from a part of their rows (dialects/…/introspect.ts). */
const rowsLookedAt = 50_000;
const mostColumns = 32;
const mostValues = 200;

/** Text columns worth a search: those of the tables that the question speaks of first, then smaller tables before larger. */
export function columnsToSearch({ tables }: DatabaseSchema, spoken: ReadonlySet<number>): SearchedColumn[] {
  return tables
    .flatMap(({ columns, rows }, table) =>
      columns.flatMap((column, at) => (isSearched(column, rows) ? [{ table, column: at, rows }] : [])),
    )
    .sort((a, b) => Number(spoken.has(b.table)) - Number(spoken.has(a.table)) || a.rows - b.rows)
    .slice(0, mostColumns)
    .map(({ table, column }) => ({ table, column }));
}

const isSearched = (column: Column, rows: number): boolean =>
  column.type === 'text' &&
  fieldNames(column).length === 0 &&
  (column.distinct > column.samples.length || rows > rowsLookedAt);

/** The column's values that are one of the phrases but for capitals. */
export function sameValuesQuery(
  { table, column }: SearchedColumn,
  phrases: readonly Phrase[],
  schema: DatabaseSchema,
  dialect: DialectManifest,
): string {
  const texts = new Set(
    phrases.flatMap(({ text }) => [text.toLowerCase(), asciiLower(text.toUpperCase()), asciiLower(text)]),
  );
  const [name, from] = namesOf(table, column, schema);
  return printQuery(name, from, inList(lower(name), [...texts]), dialect);
}

/** The column's values of about a phrase's length that begin or end like it, or go on after it. */
export function nearValuesQuery(
  { table, column }: SearchedColumn,
  phrases: readonly Phrase[],
  schema: DatabaseSchema,
  dialect: DialectManifest,
): string {
  const [name, from] = namesOf(table, column, schema);
  const conditions = phrases.map(({ text }) => {
    const wanted = text.toLowerCase();
    const slips = slipsOf(wanted.length);
    const alike = any([
      like(name, `${escapeLike(wanted.slice(0, 2))}%`),
      like(name, `%${escapeLike(wanted.slice(-3))}`),
    ]);
    return any([
      binary(
        {
          ...{ kind: 'between', operand: call('LENGTH', [name]), negated: false },
          ...{ low: number(wanted.length - slips), high: number(wanted.length + slips) },
        },
        'AND',
        alike,
      ),
      like(name, `${escapeLike(wanted)} %`),
    ]);
  });
  return printQuery(name, from, any(conditions), dialect);
}

function namesOf(table: number, column: number, { tables }: DatabaseSchema): [Expr, string] {
  return [columnNamed(tables[table]!.columns[column]!.name), tables[table]!.name];
}

function printQuery(name: Expr, from: string, where: Expr, dialect: DialectManifest): string {
  const body = select([name], tableNamed(from), { distinct: true, where });
  return print(query(body, { limit: number(mostValues) }), dialect);
}

/** What SQLite's lower() makes of a text: it knows the letters of ASCII alone. */
const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** A pattern's own signs match any character, which a later look at the values makes good; so no dialect's escape is needed. */
const escapeLike = (text: string): string => text.replace(/[%_\\]/g, '_');

const text = (value: string): Expr => ({ kind: 'string', value, prefix: '' });
const lower = (operand: Expr): Expr => call('LOWER', [operand]);
const like = (operand: Expr, pattern: string): Expr => ({
  ...{ kind: 'like', operator: 'LIKE', operand: lower(operand), pattern: text(pattern), escape: null, negated: false },
});
const inList = (operand: Expr, values: string[]): Expr => ({
  ...{ kind: 'in', operand, list: values.map(text), query: null, unnest: null, negated: false },
});
const any = (conditions: Expr[]): Expr => conditions.reduce((left, right) => binary(left, 'OR', right));
