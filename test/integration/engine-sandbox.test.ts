import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { ownProgram } from '../../schema/own-program.js';

const pool = new DatabasePool({ maxChildren: 2 });
afterAll(() => pool.close());
const sqlite = (name: string, into = pool) =>
  openDatabase({ name, dialect: 'sqlite', url: `sample:${name}` }, { pool: into });
const endless = 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r';
/** One step of SQLite's machine, which its own deadline cannot interrupt. */
const stuck = "SELECT instr(hex(zeroblob(9000000)), hex(zeroblob(4000000)) || '1')";

describe('the child processes of a pool', () => {
  it('are shared by databases, and no more than asked for', async () => {
    const sessions = await Promise.all(['retail', 'bank', 'hotel', 'library', 'airline'].map((name) => sqlite(name)));
    expect(pool.pids()).toHaveLength(2);
    await Promise.all(sessions.map((session) => session.close()));
  });

  it('end when their parent dies while they are still starting', async () => {
    const { entry, execArgv } = ownProgram(import.meta.url, '../../dialects/sandbox/child');
    // It dies before the child has read its first module, let alone listens for the end of the connection.
    const parent = spawn(process.execPath, [
      '-e',
      `const [entry, ...execArgv] = ${JSON.stringify([entry, ...execArgv])};
       const child = require('node:child_process').fork(entry, [String(process.pid)], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
       process.stdout.write(String(child.pid), () => process.kill(process.pid, 'SIGKILL'));`,
    ]);
    let told = '';
    for await (const text of parent.stdout) told += String(text);
    const pid = Number(told);
    expect(pid).toBeGreaterThan(1);
    const lives = (): boolean =>
      existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    for (let waited = 0; lives() && waited < 15_000; waited += 100) await sleep(100);
    expect(lives()).toBe(false);
  }, 30_000);

  it('work side by side on one database', async () => {
    const two = new DatabasePool({ maxChildren: 2 });
    const session = await sqlite('retail', two);
    expect(two.pids()).toHaveLength(1);
    const outcomes = await Promise.all([1, 2].map((n) => session.execute(`SELECT ${n} FROM stores LIMIT 1`)));
    expect(outcomes).toMatchObject([{ rows: [[1]] }, { rows: [[2]] }]);
    expect(two.pids()).toHaveLength(2);
    await session.close();
    await two.close();
  });

  it('do not begin what nobody waits for any more', async () => {
    const one = new DatabasePool();
    const session = await sqlite('retail', one);
    const long = session.execute(endless, { timeoutMs: 500 });
    const gone = new AbortController();
    const left = session.execute(endless, { timeoutMs: 20_000 }, gone.signal);
    const next = session.execute('SELECT 1');
    gone.abort(new Error('The asker left.'));
    await expect(left).rejects.toThrow('The asker left.');
    expect([(await long).kind, (await next).kind]).toEqual(['timeout', 'rows']);
    await session.close();
    await one.close();
  }, 15_000);

  it.skipIf(!existsSync('/proc'))('inherit no variable that may hold a secret', async () => {
    process.env.SOME_API_KEY = 'secret';
    const fresh = new DatabasePool();
    await sqlite('retail', fresh);
    const environment = readFileSync(`/proc/${fresh.pids()[0]}/environ`, 'utf8');
    expect(environment).toContain('TZ=UTC');
    expect(environment).not.toContain('SOME_API_KEY');
    delete process.env.SOME_API_KEY;
    await fresh.close();
  });

  it('answer in turn, and a killed statement fails none of those behind it', async () => {
    const one = new DatabasePool();
    const [retail, bank] = await Promise.all([sqlite('retail', one), sqlite('bank', one)]);
    const outcomes = await Promise.all([
      retail.execute('SELECT count(*) FROM orders'),
      retail.execute(stuck, { timeoutMs: 300 }),
      bank.execute('SELECT count(*) FROM accounts'),
      retail.execute('SELECT count(*) FROM products'),
    ]);
    expect(outcomes.map((outcome) => (outcome.kind === 'rows' ? outcome.rows : outcome.kind))).toEqual([
      [[100]],
      'timeout',
      [[90]],
      [[60]],
    ]);
    await one.close();
  });

  it('end a statement that still runs when the pool is closed', async () => {
    const brief = new DatabasePool();
    const session = await sqlite('retail', brief);
    const running = session.execute(stuck, { timeoutMs: 60_000 });
    await sleep(100);
    await brief.close();
    expect(await running).toMatchObject({ kind: 'crash' });
  });

  it.skipIf(!existsSync('/proc'))('end soon after a parent that was killed, whatever they are at', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-parent-'));
    const script = join(folder, 'parent.mts');
    writeFileSync(
      script,
      `const { openDatabase } = await import(${JSON.stringify(pathToFileURL('dialects/open-database.ts').href)});
       const { DatabasePool } = await import(${JSON.stringify(pathToFileURL('dialects/sandbox/pool.ts').href)});
       const pool = new DatabasePool();
       const session = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' }, { pool });
       process.stdout.write(String(pool.pids()[0]));
       await session.execute(${JSON.stringify(endless)}, { timeoutMs: 600_000 });`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const child = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    );
    await sleep(300);
    expect(existsSync(`/proc/${child}`)).toBe(true);
    parent.kill('SIGKILL');
    for (let tries = 0; existsSync(`/proc/${child}`) && tries < 100; tries += 1) await sleep(100);
    expect(existsSync(`/proc/${child}`)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('a session without a pool', () => {
  it('has a child of its own and may be closed twice', async () => {
    const session = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' });
    expect(await session.execute('SELECT 1')).toMatchObject({ rows: [[1]] });
    await session.close();
    await session.close();
  });

  it('of an unknown dialect is wrong input that names the known ones', async () => {
    await expect(openDatabase({ name: 'x', dialect: 'oracle', url: 'sample:retail' })).rejects.toMatchObject({
      name: 'InvalidInputError',
      remedy: expect.stringContaining('bigquery'),
    });
  });
});
