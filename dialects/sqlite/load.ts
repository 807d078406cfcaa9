import type { SqlValue } from '../../core/database.js';
import type { DataType } from '../../core/samples/data-type.js';
import { jsonText, toJsonValue, type DatabaseData, type TableData } from '../../core/samples/table-data.js';
import type { Connection } from './connection.js';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Makes the tables of a database in memory and fills them. */
export function loadData(connection: Connection, { tables }: DatabaseData): void {
  for (const table of tables) {
    connection.rows(createTable(table));
    const marks = table.columns.map(() => '?').join(', ');
    const rows = table.rows.map((row) => table.columns.map(({ type }, i) => toNative(type, row[i] ?? null)));
    connection.insert(`INSERT INTO ${quote(table.name)} VALUES (${marks})`, rows);
  }
}

function createTable({ name, columns, primaryKey, foreignKeys }: TableData): string {
  const lines = columns.map((column) => `${quote(column.name)} ${declaredType(column.type)}`);
  if (primaryKey.length > 0) lines.push(`PRIMARY KEY (${primaryKey.map(quote).join(', ')})`);
  for (const key of foreignKeys) {
    lines.push(
      `FOREIGN KEY (${quote(key.column)}) REFERENCES ${quote(key.referencesTable)} (${quote(key.referencesColumn)})`,
    );
  }
  return `CREATE TABLE ${quote(name)} (${lines.join(', ')})`;
}

/** SQLite keeps any value in any column; the declared name tells readers, and introspection, what is meant. */
function declaredType({ type }: DataType): string {
  switch (type) {
    case 'integer':
      return 'INTEGER';
    case 'number':
      return 'REAL';
    case 'bytes':
      return 'BLOB';
    case 'date':
    case 'timestamp':
    case 'time':
    case 'boolean':
    case 'json':
      return type.toUpperCase();
    case 'array':
    case 'struct':
      return 'JSON';
    case 'text':
    case 'other':
      return 'TEXT';
  }
}

function toNative(type: DataType, value: SqlValue): string | number | null {
  if (value === null) return null;
  switch (type.type) {
    case 'integer':
    case 'number':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'json':
      return jsonText(value);
    case 'array':
    case 'struct':
      return JSON.stringify(toJsonValue(type, value));
    default:
      return String(value);
  }
}
