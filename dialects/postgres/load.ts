import { createHash } from 'node:crypto';
import pg from 'pg';
import { UnreachableError } from '../../core/errors.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import type { PostgresSource } from './engine.js';
import { loadTables } from './load-tables.js';
import { quoteLiteral, quoteName } from './quote.js';

/** The database that holds every sample, one schema each. It can be dropped at any time: samples are made again. */
const SCRATCH = 'dialectic_scratch';
/** Key of the advisory lock under which roles and schemas are made: any number, but always this one. */
const LOCK = 4_815_162_342;

/**
 * Loads a database into a schema of its own, once: the schema's name holds the hash of its content, and it appears in one
 * transaction, so that it is whole wherever it exists. Answers how a role reads it that can do nothing else.
 */
export async function loadScratch(adminUrl: string, schema: string, data: DatabaseData): Promise<PostgresSource> {
  const scratchUrl = new URL(adminUrl);
  scratchUrl.pathname = `/${SCRATCH}`;
  await createScratch(adminUrl);
  const password = createHash('sha256').update(`${schema} ${scratchUrl.password}`).digest('hex');
  await withClient(scratchUrl.href, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const exists = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
    await setRole(client, schema, password);
    if (exists.rowCount === 0) {
      await loadTables(client, schema, data);
      await grantReading(client, schema);
    }
    await client.query('COMMIT');
  });
  scratchUrl.username = schema;
  scratchUrl.password = password;
  return { url: scratchUrl.href, schema };
}

async function createScratch(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    // Until the connection ends: a database cannot be created in a transaction.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const exists = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [SCRATCH]);
    if (exists.rowCount !== 0) return;
    await client.query(`CREATE DATABASE ${SCRATCH} TEMPLATE template0`);
    await client.query(`REVOKE ALL ON DATABASE ${SCRATCH} FROM PUBLIC`);
  });
}

/** A role named like the schema, which can log in and has no other right. */
async function setRole(client: pg.Client, schema: string, password: string): Promise<void> {
  const exists = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [schema]);
  await client.query(`${exists.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${quoteName(schema)}
    LOGIN NOCREATEDB NOCREATEROLE PASSWORD ${quoteLiteral(password)}`);
}

/** Lets the role read its schema's tables, and nothing else. */
async function grantReading(client: pg.Client, schema: string): Promise<void> {
  const role = quoteName(schema);
  const superuser = await client.query("SELECT 1 WHERE current_setting('is_superuser') = 'on'");
  const settings = [
    `search_path = ${role}`,
    'default_transaction_read_only = on',
    `statement_timeout = '60s'`,
    `client_connection_check_interval = '1s'`,
    'max_parallel_workers_per_gather = 0',
    'jit = off',
    // Only a superuser may set this one; without it a sort may fill the server's disk until its time is up.
    ...(superuser.rowCount ? [`temp_file_limit = '256MB'`] : []),
  ];
  await client.query(settings.map((setting) => `ALTER ROLE ${role} SET ${setting}`).join(';'));
  await client.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${SCRATCH} TO ${role};
    GRANT USAGE ON SCHEMA ${role} TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA ${role} TO ${role}`);
}

async function withClient(url: string, task: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while idle also fails the next query, which reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const { hostname, port } = new URL(url);
    throw new UnreachableError(
      `PostgreSQL at ${hostname}:${port || 5432} did not answer: ${(cause as Error).message}.`,
      'Start the local stack with `dialectic up`, or correct DATABASE_URL.',
      { cause },
    );
  }
  try {
    await task(client);
  } finally {
    await client.end();
  }
}
