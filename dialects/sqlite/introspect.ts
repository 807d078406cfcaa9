import type { Column, DatabaseSchema, ForeignKey, Table } from '../../core/database.js';
import { chooseSamples, maxValuesLookedAt } from '../samples-of-column.js';
import { columnType } from './column-type.js';
import type { Connection } from './connection.js';
import { toSqlValue } from './value.js';

/** Statistics of a large table are taken from this many of its rows. */
const ROWS_LOOKED_AT = 50_000;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Describes the tables of a database. Views, virtual tables and SQLite's own tables are left out. */
export function introspect(connection: Connection, name: string): DatabaseSchema {
  const names = (
    connection.rows(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    ) as unknown as { name: string }[]
  ).map((row) => row.name);
  // pragma_table_list is in no particular order; creation order reads better.
  const order = (connection.rows('SELECT name FROM sqlite_schema') as unknown as { name: string }[]).map(
    (row) => row.name,
  );
  names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const tables = names.map((table) => describeTable(connection, table));
  return {
    name,
    dialect: 'sqlite',
    tables,
    foreignKeys: names.flatMap((table) => foreignKeys(connection, table, tables)),
  };
}

function describeTable(connection: Connection, table: string): Table {
  const rows = scalar(connection, `SELECT count(*) FROM ${quote(table)}`);
  const columns = connection.rows('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', [table]) as unknown as {
    name: string;
    type: string;
    notnull: number;
    pk: number;
  }[];
  return { name: table, rows, columns: columns.map((column) => describeColumn(connection, table, column)) };
}

function describeColumn(
  connection: Connection,
  table: string,
  { name, type, notnull, pk }: { name: string; type: string; notnull: number; pk: number },
): Column {
  const looked = `(SELECT ${quote(name)} AS v FROM ${quote(table)} LIMIT ${ROWS_LOOKED_AT})`;
  const [counts] = connection.rows(
    `SELECT count(*) AS n, count(v) AS filled, count(DISTINCT v) AS variety FROM ${looked}`,
  ) as unknown as {
    n: number;
    filled: number;
    variety: number;
  }[];
  const values = connection.rows(
    `SELECT v, count(*) AS n FROM ${looked} WHERE v IS NOT NULL GROUP BY v ORDER BY v LIMIT ${maxValuesLookedAt}`,
  ) as unknown as { v: never; n: number }[];
  const samples = chooseSamples(values.map(({ v, n }) => ({ value: toSqlValue(v), count: n })));
  return {
    name,
    type: columnType(type, samples),
    nativeType: type || 'ANY',
    nullable: notnull === 0 && pk === 0,
    primaryKey: pk > 0,
    distinct: counts!.variety,
    nullRate: counts!.n === 0 ? 0 : 1 - counts!.filled / counts!.n,
    samples,
  };
}

/** Foreign keys with the names as the tables write them; a key that names no column means the primary key. */
function foreignKeys(connection: Connection, table: string, tables: Table[]): ForeignKey[] {
  const rows = connection.rows('SELECT "from", "to", "table" FROM pragma_foreign_key_list(?) ORDER BY id, seq', [
    table,
  ]) as unknown as {
    from: string;
    to: string | null;
    table: string;
  }[];
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  return rows.flatMap((row) => {
    const from = tables.find(({ name }) => name === table)!.columns.find(({ name }) => same(name, row.from));
    const target = tables.find(({ name }) => same(name, row.table));
    const to = target?.columns.find(({ name, primaryKey }) => (row.to === null ? primaryKey : same(name, row.to)));
    if (!from || !target || !to) return [];
    return [{ table, column: from.name, referencesTable: target.name, referencesColumn: to.name }];
  });
}

function scalar(connection: Connection, sql: string): number {
  return Number(Object.values(connection.rows(sql)[0]!)[0]);
}
