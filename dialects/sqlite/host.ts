import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { readFile } from 'node:fs/promises';
import type { EngineHost } from '../engine.js';
import { Connection } from './connection.js';
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
      const connection = new Connection(sqlite3);
      connection.rows(`PRAGMA hard_heap_limit = ${HEAP_LIMIT}`);
      if ('file' in from) connection.openImage(await readFile(from.file));
      else loadData(connection, from.data);
      connection.lock();
      return {
        execute: async (sql, limits) => executeStatement(connection, sql, limits),
        introspect: async () => introspect(connection, name),
        functions: async () => listFunctions(connection),
        close: async () => connection.close(),
      };
    },
  };
}
