import type { Column, ColumnType, DatabaseSchema, ForeignKey, Table } from '../../core/database.js';
import { chooseSamples, maxValuesLookedAt } from '../samples-of-column.js';
import type { ReaderConnection } from './connection.js';
import { quoteName } from './quote.js';
import { readValue } from './value.js';

/** Statistics of a large table are taken from this many of its rows. */
const ROWS_LOOKED_AT = 50_000;

interface ColumnRow {
  schema: string;
  table: string;
  column: string;
  native: string;
  oid: string;
  element: string | null;
  nullable: string;
  key: string;
}

/** Describes the tables that unqualified names reach: those of the schemas in search_path that the role can read. */
export async function introspect(connection: ReaderConnection, name: string): Promise<DatabaseSchema> {
  const columns = await connection.rows<ColumnRow>(`
    SELECT n.nspname AS schema, c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS native,
           coalesce(nullif(t.typbasetype, 0), a.atttypid)::oid AS oid,
           CASE WHEN t.typcategory = 'A' THEN format_type(t.typelem, NULL) END AS element,
           NOT a.attnotnull AS nullable, coalesce(a.attnum = ANY (k.conkey), false) AS key
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY (current_schemas(false))
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relkind IN ('r', 'p', 'f', 'm') AND pg_table_is_visible(c.oid) AND NOT c.relispartition
      AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY c.oid, a.attnum`);
  const tables: Table[] = [];
  for (const rows of groupBy(columns, ({ table }) => table)) tables.push(await describeTable(connection, rows));
  const names = new Set(tables.map((table) => table.name));
  const keys = (await foreignKeys(connection)).filter((key) => names.has(key.table) && names.has(key.referencesTable));
  return { name, dialect: 'postgres', tables, foreignKeys: keys };
}

async function describeTable(connection: ReaderConnection, rows: ColumnRow[]): Promise<Table> {
  const { schema, table } = rows[0]!;
  const from = `${quoteName(schema)}.${quoteName(table)}`;
  const [counted] = await connection.rows<{ n: string }>(`SELECT count(*) AS n FROM ${from}`);
  const columns: Column[] = [];
  for (const row of rows) columns.push(await describeColumn(connection, from, row));
  return { name: table, rows: Number(counted!.n), columns };
}

async function describeColumn(connection: ReaderConnection, from: string, row: ColumnRow): Promise<Column> {
  const comparable = /^(json|xml|point|polygon|box|circle|line|lseg|path)$/.test(row.native)
    ? `${quoteName(row.column)}::text`
    : quoteName(row.column);
  const looked = `(SELECT ${comparable} AS v FROM ${from} LIMIT ${ROWS_LOOKED_AT}) AS looked`;
  const [counts] = await connection.rows<{ n: string; filled: string; variety: string }>(
    `SELECT count(*) AS n, count(v) AS filled, count(DISTINCT v) AS variety FROM ${looked}`,
  );
  const values = await connection.rows<{ v: string; n: string }>(
    `SELECT v, count(*) AS n FROM ${looked} WHERE v IS NOT NULL GROUP BY v ORDER BY v LIMIT ${maxValuesLookedAt}`,
  );
  const rows = Number(counts!.n);
  const element = row.element === null ? undefined : columnType(row.element);
  return {
    name: row.column,
    type: element ? 'array' : columnType(row.native),
    nativeType: row.native,
    nullable: row.nullable === 't',
    primaryKey: row.key === 't',
    distinct: Number(counts!.variety),
    nullRate: rows === 0 ? 0 : 1 - Number(counts!.filled) / rows,
    samples: chooseSamples(values.map(({ v, n }) => ({ value: readValue(v, Number(row.oid)), count: Number(n) }))),
    ...(element ? { elementType: element } : {}),
  };
}

function columnType(native: string): ColumnType {
  if (/^(smallint|integer|bigint|oid)$/.test(native)) return 'integer';
  if (/^(numeric|real|double precision|money)/.test(native)) return 'number';
  if (/^(text|character|name|citext|uuid|"char")/.test(native)) return 'text';
  if (native === 'date') return 'date';
  if (native.startsWith('timestamp')) return 'timestamp';
  if (native.startsWith('time')) return 'time';
  if (native === 'boolean') return 'boolean';
  if (/^jsonb?$/.test(native)) return 'json';
  return native === 'bytea' ? 'bytes' : 'other';
}

async function foreignKeys(connection: ReaderConnection): Promise<ForeignKey[]> {
  const rows = await connection.rows<{ from_table: string; from_column: string; to_table: string; to_column: string }>(`
    SELECT f.relname AS from_table, fa.attname AS from_column, t.relname AS to_table, ta.attname AS to_column
    FROM pg_constraint k
    CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair(here, there, n)
    JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = pair.here
    JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = pair.there
    WHERE k.contype = 'f' AND k.conparentid = 0 AND pg_table_is_visible(f.oid) AND pg_table_is_visible(t.oid)
    ORDER BY f.oid, k.oid, pair.n`);
  return rows.map((row) => ({
    table: row.from_table,
    column: row.from_column,
    referencesTable: row.to_table,
    referencesColumn: row.to_column,
  }));
}

function groupBy<T>(items: T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}
