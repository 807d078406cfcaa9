import type { Column, DatabaseSchema, SqlValue, Table } from '../database.js';
import type { ColumnRole } from '../template.js';

/** Whether a column only links or numbers rows: a primary or foreign key, or named like one. */
export function isKey(column: Column, table: Table, schema: DatabaseSchema): boolean {
  return (
    column.primaryKey ||
    /(^|_)id$/i.test(column.name) ||
    schema.foreignKeys.some((fk) => fk.table === table.name && fk.column === column.name)
  );
}

/** What a column is used for, judged by its type, its keys, its name and how its values repeat. */
export function roleOf(column: Column, table: Table, schema: DatabaseSchema): ColumnRole {
  if (isKey(column, table, schema)) return 'key';
  if (column.type === 'date' || column.type === 'timestamp' || column.type === 'time') return 'time';
  if (column.type === 'boolean') return 'category';
  if (column.type === 'integer' || column.type === 'number') {
    const few = column.type === 'integer' && column.distinct <= 6 && table.rows > 3 * column.distinct;
    return few && !/(amount|price|total|count|quantity|stock|score)/i.test(column.name) ? 'category' : 'measure';
  }
  if (column.type === 'text') {
    if (/(^|_)(name|title|label)$/i.test(column.name)) return 'label';
    return column.distinct <= 30 && column.distinct * 1.5 <= table.rows ? 'category' : 'label';
  }
  return 'any';
}

/** Values of a JSON column under each of its plain top-level keys, for keys that most sampled documents have. */
export function jsonKeys(column: Column): Map<string, SqlValue[]> {
  const documents = column.samples.flatMap((sample): Record<string, SqlValue>[] => {
    const value = typeof sample === 'string' ? parseDocument(sample) : sample;
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? [value] : [];
  });
  const keys = new Map<string, SqlValue[]>();
  for (const document of documents) {
    for (const [key, value] of Object.entries(document)) keys.set(key, [...(keys.get(key) ?? []), value]);
  }
  for (const [key, values] of keys) if (values.length * 2 < documents.length || !/^\w+$/.test(key)) keys.delete(key);
  return keys;
}

function parseDocument(text: string): SqlValue {
  try {
    return JSON.parse(text) as SqlValue;
  } catch {
    return null;
  }
}
