import type { Column, ColumnType, DatabaseSchema, ForeignKey, SqlValue, Table } from '../../core/database.js';
import { chooseSamples, maxValuesLookedAt } from '../samples-of-column.js';
import type { ReaderConnection } from './connection.js';
import { quoteName } from './quote.js';

/** Statistics of a large table are taken from this many of its rows. */
const ROWS_LOOKED_AT = 50_000;

interface ColumnRow {
  table: string;
  column: string;
  native: string;
  nullable: string;
  key: string;
}

/** Describes the tables of the database that the address names, as far as the user may read them. */
export async function introspect(connection: ReaderConnection, name: string): Promise<DatabaseSchema> {
  const columns = await connection.rows<ColumnRow>(`
    SELECT c.TABLE_NAME AS \`table\`, c.COLUMN_NAME AS \`column\`, c.COLUMN_TYPE AS native, c.IS_NULLABLE AS nullable,
           c.COLUMN_KEY AS \`key\`
    FROM information_schema.COLUMNS AS c
    JOIN information_schema.TABLES AS t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
    WHERE c.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE'
    ORDER BY t.CREATE_TIME, c.TABLE_NAME, c.ORDINAL_POSITION`);
  const tables: Table[] = [];
  for (const table of new Set(columns.map((column) => column.table)))
    tables.push(
      await describeTable(
        connection,
        table,
        columns.filter((column) => column.table === table),
      ),
    );
  return { name, dialect: 'mariadb', tables, foreignKeys: await foreignKeys(connection) };
}

async function describeTable(connection: ReaderConnection, name: string, rows: ColumnRow[]): Promise<Table> {
  const [counted] = await connection.rows<{ n: number }>(`SELECT count(*) AS n FROM ${quoteName(name)}`);
  const json = await jsonColumns(connection, name);
  const columns: Column[] = [];
  for (const row of rows) columns.push(await describeColumn(connection, row, json.has(row.column)));
  return { name, rows: Number(counted!.n), columns };
}

/** A JSON column is a text with a check, which a user who can only read sees in the table's definition alone. */
async function jsonColumns(connection: ReaderConnection, table: string): Promise<Set<string>> {
  const [shown] = await connection.rows<{ 'Create Table': string }>(`SHOW CREATE TABLE ${quoteName(table)}`);
  const checks = shown!['Create Table'].matchAll(/json_valid\(`((?:[^`]|``)+)`\)/g);
  return new Set([...checks].map(([, name]) => name!.replaceAll('``', '`')));
}

async function describeColumn(connection: ReaderConnection, row: ColumnRow, json: boolean): Promise<Column> {
  const type = json ? 'json' : columnType(row);
  const looked = `(SELECT ${quoteName(row.column)} AS v FROM ${quoteName(row.table)} LIMIT ${ROWS_LOOKED_AT}) AS looked`;
  const [counts] = await connection.rows<{ n: number; filled: number; variety: number }>(
    `SELECT count(*) AS n, count(v) AS filled, count(DISTINCT v) AS variety FROM ${looked}`,
  );
  const counted: { value: SqlValue; count: number }[] = [];
  await connection.stream(
    `SELECT v, count(*) AS n FROM ${looked} WHERE v IS NOT NULL GROUP BY v ORDER BY v LIMIT ${maxValuesLookedAt}`,
    ([value, count]) => counted.push({ value: type === 'boolean' ? value === 1 : value!, count: Number(count) }) > 0,
  );
  const rows = Number(counts!.n);
  return {
    name: row.column,
    type,
    nativeType: json ? 'json' : row.native,
    nullable: row.nullable === 'YES',
    primaryKey: row.key === 'PRI',
    distinct: Number(counts!.variety),
    nullRate: rows === 0 ? 0 : 1 - Number(counts!.filled) / rows,
    samples: chooseSamples(counted),
  };
}

function columnType({ native }: ColumnRow): ColumnType {
  if (native === 'tinyint(1)') return 'boolean';
  if (/^(tiny|small|medium|big)?int|^year/.test(native)) return 'integer';
  if (/^(decimal|float|double)/.test(native)) return 'number';
  if (/char|text|^enum|^set|^uuid|^inet/.test(native)) return 'text';
  if (native === 'date') return 'date';
  if (/^(datetime|timestamp)/.test(native)) return 'timestamp';
  if (native.startsWith('time')) return 'time';
  return /binary|blob|^bit/.test(native) ? 'bytes' : 'other';
}

async function foreignKeys(connection: ReaderConnection): Promise<ForeignKey[]> {
  return connection.rows<ForeignKey>(`
    SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS referencesTable,
           REFERENCED_COLUMN_NAME AS referencesColumn
    FROM information_schema.KEY_COLUMN_USAGE
    WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()
    ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`);
}
