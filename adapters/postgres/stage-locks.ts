import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { UnreachableError } from '../../core/errors.js';

/** Sees to it that no two pieces of work are done at once under one key, by any process that shares the database. */
export interface StageLocks {
  /** Waits for the key, calling `waiting` every now and then (what it throws ends the wait), and holds it while `work` goes on. */
  hold<T>(key: string, waiting: () => void, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const pauseMs = 2_000;

/**
 * Advisory locks of PostgreSQL, all of this process over one connection of its own: when the process ends, however it ends, they
 * are free. A connection that is lost frees them too early; then work is done twice at worst, and gives the same.
 */
export function openStageLocks(url: string): StageLocks {
  /** The locks are the connection's, so that within this process something else must tell who has them. */
  const held = new Set<string>();
  let connection: Promise<pg.Client> | null = null;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    client.on('error', () => (connection = null));
    client.on('end', () => (connection = null));
    await client.connect();
    return client;
  };
  const ask = async (call: string, key: string): Promise<boolean> => {
    try {
      connection ??= connect();
      const { rows } = await (
        await connection
      ).query<{ done: boolean }>(`SELECT ${call}(hashtextextended($1, 0)) AS done`, [key]);
      return rows[0]!.done;
    } catch (cause) {
      connection = null;
      throw new UnreachableError('PostgreSQL does not answer.', 'Run `dialectic status`, and check DATABASE_URL.', {
        cause,
      });
    }
  };
  const take = async (key: string): Promise<boolean> => {
    if (held.has(key)) return false;
    held.add(key);
    const taken = await ask('pg_try_advisory_lock', key).catch((error: unknown) => {
      held.delete(key);
      throw error;
    });
    if (!taken) held.delete(key);
    return taken;
  };

  return {
    async hold(key, waiting, work) {
      while (!(await take(key))) {
        waiting();
        await sleep(pauseMs);
      }
      try {
        return await work();
      } finally {
        held.delete(key);
        // Without the connection there is no lock to give back.
        await ask('pg_advisory_unlock', key).catch(() => undefined);
      }
    },
    async close() {
      const open = connection;
      connection = null;
      await open?.then((client) => client.end()).catch(() => undefined);
    },
  };
}
