import type { DatabaseData } from '../../core/samples/table-data.js';
import type { Engine } from '../engine.js';
import { findDatabaseFile } from '../find-database-file.js';
import { readData } from '../read-data.js';

/** Either a file or the rows of a database that is made in memory. */
export type DuckDbSource = { file: string } | { data: DatabaseData };

export const engine: Engine = {
  memoryLimit: 1_500_000_000,
  async prepare(ref) {
    const data = await readData(ref);
    return (data ? { data } : { file: await findDatabaseFile(ref, 'duckdb', 'DuckDB') }) satisfies DuckDbSource;
  },
  async createHost() {
    const { createDuckDbHost } = await import('./host.js');
    return createDuckDbHost();
  },
};
