import type { ForeignKey, SqlValue } from '../database.js';
import { parseDataType, type DataType } from './data-type.js';

/**
 * A whole small database as plain data, the form that every engine can load: a generated sample, or a JSON file.
 * Dates are `2024-05-31`, timestamps `2024-05-31 18:30:00` in UTC, structs arrays of field values, JSON any value.
 */
export interface DatabaseData {
  tables: TableData[];
}

export interface TableData {
  name: string;
  columns: DataColumn[];
  primaryKey: string[];
  foreignKeys: { column: string; referencesTable: string; referencesColumn: string }[];
  rows: SqlValue[][];
}

export interface DataColumn {
  name: string;
  type: DataType;
}

type JsonObject = Record<string, unknown>;

/** Reads `{"tables":[{"name","columns":[[name,type]],"rows":[[…]],"primaryKey"?,"foreignKeys"?}]}`. Throws a plain Error naming the table. */
export function readDatabaseData(json: unknown): DatabaseData {
  const tables = (json as { tables?: unknown } | null)?.tables;
  if (!Array.isArray(tables)) throw new Error('It has no "tables".');
  return { tables: tables.map((table) => readTable(table as JsonObject)) };
}

function readTable(table: JsonObject): TableData {
  const name = table.name;
  if (typeof name !== 'string' || !Array.isArray(table.columns) || !Array.isArray(table.rows)) {
    throw new Error(`Table ${JSON.stringify(name)} needs "name", "columns" and "rows".`);
  }
  const columns = (table.columns as [string, string][]).map(([column, type]) => ({
    name: column,
    type: parseDataType(type),
  }));
  const rows = table.rows as SqlValue[][];
  const wrong = rows.findIndex((row) => !Array.isArray(row) || row.length !== columns.length);
  if (wrong >= 0) throw new Error(`Row ${wrong + 1} of table "${name}" has not ${columns.length} values.`);
  return {
    name,
    columns,
    primaryKey: [table.primaryKey ?? []].flat() as string[],
    foreignKeys: ((table.foreignKeys ?? []) as JsonObject[]).map(readForeignKey),
    rows,
  };
}

/** Accepts `referencesTable`/`referencesColumn` and the nested `references: {table, column}`. */
function readForeignKey(key: JsonObject): TableData['foreignKeys'][number] {
  const nested = (key.references ?? {}) as JsonObject;
  return {
    column: String(key.column),
    referencesTable: String(key.referencesTable ?? nested.table),
    referencesColumn: String(key.referencesColumn ?? nested.column),
  };
}

/** All foreign keys of a database, each with the table it starts from. */
export function foreignKeysOf({ tables }: DatabaseData): ForeignKey[] {
  return tables.flatMap((table) => table.foreignKeys.map((key) => ({ table: table.name, ...key })));
}

/** A struct's value as an object, an array's elements likewise: what a JSON column holds in engines without structs. */
export function toJsonValue(type: DataType, value: SqlValue): SqlValue {
  if (value === null) return null;
  if (type.type === 'array') return (value as SqlValue[]).map((item) => toJsonValue(type.element!, item));
  if (type.type === 'struct' && Array.isArray(value)) {
    return Object.fromEntries(type.fields!.map((field, i) => [field.name, toJsonValue(field.type, value[i] ?? null)]));
  }
  return value;
}

/** The text of a JSON column's value, which JSON files may give as text already. */
export function jsonText(value: SqlValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a column of numbers holds amounts with cents, which engines keep in a decimal type. */
export function isMoney({ columns, rows }: TableData, column: number): boolean {
  const word = columns[column]?.type.word;
  if (word !== 'NUMBER') return word === 'NUMERIC' || word === 'DECIMAL' || word === 'BIGNUMERIC';
  const decimals = rows.map((row) => String(row[column] ?? '').split('.')[1]?.length ?? 0);
  return Math.max(0, ...decimals) === 2;
}
