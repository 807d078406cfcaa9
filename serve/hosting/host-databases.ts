import type { DatabaseRef } from '../../core/database.js';
import { InvalidInputError } from '../../core/errors.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import type { HostedDatabase } from '../http/dependencies.js';

export interface HostedDatabases {
  databases: ReadonlyMap<string, HostedDatabase>;
  close(): Promise<void>;
}

/** Opens databases and reads their schemas once. Statements of all of them share a few processes a dialect. */
export async function hostDatabases(refs: readonly DatabaseRef[], maxChildren = 2): Promise<HostedDatabases> {
  const pool = new DatabasePool({ maxChildren });
  const databases = new Map<string, HostedDatabase>();
  const close = async (): Promise<void> => {
    await Promise.allSettled([...databases.values()].map(({ session }) => session.close()));
    await pool.close();
  };
  try {
    for (const ref of refs) {
      if (databases.has(ref.name)) {
        throw new InvalidInputError(
          `Two databases are called ${ref.name}.`,
          'Name each once, or rename one of the files.',
        );
      }
      const session = await openDatabase(ref, { pool });
      databases.set(ref.name, { session, schema: await session.introspect() });
    }
    return { databases, close };
  } catch (error) {
    await close();
    throw error;
  }
}
