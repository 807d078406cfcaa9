import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findDaemon, listDaemons } from '../../deploy/local/daemon.js';
import { withLock } from '../../deploy/local/lock.js';
import { identify } from '../../deploy/local/process-identity.js';
import { readJson, writePrivateJson } from '../../deploy/local/private-file.js';
import { stackStatus, startStack, stopStack, type StackAddresses } from '../../deploy/local/stack.js';
import { projectRoot } from '../../schema/home.js';

/** A stack of this file's own, for it is stopped and its ports are taken. */
const home = mkdtempSync(join(projectRoot(), '.dialectic', 'test-home-'));
const env = { PATH: process.env.PATH, HOME: process.env.HOME, DIALECTIC_HOME: home };
let addresses: StackAddresses;
const start = async (more: NodeJS.ProcessEnv = {}, said: string[] = []) => {
  addresses = (await startStack({ env: { ...env, ...more }, onProgress: (line) => said.push(line) })) as StackAddresses;
  return said;
};

beforeAll(() => start());
afterAll(async () => {
  await stopStack({ env });
  rmSync(home, { recursive: true, force: true });
});

describe('a running stack', () => {
  it('reports each server as answering', async () => {
    const states = (await stackStatus({ env })).map(({ part, state }) => `${part} ${state}`);
    expect(states).toEqual(['temporal running', 's3 running', 'postgres running']);
  });

  it('keeps credentials and addresses from other users', () => {
    for (const file of ['credentials.json', 'stack.json', 'ports.json', 's3/identities.json'])
      expect([file, statSync(join(home, file)).mode & 0o777]).toEqual([file, 0o600]);
  });

  it.runIf(process.platform === 'linux')('listens on the loopback address only', () => {
    const pids = listDaemons(home).map(({ pid }) => pid);
    const listening = pids.flatMap(socketsOf);
    expect(listening.length).toBeGreaterThan(10);
    expect(listening.filter((address) => address !== '127.0.0.1')).toEqual([]);
  });

  it('is left as it is by another start', async () => {
    const before = listDaemons(home);
    await start();
    expect(listDaemons(home)).toEqual(before);
  });

  it('is started once by two starts at once', async () => {
    await stopStack({ env });
    await Promise.all([start(), start()]);
    expect(listDaemons(home).map(({ name }) => name)).toEqual(['postgres', 's3', 'temporal']);
  });
});

describe('S3', () => {
  it('never replaces an object that is written with If-None-Match', async () => {
    const put = (Body: string) =>
      withS3((s3) => s3.send(new PutObjectCommand({ ...object('once'), Body, IfNoneMatch: '*' })));
    await put('first');
    const failure = await put('second').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(S3ServiceException);
    expect((failure as S3ServiceException).$metadata.httpStatusCode).toBe(412);
    expect(await readObject('once')).toBe('first');
  });

  it('refuses who has no credentials', async () => {
    const reply = await fetch(`${addresses.s3.endpoint}/${addresses.s3.bucket}?list-type=2`);
    expect(reply.status).toBe(403);
  });
});

describe('PostgreSQL', () => {
  it('gives a role that owns its database and is no superuser', async () => {
    const [role] = await query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolcreatedb: true, rolcreaterole: true });
    await query('CREATE TABLE kept (n int)');
  });

  it('lets the role make roles and act as them', async () => {
    await query('CREATE ROLE reader NOLOGIN; SET ROLE reader; RESET ROLE; DROP ROLE reader');
  });

  it('refuses a wrong password', async () => {
    const client = new pg.Client({ connectionString: addresses.postgres.url.replace(/:[^:@]+@/, ':wrong@') });
    await expect(client.connect()).rejects.toThrowError(/password authentication failed/);
  });
});

describe('Temporal', () => {
  it('knows the search attributes of runs', async () => {
    const connection = await Connection.connect({ address: addresses.temporal.address });
    const { customAttributes } = await connection.operatorService
      .listSearchAttributes({ namespace: addresses.temporal.namespace })
      .finally(() => connection.close());
    expect(Object.keys(customAttributes ?? {})).toEqual(
      expect.arrayContaining(['DialecticStage', 'DialecticDialect', 'DialecticRun']),
    );
  });

  it('serves its web interface', async () => expect((await fetch(addresses.temporal.ui)).status).toBe(200));
});

