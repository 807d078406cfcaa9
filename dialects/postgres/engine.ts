import type { DatabaseRef } from '../../core/database.js';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { Engine } from '../engine.js';
import { readData } from '../read-data.js';
import { scratchName } from '../scratch-name.js';

/** A server to read from. `schema` is the one that unqualified names mean; null leaves it to the server. */
export interface PostgresSource {
  url: string;
  schema: string | null;
}

export const engine: Engine = {
  memoryLimit: 800_000_000,
  async prepare(ref, options) {
    const data = await readData(ref);
    if (!data) return { ...userDatabase(ref) };
    const adminUrl = options.postgresUrl ?? (await configuredUrl());
    if (!adminUrl) {
      throw new MissingDependencyError(
        `Database "${ref.name}" needs a PostgreSQL server to be loaded into, and none is configured.`,
        'Start the local stack with `dialectic up`, or set DATABASE_URL.',
      );
    }
    const { loadScratch } = await import('./load.js');
    return { ...(await loadScratch(adminUrl, scratchName(ref.name, data, 40), data)) };
  },
  async createHost() {
    const { createPostgresHost } = await import('./host.js');
    return createPostgresHost();
  },
};

/** Imported when it is needed: the child process, which imports this file too, never needs it. */
async function configuredUrl(): Promise<string | undefined> {
  const { loadConfig } = await import('../../schema/config.js');
  return loadConfig().postgres?.url;
}

function userDatabase({ url, name }: DatabaseRef): PostgresSource {
  if (/^postgres(ql)?:\/\//.test(url)) return { url, schema: null };
  throw new InvalidInputError(
    `Database "${name}" has an address that PostgreSQL cannot open: ${url}.`,
    'Give a postgres:// URL, a JSON file or sample:<domain>.',
  );
}
