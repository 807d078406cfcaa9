import type { EngineHost } from '../engine.js';
import { ReaderConnection } from './connection.js';
import type { MariadbSource } from './engine.js';
import { executeStatement } from './execute.js';
import { listFunctions } from './functions.js';
import { introspect } from './introspect.js';

/** The client's side of MariaDB, in a process of its own so that a huge result can fell only that. */
export function createMariadbHost(): EngineHost {
  return {
    async open(name, source) {
      const connection = new ReaderConnection(source as unknown as MariadbSource);
      await connection.rows('SELECT 1');
      return {
        execute: (sql, limits) => executeStatement(connection, sql, limits),
        introspect: () => introspect(connection, name),
        functions: () => listFunctions(connection),
        close: () => connection.close(),
      };
    },
  };
}
