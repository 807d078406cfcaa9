import type { Column, DatabaseSchema, ForeignKey, Table } from '../database.js';
import { InvalidInputError } from '../errors.js';
import { ddlTokens, type DdlToken } from './ddl-tokens.js';
import { declaredType } from './declared-type.js';

/** A key before it is known which columns its table has. */
interface Reference {
  table: string;
  columns: string[];
  referencesTable: string;
  referencesColumns: string[];
}

const beginning =
  /\bCREATE\s+(?:(?:OR\s+REPLACE|TEMP|TEMPORARY|GLOBAL|LOCAL|UNLOGGED|EXTERNAL|FOREIGN|TRANSIENT)\s+){0,3}TABLE\b/gi;
const mostColumns = 5_000;

/** Whether a text holds definitions of tables. */
export const hasDdl = (text: string): boolean => text.search(beginning) >= 0;

/**
 * The schema that CREATE TABLE statements define, in whatever dialect and with whatever text around them: tables, columns, primary and
 * foreign keys. Nothing is run, so the tables have no rows and no sample values.
 * @throws InvalidInputError where no table is defined, or too many columns are
 */
export function readDdl(ddl: string, name = 'ddl', dialect = 'sqlite'): DatabaseSchema {
  const tables: Table[] = [];
  const references: Reference[] = [];
  const search = new RegExp(beginning);
  for (let found = search.exec(ddl); found !== null; found = search.exec(ddl)) {
    const { tokens, end } = ddlTokens(ddl, search.lastIndex);
    search.lastIndex = end;
    const opening = openingOf(tokens);
    if (opening === null) continue;
    const parts = splitAtCommas(tokens.slice(opening.at + 1, closingOf(tokens, opening.at)));
    const table = readTable(opening.name, parts, references);
    if (table.columns.length > 0) tables.push(table);
  }
  if (tables.length === 0) {
    throw new InvalidInputError('The text defines no table with columns.', 'Write CREATE TABLE name (column type, …).');
  }
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  if (columns > mostColumns) {
    throw new InvalidInputError(
      `The tables have ${columns} columns.`,
      `Define those that matter, ${mostColumns} at most.`,
    );
  }
  return { name, dialect, tables, foreignKeys: references.flatMap((reference) => foreignKeys(reference, tables)) };
}

/** The table's name, without its schema's, and where its columns begin; null for CREATE TABLE … AS. */
function openingOf(tokens: DdlToken[]): { name: string; at: number } | null {
  let name: string | null = null;
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, '(')) return name === null ? null : { name, at };
    if (token.kind === 'name') name = token.text;
    else if (token.kind === 'word' && !/^(IF|NOT|EXISTS)$/i.test(token.text)) {
      if (/^(AS|LIKE|SELECT)$/i.test(token.text)) return null;
      name = token.text;
    } else if (!isSign(token, '.') && token.kind !== 'word') return null;
  }
  return null;
}

