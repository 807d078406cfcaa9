import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import type { EngineHost } from '../engine.js';
import { Connection } from './connection.js';
import { readImage, versionOf } from './database-file.js';
import type { SqliteSource } from './engine.js';
import { executeStatement } from './execute.js';
import { listFunctions } from './functions.js';
import { introspect } from './introspect.js';
import { loadData } from './load.js';

/** Memory that all open databases and running statements of one child share; beyond it SQLite reports SQLITE_NOMEM. */
const HEAP_LIMIT = 768 * 1024 * 1024;

/** Starts SQLite's WebAssembly in this process. */
export async function createSqliteHost(): Promise<EngineHost> {
  const sqlite3 = await sqlite3InitModule();
  return {
    async open(name, source) {
      const from = source as SqliteSource;
      const open = async (): Promise<Connection> => {
        const connection = new Connection(sqlite3);
        try {
          connection.rows(`PRAGMA hard_heap_limit = ${HEAP_LIMIT}`);
          if ('file' in from) connection.openImage(await readImage(from.file));
          else loadData(connection, from.data);
          connection.lock();
          return connection;
        } catch (error) {
          connection.close();
          throw error;
        }
      };
      const current = 'file' in from ? await reopening(from.file, open) : await always(open);
      return {
        execute: async (sql, limits) => executeStatement(await current(), sql, limits),
        introspect: async () => introspect(await current(), name),
        functions: async () => listFunctions(await current()),
        close: async () => (await current()).close(),
      };
    },
  };
}

async function always(open: () => Promise<Connection>): Promise<() => Promise<Connection>> {
  const connection = await open();
  return async () => connection;
}

/** Milliseconds between two looks at whether a file has changed. */
const LOOK_EVERY_MS = 1_000;

/** A database in memory is a picture of its file; one of a file that was written to since is taken anew. */
async function reopening(file: string, open: () => Promise<Connection>): Promise<() => Promise<Connection>> {
  let seen = await versionOf(file);
  let connection = await open();
  let looked = performance.now();
  return async () => {
    if (performance.now() - looked < LOOK_EVERY_MS) return connection;
    looked = performance.now();
    const version = await versionOf(file);
    if (version === null || version === seen) return connection;
    seen = version;
    // A file that is being written may be none for a moment: the old picture serves until the next change.
    const next = await open().catch(() => null);
    if (next === null) return connection;
    connection.close();
    connection = next;
    return connection;
  };
}
