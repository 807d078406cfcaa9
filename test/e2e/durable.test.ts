import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres, type Database } from '../../adapters/postgres/database.js';
import { createArtifactStore, type ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { openBucket } from '../../adapters/s3/bucket.js';
import { connectClient } from '../../adapters/temporal/connect.js';
import { startLifecycle } from '../../adapters/temporal/runs.js';
import type { LifecycleResult } from '../../core/contract.js';
import type { Pair } from '../../core/template.js';
import { stackStatus, startStack } from '../../deploy/local/stack.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { openServices } from '../../workers/services.js';
import { WorkerProcess } from '../support/worker-process.js';

const config = requireStack(loadConfig());
const workFolder = `${config.home.state}/work`;
let client: Client;
let db: Database;
let store: ArtifactStore;
let workers: Record<'control' | 'sql' | 'gpu', WorkerProcess>;

const train = (steps: number) => ({
  recipe: { steps, batchSize: 8, checkpointEverySteps: 20, evaluateEverySteps: 1000 },
});
const spec = (name: string, steps: number) => ({
  ...{ name, dialects: ['sqlite', 'postgres'], databases: { known: ['sample:retail', 'sample:university'] } as never },
  ...{ seeds: { limit: 60 }, expand: { target: 40 } },
  populate: { seedPairs: 60, pairs: 80, unseenPairs: 0, batch: 20 },
  base: { ...train(steps), architecture: { layers: 2, hidden: 64, heads: 2, vocabulary: 512 } },
  expert: train(40),
  ...{ merge: { prompts: 8, tuning: train(10) }, evaluate: { heldout: 4, unseen: 0 } },
});

beforeAll(async () => {
  await (await openServices(config)).close();
  client = await connectClient(config.temporal);
  db = openPostgres(config.postgres.url);
  store = createArtifactStore(openBucket(config.s3));
  workers = {
    ...{
      control: new WorkerProcess('control,io,llm'),
      sql: new WorkerProcess('sql,eval'),
      gpu: new WorkerProcess('gpu'),
    },
  };
});

afterAll(async () => {
  await Promise.all(Object.values(workers ?? {}).map((worker) => worker.killHard().catch(() => undefined)));
  store?.bucket.close();
  await db?.close();
  await client?.connection.close();
});

/** Polls until there is a value; the test's own timeout ends it otherwise. */
async function until<T>(look: () => Promise<T | undefined | false | null>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    await sleep(100);
  }
}

const count = async (stage: string): Promise<number> =>
  (await db.query<{ n: number }>('SELECT count(*) AS n FROM stage_results WHERE stage = $1', [stage]))[0]!.n;

const checkpointStep = async (): Promise<number | undefined> =>
  (await db.query<{ step: number }>('SELECT step FROM checkpoints ORDER BY saved_at DESC LIMIT 1'))[0]?.step;

