import pg from 'pg';
import { UnreachableError } from '../../core/errors.js';

/** A PostgreSQL database. Rows come as plain objects; bigint columns as numbers, times as ISO strings. */
export interface Database {
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Everything in `work` happens, or nothing. */
  transaction<T>(work: (inside: Pick<Database, 'query'>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What a query function needs: a database, or the inside of a transaction. */
export type Queryable = Pick<Database, 'query'>;

const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

export function openPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 6, connectionTimeoutMillis: 10_000, types });
  // A connection that breaks while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    query: (sql, values) => ask(pool, url, sql, values),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => Promise.reject(unreachable(url, error)));
      try {
        await client.query('BEGIN');
        const result = await work({ query: (sql, values) => ask(client, url, sql, values) });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

async function ask<Row>(
  on: pg.Pool | pg.PoolClient,
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    const { rows } = await on.query(sql, [...values]);
    return rows as Row[];
  } catch (error) {
    if (isConnectionFault(error)) throw unreachable(url, error);
    throw error;
  }
}

/** Class 08 (connection), 57P (shut down), 53 (resources), and what the socket says. */
function isConnectionFault(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^(08|57P|53)/.test(code) || /^E[A-Z]+$/.test(code) || /connection|timeout/i.test((error as Error).message);
}

function unreachable(url: string, error: unknown): UnreachableError {
  const { host, pathname } = new URL(url);
  return new UnreachableError(
    `PostgreSQL at ${host}${pathname} does not answer: ${(error as Error).message}.`,
    'Run `dialectic status`, and check DATABASE_URL.',
    { cause: error },
  );
}
