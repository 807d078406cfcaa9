import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseRef } from '../../core/database.js';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import { locateHome } from '../../schema/home.js';
import type { Engine, EngineOptions } from '../engine.js';
import { readData } from '../read-data.js';
import { isCloudAddress, readCloudAddress, type CloudAddress } from './cloud/address.js';

/** GoogleSQL's folder and the rows of a database; the reference implementation keeps nothing on disk. */
export interface LocalSource {
  googlesqlDir: string;
  data: DatabaseData;
}

/** A dataset of BigQuery itself, the price of what its queries read, and GoogleSQL's folder where it is installed. */
export interface CloudSource {
  googlesqlDir: string | null;
  address: CloudAddress;
  price: number | null;
}

export const engine: Engine = {
  memoryLimit: 1_500_000_000,
  async prepare(ref, options) {
    if (isCloudAddress(ref.url)) return { ...(await cloudSource(ref, options)) };
    const data = await readData(ref);
    if (!data) {
      throw new InvalidInputError(
        `Database "${ref.name}" has an address that the BigQuery engine cannot open: ${ref.url}.`,
        'Give a JSON file, sample:<domain> or bigquery://project/dataset.',
      );
    }
    const googlesqlDir = locateGoogleSql(options.googlesqlDir);
    if (googlesqlDir === null) throw notInstalled(options.googlesqlDir);
    return { googlesqlDir, data } satisfies LocalSource;
  },
  async createHost() {
    const { createBigQueryHost } = await import('./host.js');
    return createBigQueryHost();
  },
};

async function cloudSource(ref: DatabaseRef, options: EngineOptions): Promise<CloudSource> {
  const address = readCloudAddress(ref.url);
  try {
    await import('@google-cloud/bigquery');
  } catch (cause) {
    throw new MissingDependencyError(
      `Database "${ref.name}" is on BigQuery, and Google's client is not installed.`,
      'Run `npm install --include=optional`.',
      { cause },
    );
  }
  const { readQueryPrice } = await import('../../schema/prices.js');
  return {
    googlesqlDir: locateGoogleSql(options.googlesqlDir),
    address,
    price: readQueryPrice(process.env.DIALECTIC_PRICES),
  };
}

const folderOf = (option: string | undefined): string =>
  option ?? process.env.DIALECTIC_GOOGLESQL_DIR ?? locateHome().googlesql;

function locateGoogleSql(option: string | undefined): string | null {
  const folder = folderOf(option);
  return existsSync(join(folder, 'zetasql.wasm')) && existsSync(join(folder, 'zetasql.desc.bin')) ? folder : null;
}

const notInstalled = (option: string | undefined): MissingDependencyError =>
  new MissingDependencyError(
    `The engine of BigQuery's SQL is not in ${folderOf(option)}.`,
    'Run `npm run setup`, or set DIALECTIC_GOOGLESQL_DIR to the folder of zetasql.wasm and zetasql.desc.bin.',
  );
