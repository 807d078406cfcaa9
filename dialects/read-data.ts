import { readFile } from 'node:fs/promises';
import type { DatabaseRef } from '../core/database.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { sampleDomains } from '../core/samples/domains.js';
import { readDatabaseData, type DatabaseData } from '../core/samples/table-data.js';

/** The rows that `sample:<domain>[?seed=n]` or a JSON file stands for; null for any other address. */
export async function readData({ url, name }: Pick<DatabaseRef, 'url' | 'name'>): Promise<DatabaseData | null> {
  if (url.startsWith('sample:')) return readSample(url);
  return url.endsWith('.json') ? readJsonFile(url, name) : null;
}

async function readSample(url: string): Promise<DatabaseData> {
  const { pathname: domain, searchParams } = new URL(url);
  const seed = Number(searchParams.get('seed') ?? 1);
  if (!sampleDomains.includes(domain)) {
    throw new NotFoundError(`There is no sample database "${domain}".`, `Use one of ${sampleDomains.join(', ')}.`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidInputError(`The seed of "${url}" is no whole number.`, 'Write it as sample:retail?seed=7.');
  }
  const { generateSample } = await import('./samples/generate-sample.js');
  return generateSample(domain, seed);
}

async function readJsonFile(path: string, name: string): Promise<DatabaseData> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new NotFoundError(`Database "${name}" has no file ${path} that can be read.`, 'Check the path.', { cause });
  });
  try {
    return readDatabaseData(JSON.parse(text));
  } catch (cause) {
    throw new InvalidInputError(
      `${path} is no database: ${(cause as Error).message}`,
      'Write {"tables":[{"name","columns":[[name,type]],"rows":[[…]]}]}.',
      { cause },
    );
  }
}