describe('stopping and starting again', () => {
  it('leaves no process, and keeps data and addresses', async () => {
    await withS3((s3) => s3.send(new PutObjectCommand({ ...object('kept'), Body: 'still here' })));
    await query('CREATE TABLE IF NOT EXISTS kept (n int)');
    await query('INSERT INTO kept VALUES (42)');
    await startWorkflow('kept');
    const before = addresses;
    const pids = listDaemons(home).flatMap(({ pid }) => [pid, ...childrenOf(pid)]);
    await stopStack({ env });
    expect(pids.filter((pid) => identify(pid))).toEqual([]);
    expect(existsSync(join(home, 'stack.json'))).toBe(false);
    await start();
    expect(addresses).toEqual(before);
    expect(await readObject('kept')).toBe('still here');
    expect(await query('SELECT n FROM kept')).toEqual([{ n: 42 }]);
    expect(await workflowType('kept')).toBe('neverRun');
  });

  it('restarts what was killed, and leaves the others alone', async () => {
    const { pid } = findDaemon(home, 'temporal')!;
    const s3 = findDaemon(home, 's3');
    process.kill(pid, 'SIGKILL');
    await start();
    expect(findDaemon(home, 'temporal')!.pid).not.toBe(pid);
    expect(findDaemon(home, 's3')).toEqual(s3);
    expect(await workflowType('kept')).toBe('neverRun');
  });

  it.runIf(process.platform === 'linux')(
    'counts a process as running until the last of its threads has ended',
    async () => {
      // Its first thread becomes a zombie while another still sleeps, as that of a killed server may for a moment.
      const code =
        'import ctypes,threading,time;threading.Thread(target=time.sleep,args=(1,)).start();ctypes.CDLL(None).syscall(60,0)';
      const child = spawn('python3', ['-c', code], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await vi.waitFor(() => expect(readFileSync(`/proc/${child.pid}/stat`, 'utf8')).toContain(') Z '), 5_000);
      expect(identify(child.pid!)).toBeDefined();
      await ended;
      expect(identify(child.pid!)).toBeUndefined();
    },
  );

  it('waits for a port that an ending server gives up', async () => {
    await stopStack({ env });
    const before = addresses;
    const { s3 } = readJson<{ s3: number }>(join(home, 'ports.json'))!;
    let said: string[] = [];
    const held = withTaken(s3, () => sleep(1_000));
    said = await start();
    await held;
    expect(said.join(' ')).not.toContain('took port');
    expect(addresses).toEqual(before);
  });

  it('moves to another port where a remembered one was taken, and says so', async () => {
    await stopStack({ env });
    const { s3 } = readJson<{ s3: number }>(join(home, 'ports.json'))!;
    const said = await withTaken(s3, () => start());
    expect(said.join(' ')).toContain(`took port ${s3}`);
    expect(addresses.s3.endpoint).not.toContain(String(s3));
    expect(await readObject('kept')).toBe('still here');
  });

  it('refuses to start on a port that the user asks for and another program has', async () => {
    await stopStack({ env });
    await withTaken(29_999, async () => {
      await expect(start({ DIALECTIC_POSTGRES_PORT: '29999' })).rejects.toThrowError(/Port 29999.*is taken/);
    });
    await start();
  });

  it('does not kill a process that got the number of one of its own', async () => {
    const record = join(home, 'run', 'postgres.json');
    const real = readJson<object>(record)!;
    writePrivateJson(record, { ...real, pid: process.pid });
    expect(findDaemon(home, 'postgres')).toBeUndefined();
    writePrivateJson(record, real);
  });
});

describe('what can go wrong', () => {
  it('names what is missing where set-up has not run', async () => {
    const failure = startStack({ env: { ...env, DIALECTIC_TOOLS: join(home, 'nothing') } });
    await expect(failure).rejects.toThrowError('The embedded servers are not installed. Run `npm run setup`.');
  });

  it('embeds nothing that is configured', async () => {
    const own = { TEMPORAL_ADDRESS: 'own:7233', DATABASE_URL: 'postgres://own/d', S3_ENDPOINT: 'http://own:9000' };
    expect(await startStack({ env: { ...env, ...own, DIALECTIC_HOME: join(home, 'unused') } })).toEqual({});
    expect(existsSync(join(home, 'unused'))).toBe(false);
  });

  it('takes over the lock of a process that died', async () => {
    const folder = mkdtempSync(join(home, 'lock-'));
    await promisify(execFile)('mkdir', [join(folder, 'run')]);
    writePrivateJson(join(folder, 'run', 'lock'), { pid: 1, started: 'long ago' });
    expect(await withLock(folder, async () => Promise.resolve('done'), 5)).toBe('done');
  });

  it('waits for the lock of one that lives, and says so when it takes too long', async () => {
    const folder = mkdtempSync(join(home, 'lock-'));
    const impatient = withLock(folder, () => withLock(folder, () => Promise.resolve(), 0.3));
    await expect(impatient).rejects.toThrowError(/has been starting or stopping this stack/);
  });
});

const object = (Key: string) => ({ Bucket: addresses.s3.bucket, Key });

async function withS3<T>(use: (s3: S3Client) => Promise<T>): Promise<T> {
  const { endpoint, region, accessKeyId, secretAccessKey } = addresses.s3;
  const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  return use(s3).finally(() => s3.destroy());
}

async function readObject(key: string): Promise<string> {
  const { Body } = await withS3((s3) => s3.send(new GetObjectCommand(object(key))));
  return Body!.transformToString();
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: addresses.postgres.url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withTemporal<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: addresses.temporal.address });
  return use(new Client({ connection })).finally(() => connection.close());
}

const startWorkflow = (workflowId: string) =>
  withTemporal((client) => client.workflow.start('neverRun', { workflowId, taskQueue: 'nobody' }));

const workflowType = (workflowId: string) =>
  withTemporal(async (client) => (await client.workflow.getHandle(workflowId).describe()).type);

/** Runs `work` while another program listens on `port`. */
async function withTaken<T>(port: number, work: () => Promise<T>): Promise<T> {
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer().listen(port, '127.0.0.1', () => resolve(listening));
  });
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).map(([child]) => child!);
}

/** Local addresses on which a process listens (proc(5), /proc/[pid]/net/tcp, state 0A). */
function socketsOf(pid: number): string[] {
  const inodes = new Set(
    execFileSync('sh', ['-c', `ls -l /proc/${pid}/fd | sed -n 's/.*socket:\\[\\([0-9]*\\)\\]/\\1/p'`], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n'),
  );
  return ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && inodes.has(fields[9]!))
      .map((fields) => readAddress(fields[1]!)),
  );
}

function readAddress(field: string): string {
  const [hex] = field.split(':');
  return hex!.length === 8 ? Buffer.from(hex!, 'hex').reverse().join('.') : hex!;
}
