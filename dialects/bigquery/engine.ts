import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import { locateHome } from '../../schema/home.js';
import type { Engine } from '../engine.js';
import { readData } from '../read-data.js';

/** GoogleSQL's folder and the rows of a database; the reference implementation keeps nothing on disk. */
export interface BigQuerySource {
  googlesqlDir: string;
  data: DatabaseData;
}

export const engine: Engine = {
  memoryLimit: 1_500_000_000,
  async prepare(ref, options) {
    const data = await readData(ref);
    if (!data) {
      throw new InvalidInputError(
        `Database "${ref.name}" has an address that the local BigQuery engine cannot open: ${ref.url}.`,
        'Give a JSON file or sample:<domain>.',
      );
    }
    const googlesqlDir = findGoogleSql(options.googlesqlDir);
    return { googlesqlDir, data } satisfies BigQuerySource;
  },
  async createHost() {
    const { createBigQueryHost } = await import('./host.js');
    return createBigQueryHost();
  },
};

function findGoogleSql(option: string | undefined): string {
  const folder = option ?? process.env.DIALECTIC_GOOGLESQL_DIR ?? locateHome().googlesql;
  if (existsSync(join(folder, 'zetasql.wasm')) && existsSync(join(folder, 'zetasql.desc.bin'))) return folder;
  throw new MissingDependencyError(
    `The engine of BigQuery's SQL is not in ${folder}.`,
    'Run `npm run setup`, or set DIALECTIC_GOOGLESQL_DIR to the folder of zetasql.wasm and zetasql.desc.bin.',
  );
}
