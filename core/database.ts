import type { DialectName } from './dialect.js';

/** The neutral type of a column; the engine's own type name stands beside it in `nativeType`. */
export type ColumnType =
  | 'integer'
  | 'number'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'boolean'
  | 'json'
  | 'array'
  | 'struct'
  | 'bytes'
  | 'other';

/** A value as an engine returns it, in plain JSON. Dates are ISO strings, big integers strings, structs arrays of field values. */
export type SqlValue = null | boolean | number | string | SqlValue[] | { [field: string]: SqlValue };

export interface Column {
  name: string;
  type: ColumnType;
  nativeType: string;
  nullable: boolean;
  primaryKey: boolean;
  /** Distinct non-null values, rows with NULL divided by all rows, and up to 20 sample values (most frequent first). */
  distinct: number;
  nullRate: number;
  samples: SqlValue[];
  /** Of an array: its element's type; of a struct or an array of structs: its fields. */
  elementType?: ColumnType;
  fields?: { name: string; type: ColumnType }[];
}

export interface Table {
  name: string;
  rows: number;
  columns: Column[];
}

export interface ForeignKey {
  table: string;
  column: string;
  referencesTable: string;
  referencesColumn: string;
}

/** A database as its engine describes it: all that populate, the prompt and the report need. */
export interface DatabaseSchema {
  name: string;
  dialect: DialectName;
  tables: Table[];
  foreignKeys: ForeignKey[];
}

/**
 * Where a database is: `sample:<domain>` (made by a seeded generator), a PostgreSQL URL, a SQLite file,
 * or for the local BigQuery engine a JSON file. `name` is what pairs and reports call it.
 */
export interface DatabaseRef {
  name: string;
  dialect: DialectName;
  url: string;
}

export interface ExecutionLimits {
  timeoutMs: number;
  maxRows: number;
  maxBytes: number;
}

export const defaultLimits: ExecutionLimits = { timeoutMs: 5_000, maxRows: 10_000, maxBytes: 4_000_000 };

/** What a statement cost on an engine that is paid for by what it reads; `usd` is null where the price is not known. */
export interface QueryCost {
  bytesBilled: number;
  usd: number | null;
}

/** The three-way verdict of an engine, and what went wrong around it. */
export type ExecutionOutcome = ExecutionResult & { ms: number };

/** The same before anybody has timed it. */
export type ExecutionResult = FetchedRows | FailedExecution;

export interface FetchedRows {
  kind: 'rows';
  columns: string[];
  rows: SqlValue[][];
  truncated: boolean;
  cost?: QueryCost;
}

export interface FailedExecution {
  kind: 'invalid' | 'runtime-error' | 'not-executable' | 'refused' | 'timeout' | 'crash';
  message: string;
}

/** A function as the engine itself reports it. Types are native names, lower case; `variadic` when the last repeats. */
export interface FunctionSignature {
  name: string;
  kind: 'scalar' | 'aggregate' | 'window' | 'table';
  arguments: string[];
  variadic: boolean;
  returns: string;
}

/**
 * A database opened for reading by untrusted statements, behind a child process that can be killed:
 * no statement writes, reads a file, reaches the network or outlives its limit, whatever it says.
 */
export interface DatabaseSession {
  readonly ref: DatabaseRef;
  introspect(): Promise<DatabaseSchema>;
  /** @throws what aborted the signal, where that was before the statement's turn came; one that runs ends by its limits */
  execute(sql: string, limits?: Partial<ExecutionLimits>, signal?: AbortSignal): Promise<ExecutionOutcome>;
  functions(): Promise<FunctionSignature[]>;
  close(): Promise<void>;
}
