import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

export interface MariadbServer {
  /** Address of a user who may do everything. */
  url: string;
  stop(): Promise<void>;
}

/** A MariaDB server of this machine, started for a test; null where none is installed (`apt-get install mariadb-server`). */
export async function startMariadb(): Promise<MariadbServer | null> {
  const [server, install] = [findProgram('mariadbd'), findProgram('mariadb-install-db')];
  if (server === null || install === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-mariadb-'));
  const data = join(folder, 'data');
  mkdirSync(join(folder, 'files'));
  const user = `--user=${userInfo().username}`;
  await promisify(execFile)(install, [
    ...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', user],
  ]);
  const port = await freePort();
  const child = spawn(
    server,
    [
      ...['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 'socket')}`, `--port=${port}`, user],
      ...['--bind-address=127.0.0.1', `--secure-file-priv=${join(folder, 'files')}`, '--local-infile=0'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await ready(child);
  return {
    url: `mariadb://root@127.0.0.1:${port}/`,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

async function ready(child: ChildProcess): Promise<void> {
  let log = '';
  child.stderr!.on('data', (chunk: Buffer) => (log += chunk.toString()));
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (log.includes('ready for connections')) return;
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error(`MariaDB did not start:\n${log}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
