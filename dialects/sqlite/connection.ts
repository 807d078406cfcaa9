import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { SqlValue } from '../../core/database.js';
import { allows } from './authorizer.js';
import { createRowReader } from './value.js';

type Database = InstanceType<Sqlite3Static['oo1']['DB']>;

/** Longest text or blob that a statement may build, and the nesting it may have. */
const MAX_VALUE_BYTES = 20_000_000;
const MAX_SQL_BYTES = 100_000;
/** Virtual-machine steps between two looks at the clock: about a tenth of a millisecond. */
const STEPS_PER_CHECK = 2_000;

/**
 * One database in memory. Once locked, `untrusted` runs statements under the authorizer and a deadline;
 * `rows` runs our own statements without them.
 */
export class Connection {
  private readonly database: Database;
  private deadline: number | null = null;
  /** Whether the authorizer denied something of the statement that runs. */
  denied = false;
  /** The values of the row that a statement stands at. */
  readonly readRow: (statement: number, columns: number) => SqlValue[];

  constructor(readonly sqlite3: Sqlite3Static) {
    this.readRow = createRowReader(sqlite3);
    this.database = new sqlite3.oo1.DB(':memory:', 'c');
  }

  get pointer(): number {
    return this.database.pointer as number;
  }

  /** Opens the bytes of a database file, read-only; nothing can reach the file itself. */
  openImage(bytes: Uint8Array): void {
    const { capi, wasm } = this.sqlite3;
    if (bytes.length === 0) return;
    const image = wasm.alloc(bytes.length) as number;
    wasm.heap8u().set(bytes, image);
    // A file in write-ahead mode cannot be opened from memory; the two version bytes of its header say so.
    wasm.poke8(image + 18, 1);
    wasm.poke8(image + 19, 1);
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
    const code = capi.sqlite3_deserialize(this.pointer, 'main', image, bytes.length, bytes.length, flags);
    this.database.checkRc(code);
    this.rows('SELECT count(*) FROM sqlite_schema');
  }

  /** From here on nothing can be written, and `untrusted` guards what runs in it. */
  lock(): void {
    const { capi } = this.sqlite3;
    this.rows('PRAGMA query_only = 1');
    // Text in double quotes is accepted where no column has that name, as stock SQLite does.
    capi.sqlite3_db_config(this.pointer, capi.SQLITE_DBCONFIG_DQS_DML, 1, 0);
    capi.sqlite3_db_config(this.pointer, capi.SQLITE_DBCONFIG_DEFENSIVE, 1, 0);
    capi.sqlite3_db_config(this.pointer, capi.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, 0);
    capi.sqlite3_limit(this.pointer, capi.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    capi.sqlite3_limit(this.pointer, capi.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
    capi.sqlite3_limit(this.pointer, capi.SQLITE_LIMIT_ATTACHED, 0);
    capi.sqlite3_set_authorizer(
      this.pointer,
      (_, action, first, second) => {
        if (this.deadline === null || allows(capi, action, first || '', second || '')) return capi.SQLITE_OK;
        this.denied = true;
        return capi.SQLITE_DENY;
      },
      0,
    );
    capi.sqlite3_progress_handler(
      this.pointer,
      STEPS_PER_CHECK,
      () => (this.deadline !== null && performance.now() > this.deadline ? 1 : 0),
      0,
    );
  }

  /** Runs `task` with the authorizer and the deadline in force. */
  untrusted<T>(timeoutMs: number, task: () => T): T {
    this.deadline = performance.now() + timeoutMs;
    this.denied = false;
    try {
      return task();
    } finally {
      this.deadline = null;
    }
  }

  /** Runs a statement of our own. */
  rows(sql: string, bind: unknown[] = []): Record<string, never>[] {
    return this.database.selectObjects(sql, bind as never) as Record<string, never>[];
  }

  /** Runs a statement of our own many times over, once a row. */
  insert(sql: string, rows: unknown[][]): void {
    const statement = this.database.prepare(sql);
    try {
      for (const row of rows) statement.bind(row as never).stepReset();
    } finally {
      statement.finalize();
    }
  }

  close(): void {
    this.database.close();
  }
}
