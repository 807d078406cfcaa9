import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../schema/home.js';
import { startModelServer, type Behaviour, type ModelServer } from '../servers/misbehaving-model.js';
import { WorkerProcess } from '../support/worker-process.js';

const teacher = 'teacher-model';
const judge = 'judge-model';

/** What a teacher might write over the guides' example tables. */
const statements = [
  'SELECT UPPER(name) FROM customers',
  "SELECT STRFTIME('%Y', signed_up), COUNT(*) FROM customers GROUP BY STRFTIME('%Y', signed_up)",
  'SELECT category, GROUP_CONCAT(name) FROM products GROUP BY category',
  'SELECT name, LENGTH(name) FROM products ORDER BY LENGTH(name) DESC LIMIT 3',
  'DROP TABLE customers',
];
/** Pairs it might make of the database `retail`. */
const cities = ['Leeds', 'Bristol', 'Cardiff', 'Glasgow', 'York', 'Bath', 'Derby'];

function answer(n: number, system: string): string {
  if (system.includes('# Guide'))
    return JSON.stringify({ statements: [{ sql: statements[n % statements.length], uses: [] }] });
  if (system.includes('You check')) return JSON.stringify({ aligned: n % 4 !== 0, reason: 'as asked' });
  const city = cities[n % cities.length]!;
  return JSON.stringify({
    sql: `SELECT name FROM customers WHERE city = '${city}'`,
    question: `${['Who', 'Which customers', 'Name those who'][n % 3]} live in ${city}?`,
  });
}

/** Every fifth request meets a rate limit, every seventh a fault, every eleventh a reply that is no JSON. */
function misbehave(n: number, system: string): Behaviour {
  if (n % 5 === 2) return { kind: 'rate-limit', retryAfter: '1' };
  if (n % 7 === 3) return { kind: 'status', status: 503 };
  if (n % 11 === 4) return { kind: 'answer', content: () => 'Sorry, I would rather not.' };
  if (n % 13 === 6) return { kind: 'cut' };
  return { kind: 'answer', content: () => answer(n, system) };
}

describe('a run with models as teacher and judge, behind an endpoint that misbehaves', () => {
  let server: ModelServer;
  let worker: WorkerProcess;
  let folder: string;

  beforeAll(async () => {
    server = await startModelServer((n, _prompt, system) => misbehave(n, system));
    worker = new WorkerProcess('control,io,llm,sql');
    folder = mkdtempSync(join(tmpdir(), 'dialectic-teacher-'));
    const endpoint = { kind: 'openai', baseUrl: server.baseUrl, concurrency: 4 };
    writeFileSync(
      join(folder, 'spec.json'),
      JSON.stringify({
        name: 'by-model',
        dialects: ['sqlite'],
        databases: { known: ['sample:retail'] },
        teacher: { ...endpoint, model: teacher },
        judge: { ...endpoint, model: judge },
        seeds: { limit: 20 },
        expand: { target: 12, batch: 12 },
        populate: { seedPairs: 10, pairs: 10, unseenPairs: 0, batch: 10 },
      }),
    );
  });

  afterAll(async () => {
    await worker.stop();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (): Promise<{
    stages: { stage: string; out: number; reused: boolean; costUsd: number | null }[];
    datasets: { pairs: number }[];
  }> =>
    new Promise((resolve, reject) => {
      const args = [
        join(projectRoot(), 'bin', 'dialectic'),
        'run',
        join(folder, 'spec.json'),
        '--only',
        'check',
        '--json',
        '--quiet',
      ];
      execFile(process.execPath, args, (error, stdout) => {
        if (error) reject(new Error(stdout));
        else resolve(JSON.parse(stdout.trim().split('\n').at(-1)!) as Awaited<ReturnType<typeof run>>);
      });
    });

  it('ends with checked pairs, and pays for no question twice', async () => {
    const document = await run();
    expect(document.datasets[0]!.pairs).toBeGreaterThan(0);
    // Nobody told a price, so nobody claims one.
    expect(document.stages.find(({ stage }) => stage === 'populate')!.costUsd).toBeNull();
    expect(server.paid.length).toBeGreaterThan(10);
    expect(new Set(server.paid).size).toBe(server.paid.length);
  });

  it('asks nothing at all when it is run again', async () => {
    const before = server.requests;
    const document = await run();
    expect(document.stages.every(({ reused }) => reused)).toBe(true);
    expect(server.requests).toBe(before);
  });
});
