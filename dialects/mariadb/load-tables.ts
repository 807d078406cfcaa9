import type { Connection } from 'mysql2/promise';
import type { SqlValue } from '../../core/database.js';
import type { DataType } from '../../core/samples/data-type.js';
import { isMoney, jsonText, toJsonValue, type DatabaseData, type TableData } from '../../core/samples/table-data.js';
import { quoteName } from './quote.js';

/** Makes the tables, rows and keys in the database that is in use. */
export async function loadTables(admin: Connection, { tables }: DatabaseData): Promise<void> {
  for (const table of tables) {
    await admin.query(createTable(table));
    const rows = table.rows.map((row) => row.map((value, i) => toNative(table.columns[i]!.type, value)));
    if (rows.length > 0) await admin.query(`INSERT INTO ${quoteName(table.name)} VALUES ?`, [rows]);
  }
  for (const { name, foreignKeys } of tables) {
    for (const key of foreignKeys) {
      const target = `${quoteName(key.referencesTable)} (${quoteName(key.referencesColumn)})`;
      await admin.query(
        `ALTER TABLE ${quoteName(name)} ADD FOREIGN KEY (${quoteName(key.column)}) REFERENCES ${target}`,
      );
    }
  }
}

function createTable(table: TableData): string {
  const lines = table.columns.map(({ name, type }, i) => `${quoteName(name)} ${nativeType(type, table, i)}`);
  if (table.primaryKey.length > 0) lines.push(`PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`);
  return `CREATE TABLE ${quoteName(table.name)} (${lines.join(', ')})`;
}

function nativeType(type: DataType, table: TableData, column: number): string {
  switch (type.type) {
    case 'integer':
      return 'bigint';
    case 'number':
      return isMoney(table, column) ? 'decimal(14,2)' : 'double';
    case 'text':
      // A key cannot be a text of any length.
      return isKey(table, column) ? 'varchar(190)' : 'text';
    case 'timestamp':
      return 'datetime';
    case 'boolean':
      return 'boolean';
    case 'bytes':
      return 'blob';
    case 'array':
    case 'struct':
    case 'json':
      return 'json';
    case 'date':
    case 'time':
      return type.type;
    case 'other':
      return 'text';
  }
}

function isKey(table: TableData, column: number): boolean {
  const { name } = table.columns[column]!;
  return table.primaryKey.includes(name) || table.foreignKeys.some((key) => key.column === name);
}

function toNative(type: DataType, value: SqlValue): SqlValue {
  if (value === null) return null;
  if (['json', 'array', 'struct'].includes(type.type)) return jsonText(toJsonValue(type, value));
  // A datetime has no zone: the text's zone, always UTC, goes.
  if (type.type === 'timestamp' && typeof value === 'string')
    return value.replace(/(Z|\+00(:00)?)$/, '').replace('T', ' ');
  return value;
}
