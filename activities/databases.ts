import type { DatabaseSchema, DatabaseSession, FunctionSignature } from '../core/database.js';
import type { DatabaseEntry } from '../core/run-spec.js';
import type { Queryable } from '../adapters/postgres/database.js';
import { openDatabase } from '../dialects/open-database.js';
import { DatabasePool } from '../dialects/sandbox/pool.js';
import type { EngineOptions } from '../dialects/engine.js';
import { chargeQueries, type Purse } from './charge-queries.js';

/** Databases that stay open from one activity to the next, for opening and describing one takes seconds. */
export interface Databases {
  /** With a purse, what its queries are billed goes into the run's ledger. */
  open(entry: DatabaseEntry, dialect: string, purse?: Purse): Promise<DatabaseSession>;
  schema(entry: DatabaseEntry, dialect: string): Promise<DatabaseSchema>;
  /** What the dialect's engine says of its functions, whatever the database. */
  functions(dialect: string): Promise<FunctionSignature[]>;
  close(): Promise<void>;
}

/** An engine needs a database to be asked at all. */
const anyDatabase: DatabaseEntry = { name: 'retail', url: 'sample:retail', dialect: null };

/**
 * @param processes child processes that run statements, as many as activities do so at a time; fewer would leave a core idle
 * @param ledger where the cost of queries is kept; without it nobody is charged
 */
export function createDatabases(options: EngineOptions, processes = 2, ledger?: Queryable): Databases {
  const pool = new DatabasePool({ maxChildren: processes });
  const sessions = new Map<string, Promise<DatabaseSession>>();
  const schemas = new Map<string, Promise<DatabaseSchema>>();
  const signatures = new Map<string, Promise<FunctionSignature[]>>();

  /** A failure is not remembered: the next attempt opens anew. */
  function once<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
    const known = map.get(key);
    if (known) return known;
    const made = make();
    map.set(key, made);
    made.catch(() => map.delete(key));
    return made;
  }

  const keyOf = (entry: DatabaseEntry, dialect: string): string => `${dialect} ${entry.name} ${entry.url}`;
  const open: Databases['open'] = async (entry, dialect, purse) => {
    const session = await once(sessions, keyOf(entry, dialect), () =>
      openDatabase({ name: entry.name, url: entry.url, dialect }, { ...options, pool }),
    );
    return purse && ledger ? chargeQueries(ledger, session, purse) : session;
  };

  return {
    open,
    schema: (entry, dialect) =>
      once(schemas, keyOf(entry, dialect), async () => (await open(entry, dialect)).introspect()),
    functions: (dialect) => once(signatures, dialect, async () => (await open(anyDatabase, dialect)).functions()),
    async close() {
      await Promise.allSettled([...sessions.values()].map(async (session) => (await session).close()));
      await pool.close();
    },
  };
}
