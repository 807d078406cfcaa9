import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssembleActivities } from '../../activities/assemble.js';
import { createCheckActivities } from '../../activities/check.js';
import { createGivenPairsActivities } from '../../activities/given-pairs.js';
import { createTrainActivities, type TrainWork } from '../../activities/train.js';
import { findCheckpoint } from '../../adapters/postgres/queries/checkpoints.js';
import { createTrainer } from '../../adapters/trainer/process.js';
import { TrainerFailedError, TrainerPreemptedError } from '../../adapters/trainer/errors.js';
import type { CheckPairsResult, DatasetRef, TrainExpertResult } from '../../core/contract.js';
import type { Feedback } from '../../core/feedback/feedback.js';
import { pairsOfFeedback } from '../../core/feedback/pairs-of-feedback.js';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';
import { teacher as teacherSpec } from '../../schema/run-spec.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { openServices, type Services } from '../../workers/services.js';

const config = requireStack(loadConfig());
let services: Services;
let dataset: DatasetRef;
let folder: string;

/** Two hundred short pairs over one generated database: enough to train on for as long as a test needs. */
async function makeDataset(): Promise<DatasetRef> {
  const entry = { name: 'retail', url: 'sample:retail', dialect: null };
  const schema = await services.databases.schema(entry, 'sqlite');
  const pairs = schema.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      ['Show', 'List', 'Give me', 'Find'].map((verb, index): Pair => {
        const sql = `SELECT ${column.name} FROM ${table.name}`;
        const question = `${verb} the ${column.name.replaceAll('_', ' ')} of all ${table.name.replaceAll('_', ' ')}`;
        return {
          ...{ id: `${table.name}-${column.name}-${index}`, dialect: 'sqlite', database: 'retail', question, sql },
          ...{
            template: 't',
            guide: null,
            teacher: 'test',
            hardness: 'easy',
            keywords: [],
            skeleton: 'SELECT _ FROM _',
          },
        };
      }),
    ),
  );
  const [train, few] = [await services.store.putRows(pairs), await services.store.putRows(pairs.slice(0, 8))];
  return {
    ...{ id: 'test', dialect: 'sqlite', pairs: pairs.length, databases: ['retail'], skeletons: 1 },
    splits: { seeds: train, train, validation: few, heldout: few, unseen: few },
    schemas: await services.store.putJson({ retail: schema }),
    datasheet: await services.store.putJson({}),
  };
}

const work = (steps: number, seed: number): TrainWork => ({
  ...{ name: 'test', kind: 'base', dialect: null, datasets: [dataset], rows: 'train', from: null },
  recipe: {
    ...{ base: 'scratch', promptForm: null, routerLossWeight: 0 },
    architecture: { layers: 2, hidden: 32, heads: 2, vocabulary: 400 },
    recipe: { steps, batchSize: 8, checkpointEverySteps: 5, evaluateEverySteps: 1000, evaluationRows: 8, seed },
  },
  provenance: { run: 'lifecycle/activities-test', startedAt: new Date(0).toISOString(), fresh: false },
});

const alive = (pattern: string): boolean => {
  try {
    return execFileSync('pgrep', ['-f', pattern]).length > 0;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  services = await openServices(config);
  folder = mkdtempSync(join(tmpdir(), 'dialectic-activities-'));
  dataset = await makeDataset();
});

afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('training', () => {
  it('beats with its steps, leaves a checkpoint when it is cancelled, and goes on from it', async () => {
    const cancelled = new MockActivityEnvironment();
    const beats: number[] = [];
    const { train } = createTrainActivities(services);
    cancelled.on('heartbeat', ({ step }: { step: number }) => {
      beats.push(step);
      if (step >= 10) cancelled.cancel('CANCELLED');
    });
    const job = work(4000, 1);
    await expect(cancelled.run(train, job)).rejects.toThrow('The training was cancelled.');
    expect(beats.length).toBeGreaterThan(0);

    const [row] = await services.db.query<{ stage_key: string }>('SELECT stage_key FROM checkpoints');
    const checkpoint = await findCheckpoint(services.db, row!.stage_key);
    expect(checkpoint!.step).toBeGreaterThanOrEqual(10);
    expect(alive(services.workFolder)).toBe(false);

    // Another attempt, as on another worker: the same work in other folders.
    const resumed = new MockActivityEnvironment({ attempt: 2 });
    const steps: number[] = [];
    resumed.on('heartbeat', ({ step }: { step: number }) => {
      if (step === 0) return;
      steps.push(step);
      resumed.cancel('CANCELLED');
    });
    const elsewhere = createTrainActivities({ ...services, workFolder: join(folder, 'elsewhere') });
    await expect(resumed.run(elsewhere.train, job)).rejects.toThrow('The training was cancelled.');
    expect(steps[0]).toBeGreaterThanOrEqual(checkpoint!.step);
  }, 240_000);

  it('ends in a model with its ONNX form, and is done once', async () => {
    const { train } = createTrainActivities(services);
    const first: TrainExpertResult = await new MockActivityEnvironment().run(train, work(6, 2));
    expect(first).toMatchObject({
      model: { kind: 'base', promptForm: 'linked' },
      report: { stage: 'train', reused: false },
    });
    const { files } = await services.store.getJson<{ files: { path: string }[] }>(first.model.folder);
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['model.safetensors', 'tokenizer.json', 'onnx/model.onnx', 'README.md']),
    );
    const later = { ...work(6, 2), provenance: { ...work(6, 2).provenance, startedAt: new Date().toISOString() } };
    const second: TrainExpertResult = await new MockActivityEnvironment().run(train, later);
    expect(second.model).toEqual(first.model);
    expect(second.report.reused).toBe(true);
  }, 240_000);
});

