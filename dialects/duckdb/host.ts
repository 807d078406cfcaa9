import type { EngineHost } from '../engine.js';
import { foreignKeysOf } from '../../core/samples/table-data.js';
import { Connection } from './connection.js';
import type { DuckDbSource } from './engine.js';
import { executeStatement } from './execute.js';
import { listFunctions } from './functions.js';
import { declaredKeys, introspect } from './introspect.js';

/** DuckDB in this process, an instance for each database. */
export function createDuckDbHost(): EngineHost {
  return {
    async open(name, source) {
      const from = source as DuckDbSource;
      let connection = await Connection.open(from);
      return {
        async execute(sql, limits) {
          const outcome = await executeStatement(connection.duckdb, sql, limits);
          // After an internal error an instance answers nothing more.
          if (outcome.kind === 'crash') {
            connection.close();
            connection = await Connection.open(from);
          }
          return outcome;
        },
        async introspect() {
          const keys = 'data' in from ? foreignKeysOf(from.data) : await declaredKeys(connection);
          return introspect(connection, name, keys);
        },
        functions: () => listFunctions(connection),
        close: async () => connection.close(),
      };
    },
  };
}
