import type { DatabaseSchema } from '../database.js';
import type { Pair } from '../template.js';

/** A column of a Parquet file: its name and its values, one a row. `texts` is a list of texts in each row. */
export interface ParquetColumn {
  name: string;
  type: 'text' | 'nullable-text' | 'integer' | 'texts';
  values: unknown[];
}

const column = <T>(
  name: string,
  type: ParquetColumn['type'],
  rows: T[],
  valueOf: (row: T) => unknown,
): ParquetColumn => ({
  ...{ name, type },
  values: rows.map(valueOf),
});

/** Pairs as columns: what a model learns from first, where it came from last. */
export function pairColumns(pairs: Pair[]): ParquetColumn[] {
  return [
    column('id', 'text', pairs, (pair) => pair.id),
    column('dialect', 'text', pairs, (pair) => pair.dialect),
    column('database', 'text', pairs, (pair) => pair.database),
    column('question', 'text', pairs, (pair) => pair.question),
    column('sql', 'text', pairs, (pair) => pair.sql),
    column('hardness', 'text', pairs, (pair) => pair.hardness),
    column('keywords', 'texts', pairs, (pair) => pair.keywords),
    column('skeleton', 'text', pairs, (pair) => pair.skeleton),
    column('template', 'text', pairs, (pair) => pair.template),
    column('guide', 'nullable-text', pairs, (pair) => pair.guide),
    column('teacher', 'text', pairs, (pair) => pair.teacher),
  ];
}

/** The databases that the pairs ask about: how a prompt describes each, and the schema with its sample values as JSON. */
export function databaseColumns(
  schemas: DatabaseSchema[],
  textOf: (schema: DatabaseSchema) => string,
): ParquetColumn[] {
  return [
    column('database', 'text', schemas, (schema) => schema.name),
    column('dialect', 'text', schemas, (schema) => schema.dialect),
    column('tables', 'integer', schemas, (schema) => schema.tables.length),
    column('text', 'text', schemas, textOf),
    column('schema', 'text', schemas, (schema) => JSON.stringify(schema)),
  ];
}
