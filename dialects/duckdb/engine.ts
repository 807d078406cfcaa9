import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DatabaseRef } from '../../core/database.js';
import { NotFoundError } from '../../core/errors.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import type { Engine } from '../engine.js';
import { readData } from '../read-data.js';

/** Either a file or the rows of a database that is made in memory. */
export type DuckDbSource = { file: string } | { data: DatabaseData };

export const engine: Engine = {
  memoryLimit: 1_500_000_000,
  async prepare(ref) {
    const data = await readData(ref);
    return (data ? { data } : { file: await findFile(ref) }) satisfies DuckDbSource;
  },
  async createHost() {
    const { createDuckDbHost } = await import('./host.js');
    return createDuckDbHost();
  },
};

/** The file itself, or in a folder `<folder>/<folder>.duckdb` or `<folder>/<name>/<name>.duckdb`. */
async function findFile({ url, name }: DatabaseRef): Promise<string> {
  const path = url.replace(/^(duckdb|file):(\/\/)?/, '');
  const candidates = [path, join(path, `${basename(path)}.duckdb`), join(path, name, `${name}.duckdb`)];
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  throw new NotFoundError(
    `Database "${name}" has no DuckDB file at ${path}.`,
    'Give a file, a folder <name>/<name>.duckdb, or sample:<domain>.',
  );
}
