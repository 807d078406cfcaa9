import type { DatabaseRef } from '../../core/database.js';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { Engine } from '../engine.js';
import { readData } from '../read-data.js';
import { scratchName } from '../scratch-name.js';

/** A database to read from, by an address that holds user and password. */
export interface MariadbSource {
  url: string;
}

export const engine: Engine = {
  memoryLimit: 800_000_000,
  async prepare(ref) {
    const data = await readData(ref);
    if (!data) return { ...userDatabase(ref) };
    const adminUrl = process.env.MARIADB_URL;
    if (!adminUrl) {
      throw new MissingDependencyError(
        `Database "${ref.name}" needs a MariaDB server to be loaded into, and none is known.`,
        'Set MARIADB_URL to the address of a server and of a user who may create databases and users.',
      );
    }
    const { loadScratch } = await import('./load.js');
    return { ...(await loadScratch(adminUrl, `dialectic_${scratchName(ref.name, data, 30)}`, data)) };
  },
  async createHost() {
    const { createMariadbHost } = await import('./host.js');
    return createMariadbHost();
  },
};

function userDatabase({ url, name }: DatabaseRef): MariadbSource {
  if (/^(mariadb|mysql):\/\/[^/]+\/./.test(url)) return { url };
  throw new InvalidInputError(
    `Database "${name}" has an address that MariaDB cannot open: ${url.replace(/\/\/.*@/, '//…@')}.`,
    'Give mariadb://user:password@host:3306/database, a JSON file or sample:<domain>.',
  );
}
