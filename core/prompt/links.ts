import type { ColumnType } from '../database.js';
import type { DialectName } from '../dialect.js';

/**
 * What the index tokens of one prompt stand for. Plain JSON, kept beside the prompt: a completion is read back with it.
 * An entry's place in its list is its token's number.
 */
export interface Links {
  dialect: DialectName;
  tables: LinkedTable[];
  columns: LinkedColumn[];
  fields: LinkedField[];
  values: LinkedValue[];
  /** Tables in the order in which the prompt joins them, as indexes into `tables`. */
  joinOrder: number[];
  /** What `<q0>` and `<a0>` become: a word that no name of the schema begins with, followed by the number. */
  sourcePrefix: string;
  outputPrefix: string;
}

export interface LinkedTable {
  name: string;
  /** As the dialect writes it, quoted where it must be. */
  sql: string;
  /** Every column name of the table, lower case: a name that two tables have is written with its table. */
  columnNames: string[];
}

export interface LinkedColumn {
  /** Index into `tables`. */
  table: number;
  name: string;
  sql: string;
  type: ColumnType;
}

export interface LinkedField {
  name: string;
  sql: string;
}

export interface LinkedValue {
  /** As the data spells it where a sample matched, else as the question does, without quotes. */
  text: string;
  /** The same as it stands inside the dialect's quotes. */
  escaped: string;
  type: ValueType;
}

export type ValueType = 'number' | 'text' | 'date' | 'timestamp' | 'time';
