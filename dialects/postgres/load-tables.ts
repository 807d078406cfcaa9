import type pg from 'pg';
import type { SqlValue } from '../../core/database.js';
import type { DataType } from '../../core/samples/data-type.js';
import { isMoney, toJsonValue, type DatabaseData, type TableData } from '../../core/samples/table-data.js';
import { quoteName } from './quote.js';

/** Makes a schema with its tables, rows and keys, in the transaction that the client is in. */
export async function loadTables(client: pg.Client, schema: string, { tables }: DatabaseData): Promise<void> {
  await client.query(`CREATE SCHEMA ${quoteName(schema)}`);
  await client.query(`SET LOCAL search_path = ${quoteName(schema)}`);
  for (const table of tables) {
    await client.query(createTable(table));
    const name = quoteName(table.name);
    const rows = table.rows.map((row) => toRecord(table, row));
    await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [
      JSON.stringify(rows),
    ]);
  }
  for (const { name, foreignKeys } of tables) {
    for (const key of foreignKeys) {
      const target = `${quoteName(key.referencesTable)} (${quoteName(key.referencesColumn)})`;
      await client.query(
        `ALTER TABLE ${quoteName(name)} ADD FOREIGN KEY (${quoteName(key.column)}) REFERENCES ${target}`,
      );
    }
    await client.query(`ANALYZE ${quoteName(name)}`);
  }
}

function createTable(table: TableData): string {
  const lines = table.columns.map((column, i) => `${quoteName(column.name)} ${nativeType(column.type, table, i)}`);
  if (table.primaryKey.length > 0) lines.push(`PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`);
  return `CREATE TABLE ${quoteName(table.name)} (${lines.join(', ')})`;
}

function nativeType(type: DataType, table: TableData, column: number): string {
  switch (type.type) {
    case 'integer':
      return table.rows.some((row) => Math.abs(Number(row[column])) > 2_147_483_647) ? 'bigint' : 'integer';
    case 'number':
      return isMoney(table, column) ? 'numeric(12,2)' : 'double precision';
    case 'array':
      return isNested(type.element!) ? 'jsonb' : `${nativeType(type.element!, { ...table, rows: [] }, 0)}[]`;
    case 'struct':
    case 'json':
      return 'jsonb';
    case 'bytes':
      return 'bytea';
    case 'other':
      return 'text';
    default:
      return type.type;
  }
}

const isNested = ({ type }: DataType): boolean => type === 'struct' || type === 'array';

function toRecord({ columns }: TableData, row: SqlValue[]): Record<string, SqlValue> {
  return Object.fromEntries(columns.map(({ name, type }, i) => [name, toNative(type, row[i] ?? null)]));
}

function toNative(type: DataType, value: SqlValue): SqlValue {
  if (type.type === 'json' && typeof value === 'string') return JSON.parse(value) as SqlValue;
  // A timestamp column has no zone: the text's zone, always UTC, goes.
  if (type.type === 'timestamp' && typeof value === 'string') return value.replace(/(Z|\+00(:00)?)$/, '');
  return toJsonValue(type, value);
}
