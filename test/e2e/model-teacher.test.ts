import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectClient } from '../../adapters/temporal/connect.js';
import type { RunStatus } from '../../core/contract.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { projectRoot } from '../../schema/home.js';
import { createBatchApi } from '../servers/batch-api.js';
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

  it('ends with checked pairs, and pays for no question twice', async () => {
    const document = await run(join(folder, 'spec.json'));
    expect(document.datasets[0]!.pairs).toBeGreaterThan(0);
    // Nobody told a price, so nobody claims one.
    expect(document.stages.find(({ stage }) => stage === 'populate')!.costUsd).toBeNull();
    expect(server.paid.length).toBeGreaterThan(10);
    expect(server.repeats).toBe(0);
  });

  it('asks nothing at all when it is run again', async () => {
    const before = server.requests;
    const document = await run(join(folder, 'spec.json'));
    expect(document.stages.every(({ reused }) => reused)).toBe(true);
    expect(server.requests).toBe(before);
  });

  it('shows what it would ask before anything is asked, and starts nothing without a yes', async () => {
    const before = server.requests;
    const { code, lines } = await dialectic('run', join(folder, 'spec.json'), '--preview', '2');
    expect(code).toBe(4);
    const { preview } = lines[0] as {
      preview: { items: { user: string }[]; estimate: { calls: number }[]; usd: null };
    };
    expect(preview.items).toHaveLength(2);
    expect(preview.items[0]!.user).toContain('# Query');
    expect(preview.estimate.every(({ calls }) => calls > 0)).toBe(true);
    expect(preview.usd).toBeNull();
    expect(server.requests).toBe(before);
  });
});

/** Three runs side by side, so that one killed worker and one wait for Temporal to notice serve them all. */
describe('a worker that is killed while models are asked', () => {
  const batches = createBatchApi({
    seconds: 8,
    answer: (system, prompt) => ({ content: answer(prompt.length, system) }),
  });
  let server: ModelServer;
  let worker: WorkerProcess;
  let folder: string;

  beforeAll(async () => {
    server = await startModelServer(
      (n, _prompt, system) => ({ kind: 'answer', delayMs: 400, content: () => answer(n, system) }),
      batches,
    );
    folder = mkdtempSync(join(tmpdir(), 'dialectic-killed-'));
    const prices = join(folder, 'prices.json');
    writeFileSync(prices, JSON.stringify({ priced: { input: 10_000, output: 10_000 } }));
    process.env.DIALECTIC_PRICES = prices;
    worker = new WorkerProcess('control,io,llm,sql');
  });

  afterAll(async () => {
    delete process.env.DIALECTIC_PRICES;
    await worker.stop();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const spec = (name: string, seed: number, teacher: object, more: object = {}): string => {
    const file = join(folder, `${name}.json`);
    const endpoint = { kind: 'openai', baseUrl: server.baseUrl, concurrency: 4, repair: false, ...teacher };
    const size = { expand: { target: 16, batch: 16 }, populate: { seedPairs: 40, pairs: 0, unseenPairs: 0 } };
    writeFileSync(
      file,
      JSON.stringify({
        ...{ name, seed, dialects: ['sqlite'], databases: { known: ['sample:retail'] }, seeds: { limit: 20 } },
        ...{ teacher: endpoint, ...size, ...more },
      }),
    );
    return file;
  };

  it('goes on with every call and batch that was paid for, and stops at its budget', async () => {
    const budget = 20;
    const single = run(spec('killed', 1, { model: 'by-call' }), 'populate');
    const batched = run(spec('killed-batch', 2, { model: 'by-batch', batch: true }), 'populate');
    const priced = run(spec('killed-budget', 3, { model: 'priced' }, { maxBudgetUsd: budget }), 'populate');
    const paidFor = (model: string): number => server.paid.filter((body) => body.includes(`"model":"${model}"`)).length;

    await until(() => paidFor('by-call') >= 12 && batches.batches.length >= 1, 240_000);
    const inFlight = 8;
    await worker.restart();

    const documents = await Promise.all([
      single,
      batched,
      until(async () => (await statusOf('killed-budget')) === 'awaiting-budget', 480_000).then(async () => {
        const { lines } = await dialectic('budget', 'killed-budget');
        const { usd } = lines[0] as { usd: number };
        // One call costs about two dollars, and that is how near to the budget it comes.
        expect(usd).toBeLessThanOrEqual(budget);
        expect(usd).toBeGreaterThan(budget / 2);
        await dialectic('budget', 'killed-budget', 'none');
        return priced;
      }),
    ]);

    for (const { stages } of documents) expect(stages.find(({ stage }) => stage === 'populate')!.out).toBe(40);
    // What was under way when the worker died is asked once more, and is not charged again; nothing else is.
    expect(server.repeats).toBeLessThanOrEqual(inFlight);
    expect(new Set(server.paid.map((body) => body)).size).toBe(server.paid.length);
    // No request was in two batches.
    const sent = batches.batches.flatMap(({ lines }) => lines.map(({ custom_id }) => custom_id));
    expect(new Set(sent).size).toBe(sent.length);
    expect(documents[2].stages.find(({ stage }) => stage === 'populate')!.costUsd).toBeGreaterThan(budget / 2);
  }, 900_000);
});

interface Document {
  stages: { stage: string; out: number; reused: boolean; costUsd: number | null }[];
  datasets: { pairs: number }[];
}

/** Runs a command as a user does, without a terminal; its output is read as JSON lines. */
function dialectic(...args: string[]): Promise<{ code: number; lines: unknown[]; stdout: string }> {
  return new Promise((resolve) => {
    const program = join(projectRoot(), 'bin', 'dialectic');
    execFile(process.execPath, [program, ...args, '--json', '--quiet'], (error, stdout) => {
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
      resolve({
        code: error ? Number(error.code) : 0,
        lines: lines.map((line) => JSON.parse(line) as unknown),
        stdout,
      });
    });
  });
}

async function run(spec: string, only = 'check'): Promise<Document> {
  const { code, lines, stdout } = await dialectic('run', spec, '--only', only);
  if (code !== 0) throw new Error(stdout);
  return lines.at(-1) as Document;
}

async function statusOf(name: string): Promise<string> {
  const config = requireStack(loadConfig());
  const client = await connectClient(config.temporal);
  try {
    const parts = [`lifecycle/${name}`, `lifecycle/${name}/corpus/sqlite`, `lifecycle/${name}/corpus/sqlite/populate`];
    const states = await Promise.all(
      parts.map((id) =>
        client.workflow
          .getHandle(id)
          .query<RunStatus>('status')
          .then(({ state }) => state)
          .catch(() => 'none'),
      ),
    );
    return states.find((state) => state === 'awaiting-budget') ?? states[0]!;
  } finally {
    await client.connection.close();
  }
}

async function until(met: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<void> {
  for (const deadline = Date.now() + milliseconds; !(await met()); await sleep(300))
    if (Date.now() > deadline) throw new Error('It did not come to that in time.');
}
