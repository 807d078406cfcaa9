import type { Column, DatabaseSchema, SqlValue } from '../database.js';
import { nameKey, splitName } from './words.js';

/** What a phrase of a question may name. Table and column are places in the schema's lists. */
export type NameTarget =
  | { kind: 'table'; table: number }
  | { kind: 'column'; table: number; column: number }
  | { kind: 'field'; table: number; column: number; name: string };

export interface NameEntry {
  target: NameTarget;
  /** 0 for the whole name; higher for forms that say less. */
  looseness: number;
}

export interface NameIndex {
  entries: Map<string, NameEntry[]>;
  /** Words of the longest key. */
  longest: number;
}

// Thousands of questions are asked of one schema.
const indexes = new WeakMap<DatabaseSchema, NameIndex>();
const fields = new WeakMap<Column, string[]>();

/** Every way in which the schema's names may be said, by the key under which phrases are compared. */
export function indexNames(schema: DatabaseSchema): NameIndex {
  const known = indexes.get(schema);
  if (known) return known;
  const index: NameIndex = { entries: new Map(), longest: 1 };
  indexes.set(schema, index);
  schema.tables.forEach((table, t) => {
    const tableWords = splitName(table.name);
    add(index, tableWords, { kind: 'table', table: t }, 0);
    table.columns.forEach((column, c) => {
      const words = splitName(column.name);
      add(index, words, { kind: 'column', table: t, column: c }, 0);
      const bare = withoutTableName(words, tableWords);
      if (bare) add(index, bare, { kind: 'column', table: t, column: c }, 1);
      for (const name of fieldNames(column)) {
        add(index, splitName(name), { kind: 'field', table: t, column: c, name }, 0);
      }
    });
  });
  return index;
}

/** The names below a column: a struct's fields, and the keys of the JSON documents among its samples. */
export function fieldNames(column: Column): string[] {
  const known = fields.get(column);
  if (known) return known;
  const found = findFieldNames(column);
  fields.set(column, found);
  return found;
}

function findFieldNames(column: Column): string[] {
  const names = new Set(column.fields?.map((field) => field.name));
  if (column.type === 'json' || column.type === 'text') {
    for (const sample of column.samples) collectKeys(parseDocument(sample), names, 0);
  }
  return [...names];
}

function add(index: NameIndex, words: string[], target: NameTarget, looseness: number): void {
  const key = nameKey(words);
  if (key === '') return;
  const entries = index.entries.get(key) ?? [];
  entries.push({ target, looseness });
  index.entries.set(key, entries);
  index.longest = Math.max(index.longest, words.length);
}

/** `product_name` of `products` is also called its name. */
function withoutTableName(words: string[], tableWords: string[]): string[] | null {
  if (words.length <= tableWords.length) return null;
  const head = nameKey(words.slice(0, tableWords.length));
  return head === nameKey(tableWords) ? words.slice(tableWords.length) : null;
}

function parseDocument(sample: SqlValue): SqlValue {
  if (typeof sample !== 'string') return sample;
  if (!/^\s*[[{]/.test(sample)) return null;
  try {
    return JSON.parse(sample) as SqlValue;
  } catch {
    return null;
  }
}

function collectKeys(value: SqlValue, names: Set<string>, depth: number): void {
  if (depth > 2 || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 3)) collectKeys(item, names, depth + 1);
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    names.add(key);
    collectKeys(child, names, depth + 1);
  }
}
