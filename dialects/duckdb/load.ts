import type { SqlValue } from '../../core/database.js';
import type { DataType } from '../../core/samples/data-type.js';
import { isMoney, jsonText, toJsonValue, type DatabaseData, type TableData } from '../../core/samples/table-data.js';
import type { Connection } from './connection.js';
import { quoteName } from './quote.js';

/**
 * Makes the tables of a database in memory and fills them. Foreign keys are not declared: DuckDB takes them only with the
 * table, in order and at the cost of an index, and introspection reads them from the data.
 */
export async function loadData(connection: Connection, { tables }: DatabaseData): Promise<void> {
  for (const table of tables) {
    const types = table.columns.map(({ type }, i) => nativeType(type, table, i));
    await connection.rows(createTable(table, types));
    if (table.rows.length === 0) continue;
    const struct = table.columns.map(({ name }, i) => `${quoteName(name)} ${types[i]}`).join(', ');
    const rows = table.rows.map((row) => toRecord(table, row));
    await connection.rows(
      `INSERT INTO ${quoteName(table.name)} SELECT unnest($1::JSON::STRUCT(${struct})[], max_depth := 2)`,
      [JSON.stringify(rows)],
    );
  }
}

function createTable({ name, columns, primaryKey }: TableData, types: string[]): string {
  const lines = columns.map((column, i) => `${quoteName(column.name)} ${types[i]}`);
  if (primaryKey.length > 0) lines.push(`PRIMARY KEY (${primaryKey.map(quoteName).join(', ')})`);
  return `CREATE TABLE ${quoteName(name)} (${lines.join(', ')})`;
}

function nativeType(type: DataType, table: TableData, column: number): string {
  switch (type.type) {
    case 'integer':
      return table.rows.some((row) => Math.abs(Number(row[column])) > 2_147_483_647) ? 'BIGINT' : 'INTEGER';
    case 'number':
      return isMoney(table, column) ? 'DECIMAL(12,2)' : 'DOUBLE';
    case 'array':
      return `${nestedType(type.element!)}[]`;
    case 'struct':
      return nestedType(type);
    case 'bytes':
      return 'BLOB';
    case 'text':
    case 'other':
      return 'VARCHAR';
    default:
      return type.type.toUpperCase();
  }
}

/** The type of an element or a field, whose values no column lists. */
function nestedType(type: DataType): string {
  if (type.type === 'array') return `${nestedType(type.element!)}[]`;
  if (type.type === 'struct') {
    return `STRUCT(${type.fields!.map((field) => `${quoteName(field.name)} ${nestedType(field.type)}`).join(', ')})`;
  }
  return type.type === 'integer' ? 'BIGINT' : nativeType(type, { rows: [], columns: [] } as never, 0);
}

function toRecord({ columns }: TableData, row: SqlValue[]): Record<string, SqlValue> {
  return Object.fromEntries(columns.map(({ name, type }, i) => [name, toNative(type, row[i] ?? null)]));
}

function toNative(type: DataType, value: SqlValue): SqlValue {
  if (value === null) return null;
  if (type.type === 'json') return JSON.parse(jsonText(value)) as SqlValue;
  // A timestamp column has no zone: the text's zone, always UTC, goes.
  if (type.type === 'timestamp') return String(value).replace(/(Z|\+00(:00)?)$/, '');
  // A BLOB is read from text with an escape for each byte.
  if (type.type === 'bytes') {
    const bytes = Buffer.from(String(value), 'base64');
    return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
  }
  return toJsonValue(type, value);
}