function closingOf(tokens: DdlToken[], opening: number): number {
  let depth = 0;
  for (let at = opening; at < tokens.length; at += 1) {
    if (isSign(tokens[at], '(')) depth += 1;
    if (isSign(tokens[at], ')')) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** The commas of `DECIMAL(10, 2)` and `STRUCT<a INT64, b STRING>` part nothing. */
function splitAtCommas(tokens: DdlToken[]): DdlToken[][] {
  const parts: DdlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, '(') || isSign(token, '<')) depth += 1;
    if (isSign(token, ')') || isSign(token, '>')) depth -= 1;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const constraints = /^(CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|KEY|INDEX|CHECK|EXCLUDE|FULLTEXT|SPATIAL|PERIOD|LIKE)$/i;
/** Words that end a column's type. */
const attributes =
  /^(NOT|NULL|PRIMARY|KEY|UNIQUE|DEFAULT|REFERENCES|CHECK|COLLATE|CONSTRAINT|GENERATED|AS|AUTO_INCREMENT|AUTOINCREMENT|COMMENT|OPTIONS|ON|CHARACTER|IDENTITY|INVISIBLE|ENCODE|FOREIGN)$/i;

function readTable(name: string, parts: DdlToken[][], references: Reference[]): Table {
  const columns: Column[] = [];
  const primary: string[] = [];
  for (const part of parts) {
    const [first, second] = part as [DdlToken, DdlToken?];
    // A column may be called `key` or `index`; then its type follows, and of a constraint a name or a list.
    const constraint = first.kind === 'word' && constraints.test(first.text) && isConstraint(first, second);
    const place = part.findIndex((token) => isWord(token, 'REFERENCES'));
    const target = place < 0 ? null : { table: lastName(part, place + 1), columns: listAfter(part, place + 1) };
    if (constraint) {
      const key = part.findIndex((token) => isWord(token, 'KEY'));
      const kind = part[key - 1];
      if (key < 0) continue;
      if (isWord(kind, 'PRIMARY')) primary.push(...listAfter(part, key));
      if (isWord(kind, 'FOREIGN') && target) {
        const [columnsOfKey, referencesColumns] = [listAfter(part, key), target.columns];
        references.push({ table: name, columns: columnsOfKey, referencesTable: target.table, referencesColumns });
      }
      continue;
    }
    if (first.kind === 'sign' || first.kind === 'text') continue;
    if (target) {
      const [columnsOfKey, referencesColumns] = [[first.text], target.columns];
      references.push({ table: name, columns: columnsOfKey, referencesTable: target.table, referencesColumns });
    }
    columns.push(readColumn(part));
  }
  const isPrimary = (column: Column): boolean =>
    column.primaryKey || primary.some((key) => key.toLowerCase() === column.name.toLowerCase());
  return {
    name,
    rows: 0,
    columns: columns.map((column) => (isPrimary(column) ? { ...column, primaryKey: true, nullable: false } : column)),
  };
}

const isConstraint = (first: DdlToken, second: DdlToken | undefined): boolean => {
  if (/^(KEY|INDEX|PERIOD|LIKE)$/i.test(first.text))
    return second === undefined || declaredType(second.text) === 'other';
  return true;
};

function readColumn([name, ...rest]: DdlToken[]): Column {
  const end = rest.findIndex((token) => token.kind === 'word' && attributes.test(token.text));
  const declared = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text).join(' ');
  const after = end < 0 ? [] : rest.slice(end);
  const says = (...words: string[]): boolean =>
    after.some((_, at) => words.every((word, offset) => isWord(after[at + offset], word)));
  const primaryKey = says('PRIMARY', 'KEY') || says('PRIMARY');
  const type = declaredType(declared);
  return {
    ...{ name: name!.text, type, nativeType: declared === '' ? 'ANY' : declared },
    nullable: !primaryKey && !says('NOT', 'NULL'),
    ...{ primaryKey, distinct: 0, nullRate: 0, samples: [] },
  };
}

/** The last part of a dotted name. */
function lastName(part: DdlToken[], from: number): string {
  let at = from;
  while (isSign(part[at + 1], '.')) at += 2;
  return part[at]?.text ?? '';
}

/** Names in the first parentheses from here on. */
function listAfter(part: DdlToken[], from: number): string[] {
  const opening = part.findIndex((token, at) => at >= from && isSign(token, '('));
  if (opening < 0) return [];
  const list = splitAtCommas(part.slice(opening + 1, closingOf(part, opening)));
  return list.map(([first]) => first!.text);
}

/** Keys with names as the tables write them; one that names no column means the primary key. */
function foreignKeys({ table, columns, ...to }: Reference, tables: Table[]): ForeignKey[] {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const source = tables.find(({ name }) => name === table)!;
  const target = tables.find(({ name }) => same(name, to.referencesTable));
  if (!source || !target) return [];
  const primary = target.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name);
  return columns.flatMap((column, at) => {
    const from = source.columns.find(({ name }) => same(name, column));
    const wanted = to.referencesColumns[at] ?? primary[at];
    const there = wanted === undefined ? undefined : target.columns.find(({ name }) => same(name, wanted));
    if (!from || !there) return [];
    return [{ table, column: from.name, referencesTable: target.name, referencesColumn: there.name }];
  });
}

const isWord = (token: DdlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toUpperCase() === word;
const isSign = (token: DdlToken | undefined, sign: string): boolean => token?.kind === 'sign' && token.text === sign;
