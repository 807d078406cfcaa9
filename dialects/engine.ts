import type {
  DatabaseRef,
  DatabaseSchema,
  ExecutionLimits,
  ExecutionOutcome,
  FunctionSignature,
} from '../core/database.js';

/** What the caller may say about where engines find their servers and files; each has its usual place. */
export interface EngineOptions {
  /** Administrator's URL of the PostgreSQL server that holds the scratch database; usually the configuration's (`DATABASE_URL` or the local stack). */
  postgresUrl?: string;
  /** Folder of `zetasql.wasm` and `zetasql.desc.bin`; usually where set-up puts them, or `DIALECTIC_GOOGLESQL_DIR`. */
  googlesqlDir?: string;
}

/** Plain data from which the child process opens one database; it says all that the child needs and nothing more. */
export type EngineSource = { [field: string]: unknown };

/**
 * One dialect's engine. `prepare` runs in the trusting parent process and raises errors that name a remedy;
 * `createHost` runs in the child process, where the untrusted statements run.
 */
export interface Engine {
  prepare(ref: DatabaseRef, options: EngineOptions): Promise<EngineSource>;
  createHost(): Promise<EngineHost>;
  /** Resident memory in bytes above which the child is killed. */
  memoryLimit: number;
}

export interface EngineHost {
  open(name: string, source: EngineSource): Promise<HostedDatabase>;
}

/** A database inside the child process. `execute` returns an outcome for whatever the statement does. */
export interface HostedDatabase {
  execute(sql: string, limits: ExecutionLimits): Promise<ExecutionOutcome>;
  introspect(): Promise<DatabaseSchema>;
  functions(): Promise<FunctionSignature[]>;
  close(): Promise<void>;
}
