import type { SqlValue } from '../database.js';
import type { Random } from '../sampling/random.js';
import { parseDataType } from './data-type.js';
import type { SampleColumn, SampleDomain, SampleTable, ValueRecipe, WordKind } from './domain.js';
import type { DatabaseData, TableData } from './table-data.js';

/** Names and words from outside, drawn from the same seed. */
export type FakeWords = (kind: WordKind) => string;

/** How much likelier early rows are referred to than late ones; 1 would be even. */
const SKEW = 1.5;
const DAY_MS = 86_400_000;

type Row = Record<string, SqlValue>;

/** Makes the rows of a sample database. The same domain, random numbers and words give the same rows. */
export function generateDatabase(domain: SampleDomain, random: Random, words: FakeWords): DatabaseData {
  const made = new Map<string, Row[]>();
  const tables = domain.tables.map((table): TableData => {
    const rows = makeRows(domain, table, made, random, words);
    made.set(table.name, rows);
    const names = Object.keys(table.columns);
    return {
      name: table.name,
      columns: names.map((name) => ({ name, type: parseDataType(table.columns[name]!.type) })),
      primaryKey: table.primaryKey,
      foreignKeys: names.flatMap((name) => foreignKey(domain, name, table.columns[name]!.make)),
      rows: rows.map((row) => names.map((name) => row[name] ?? null)),
    };
  });
  return { tables };
}

function foreignKey(domain: SampleDomain, column: string, make: ValueRecipe): TableData['foreignKeys'] {
  if (make.kind !== 'reference') return [];
  return [{ column, referencesTable: make.table, referencesColumn: keyOf(domain, make.table) }];
}

function keyOf(domain: SampleDomain, table: string): string {
  return domain.tables.find(({ name }) => name === table)!.primaryKey[0]!;
}

function makeRows(
  domain: SampleDomain,
  table: SampleTable,
  made: Map<string, Row[]>,
  random: Random,
  words: FakeWords,
): Row[] {
  const rows: Row[] = [];
  const between = (min: number, max: number): number => min + Math.floor(random.next() * (max - min + 1));
  const pick = <T>(values: T[]): T => values[Math.floor(random.next() * values.length)]!;

  const several = (values: string[], count: number): string[] => {
    const left = [...values];
    return Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(Math.floor(random.next() * left.length), 1)[0]!,
    );
  };

  const refer = (make: Extract<ValueRecipe, { kind: 'reference' }>): SqlValue => {
    const targets = make.earlier ? rows : made.get(make.table)!;
    const target = targets[Math.floor(random.next() ** SKEW * targets.length)];
    return target?.[keyOf(domain, make.table)] ?? null;
  };

  const struct = (fields: Record<string, SampleColumn>): SqlValue[] =>
    Object.values(fields).map((field) => value(field, {}));

  /** NULLs draw a number whether they are needed or not, so that one column's share does not shift the next. */
  const value = (column: SampleColumn, row: Row): SqlValue =>
    random.next() < column.nulls ? null : fresh(column, row);

  const fresh = ({ make, type }: SampleColumn, row: Row): SqlValue => {
    switch (make.kind) {
      case 'serial':
        return make.from + rows.length;
      case 'reference':
        return refer(make);
      case 'choice':
        return pick(make.values);
      case 'integer':
        return between(make.min, make.max);
      case 'decimal':
        return Number((make.min + random.next() * (make.max - make.min)).toFixed(make.digits));
      case 'date':
      case 'timestamp':
        return moment(type, Date.parse(make.from) + random.next() * (Date.parse(make.to) - Date.parse(make.from)));
      case 'after': {
        const start = row[make.column];
        if (typeof start !== 'string') return null;
        const days = make.minDays + random.next() * (make.maxDays - make.minDays);
        return moment(type, Date.parse(`${start.replace(' ', 'T')}${start.length > 10 ? 'Z' : ''}`) + days * DAY_MS);
      }
      case 'boolean':
        return random.next() < make.chance;
      case 'words':
        return words(make.of);
      case 'pattern':
        return make.pattern.replace('{}', String(between(make.min, make.max)));
      case 'several':
        return several(make.values, between(make.min, make.max));
      case 'struct':
        return struct(make.fields);
      case 'structs':
        return Array.from({ length: between(make.min, make.max) }, () => struct(make.fields));
      case 'json':
        return Object.fromEntries(Object.entries(make.fields).map(([name, field]) => [name, value(field, {})]));
    }
  };

  for (let i = 0; i < table.rows; i += 1) rows.push(makeRow(table, (column, row) => value(column, row), rows));
  return rows;
}

/** Makes one row, and makes texts that name the row again where an earlier row has the same. */
function makeRow(table: SampleTable, value: (column: SampleColumn, row: Row) => SqlValue, earlier: Row[]): Row {
  const row: Row = {};
  for (const [name, column] of Object.entries(table.columns)) {
    row[name] = value(column, row);
    const naming = column.make.kind === 'words' || column.make.kind === 'pattern';
    for (let tries = 0; naming && tries < 20 && earlier.some((other) => other[name] === row[name]); tries += 1) {
      row[name] = value(column, row);
    }
  }
  return row;
}

function moment(type: string, milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  return type === 'date' ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}