describe('pairs that people gave', () => {
  const provenance = { run: 'lifecycle/given-test', startedAt: new Date(0).toISOString(), fresh: false };
  const [known, unseen] = ['retail', 'bank'].map((name) => [{ name, url: `sample:${name}`, dialect: null }]);
  const databases = { known: known!, unseen: unseen! };
  const policy = {
    ...{ timeoutMs: 5_000, maxRows: 1_000, heldout: 0.5, validation: 0.4, nearDuplicate: 0.9, evaluationSets: [] },
  };
  const said = (question: string, sql: string | null, more: Partial<Feedback> = {}): Feedback => ({
    ...{ id: question, time: '2026-01-01T00:00:00.000Z', question, database: 'retail', dialect: 'sqlite', model: 'm' },
    ...{ sql, correctedSql: null, vote: 'up', outcome: 'rows', ...more },
  });

  it('pass the checks of all pairs, and those accepted are learned from', async () => {
    const corrected = 'SELECT name FROM stores';
    const feedback = [
      said('How many customers are there?', 'SELECT COUNT(*) FROM customers'),
      said('What are the names of the stores?', 'SELECT 1', { vote: 'down', correctedSql: corrected }),
      said('How many suppliers are there?', 'SELECT COUNT(*) FROM vendors'),
      said('How many orders are there?', 'DELETE FROM orders'),
      said('How many accounts are there?', 'SELECT COUNT(*) FROM accounts', { database: 'bank' }),
    ];
    const file = join(folder, 'pairs.jsonl');
    const pairs = pairsOfFeedback(feedback, () => dialects['sqlite']!.manifest);
    writeFileSync(file, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));

    const within = new MockActivityEnvironment();
    const { readGivenPairs } = createGivenPairsActivities(services);
    const given = await readGivenPairs({ dialect: 'sqlite', files: [file], databases });
    expect(given.report).toMatchObject({ in: 5, out: 4, figures: { given: 4, 'given-elsewhere': 1 } });

    const { checkShard } = createCheckActivities(services);
    const judge = teacherSpec.parse({});
    const work = { dialect: 'sqlite', databases, judge, policy, maxBudgetUsd: null, provenance };
    const checked: Awaited<ReturnType<typeof checkShard>> = await within.run(checkShard, {
      ...work,
      pairs: given.shards[0]!,
    });
    expect(checked.report).toMatchObject({ in: 4, out: 2, figures: { 'not-read-only': 1, invalid: 1 } });

    const { assembleDataset } = createAssembleActivities(services);
    const { dataset }: CheckPairsResult = await within.run(assembleDataset, {
      ...{ dialect: 'sqlite', name: 'given', databases, policy, provenance },
      ...{ shards: [checked.accepted], taught: given.taught, checked: checked.report },
    });
    const train = await services.store.getRows<Pair>(dataset.splits.train);
    expect(train).toMatchObject([
      { sql: 'SELECT COUNT(*) FROM customers', teacher: 'feedback', hardness: 'easy' },
      { question: 'What are the names of the stores?', sql: corrected, teacher: 'feedback' },
    ]);
    expect(await services.store.getRows<Pair>(dataset.splits.heldout)).toEqual([]);
  });

  it('say which file is missing', async () => {
    const { readGivenPairs } = createGivenPairsActivities(services);
    const missing = readGivenPairs({ dialect: 'sqlite', files: [join(folder, 'none.jsonl')], databases });
    await expect(missing).rejects.toThrow(/none\.jsonl cannot be read\. Name files in `pairs`/);
  });
});

describe('the trainer process', () => {
  const options = { root: config.home.root, graceMs: 2_000 };
  const command = { command: 'train' as const, spec: {}, onEvent: () => undefined };
  const run = (trainer = createTrainer({ python: config.home.python, ...options }), more: object = {}) =>
    trainer.run({ ...command, out: join(folder, 'out'), work: folder, signal: new AbortController().signal, ...more });

  it('turns a wrong spec into an error that names the field', async () => {
    const failure = await run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInputError);
    expect((failure as Error).message).toMatch(/recipe/);
  }, 120_000);

  it('says what to do when there is no Python', async () => {
    const missing = createTrainer({ python: join(folder, 'no-python'), ...options });
    await expect(run(missing)).rejects.toThrow(MissingDependencyError);
  });

  it.each([
    [3, TrainerPreemptedError],
    [4, MissingDependencyError],
    [6, MissingDependencyError],
    [9, TrainerFailedError],
  ])('exit code %i is %O', async (code, expected) => {
    const script = join(folder, `exit-${code}.sh`);
    writeFileSync(
      script,
      `#!/bin/sh\necho noise on stdout\necho '{"event":"progress","step":1}'\necho last words >&2\nexit ${code}\n`,
      { mode: 0o755 },
    );
    const events: unknown[] = [];
    const trainer = createTrainer({ python: script, ...options });
    const ended = run(trainer, { onEvent: (event: unknown) => void events.push(event) });
    await expect(ended).rejects.toThrow(expected);
    expect(events).toEqual([{ event: 'progress', step: 1 }]);
  });

  it('kills a process group that ignores SIGTERM', async () => {
    const script = join(folder, 'stubborn.sh');
    writeFileSync(script, `#!/bin/sh\ntrap '' TERM\necho '{"event":"progress","step":1}'\nsleep 4711 & sleep 4711\n`, {
      mode: 0o755,
    });
    const stop = new AbortController();
    const ended = run(createTrainer({ python: script, ...options, graceMs: 500 }), {
      signal: stop.signal,
      onEvent: () => stop.abort(),
    });
    await expect(ended).rejects.toThrow(TrainerFailedError);
    expect(alive('^sleep 4711')).toBe(false);
  });
});
