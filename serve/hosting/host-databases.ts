import type { DatabaseRef } from '../../core/database.js';
import { InvalidInputError } from '../../core/errors.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import type { HostedDatabase } from '../http/dependencies.js';
import { withFreshSchema } from './fresh-schema.js';

export interface HostedDatabases {
  databases: ReadonlyMap<string, HostedDatabase>;
  close(): Promise<void>;
}

export interface HostingOptions {
  /** Processes a dialect that all databases share. */
  maxChildren?: number;
  /** Milliseconds after which a schema that is used is read again. */
  maxAgeMs?: number;
  onFailure?: (database: string, error: unknown) => void;
}

/** Opens databases and reads their schemas, which are read again where they are used and old. */
export async function hostDatabases(
  refs: readonly DatabaseRef[],
  { maxChildren = 2, maxAgeMs = 300_000, onFailure }: HostingOptions = {},
): Promise<HostedDatabases> {
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
      databases.set(
        ref.name,
        withFreshSchema(session, await session.introspect(), {
          ...{ maxAgeMs, onFailure: (error: unknown) => onFailure?.(ref.name, error) },
        }),
      );
    }
    return { databases, close };
  } catch (error) {
    await close();
    throw error;
  }
}