function trainers(): number[] {
  try {
    return execFileSync('pgrep', ['-f', `trainer (train|merge|export) --spec ${workFolder}`])
      .toString()
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

/** Manifests of a stage key beyond the first: work that was done and kept twice. */
async function redone(): Promise<string[]> {
  const seen = new Set<string>();
  const twice: string[] = [];
  for await (const key of store.bucket.list('manifests/stage/')) {
    const stageKey = key.split('/')[2]!;
    if (seen.has(stageKey)) twice.push(stageKey);
    seen.add(stageKey);
  }
  return twice;
}

const start = async (name: string, steps: number): Promise<WorkflowHandle> =>
  (await startLifecycle(client, { name, spec: spec(name, steps) })).handle;

describe('a run', () => {
  let result: LifecycleResult;

  it('survives kill -9 of every worker, of the trainer and of the Temporal server', async () => {
    const handle = await start('durable', 400);
    await until(async () => (await count('expand-round')) > 0);
    await workers.control.restart();
    await until(async () => (await count('populate-shard')) > 1);
    await workers.control.restart();
    await until(async () => (await count('check-shard')) > 1);
    await workers.sql.restart();

    const step = await until(checkpointStep);
    const [trainer] = trainers();
    process.kill(trainer!, 'SIGKILL');
    await until(async () => ((await checkpointStep()) ?? 0) > step);

    const temporal = (await stackStatus()).find(({ part }) => part === 'temporal')!;
    expect(temporal.state).toBe('running');
    process.kill((temporal as { pid: number }).pid, 'SIGKILL');
    await startStack();

    await until(async () => (await count('train')) > 0 && ((await checkpointStep()) ?? 0) > 0);
    await workers.gpu.restart();
    // The trainer that lost its worker ends by itself when it next speaks.
    await until(async () => (await count('evaluate-cell')) > 0);
    await workers.sql.restart();
    result = (await until(() => handle.result())) as LifecycleResult;
    expect(result.models).toHaveLength(4);
  }, 1_200_000);

  it('made no pair twice', async () => {
    for (const { splits } of result.datasets) {
      const { seeds: _, ...disjoint } = splits;
      const pairs = (await Promise.all(Object.values(disjoint).map((split) => store.getRows<Pair>(split)))).flat();
      expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length);
      // One statement may be asked for in several ways, but no question of one database twice.
      expect(new Set(pairs.map(({ database, question }) => `${database} ${question}`)).size).toBe(pairs.length);
    }
  });

  it('kept no held-out statement among what any model learned', async () => {
    const learned = new Set<string>();
    for (const { splits } of result.datasets)
      for (const { sql } of await store.getRows<Pair>(splits.train)) learned.add(sql);
    for (const { splits } of result.datasets)
      for (const { sql } of await store.getRows<Pair>(splits.heldout)) expect(learned.has(sql)).toBe(false);
  });

  it('did no finished stage again', async () => {
    expect(await redone()).toEqual([]);
  });

  it('went on from the checkpoint, not from the beginning', () => {
    const base = result.stages.find(({ stage, part }) => stage === 'train' && part === 'durable-base')!;
    expect(base.figures!.resumedFromStep).toBeGreaterThanOrEqual(20);
  });

  it('does nothing twice when it is run again', async () => {
    const kept = () => db.query('SELECT key FROM stage_results ORDER BY key');
    const paid = () => db.query('SELECT key FROM paid_calls ORDER BY key');
    const [results, calls] = [await kept(), await paid()];
    const again = (await (await start('durable', 400)).result()) as LifecycleResult;
    expect(again.stages.filter(({ reused }) => !reused)).toEqual([]);
    expect(again.models).toEqual(result.models);
    expect(await kept()).toEqual(results);
    expect(await paid()).toEqual(calls);
  }, 300_000);
});

describe('a cancelled run', () => {
  it('stops its trainer within ten seconds and leaves a checkpoint, from which the next run goes on', async () => {
    const handle = await start('cancelled', 100_000);
    await until(checkpointStep);
    const began = Date.now();
    await handle.cancel();
    await until(async () => trainers().length === 0);
    expect(Date.now() - began).toBeLessThan(10_000);
    await handle.result().catch(() => undefined);
    expect((await handle.describe()).status.name).toBe('CANCELLED');

    const step = (await checkpointStep())!;
    const again = await start('cancelled', 100_000);
    const later = await until(async () => {
      const now = await checkpointStep();
      return now !== undefined && now > step && now;
    });
    // A training that began anew would have to pass its twentieth step first.
    expect(later - step).toBeGreaterThan(0);
    await again.cancel();
    await again.result().catch(() => undefined);
  }, 600_000);
});

describe('a worker', () => {
  it('that is told to stop checkpoints its training first', async () => {
    await db.query('DELETE FROM checkpoints');
    const handle = await start('stopped', 100_000);
    await until(checkpointStep);
    expect(await workers.gpu.stop()).toBe(0);
    expect(trainers()).toEqual([]);
    expect(await checkpointStep()).toBeGreaterThan(0);
    await handle.terminate();
  }, 600_000);
});
