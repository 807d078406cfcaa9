import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrainActivities, type TrainWork } from '../../activities/train.js';
import { findCheckpoint } from '../../adapters/postgres/queries/checkpoints.js';
import { createTrainer } from '../../adapters/trainer/process.js';
import { TrainerFailedError, TrainerPreemptedError } from '../../adapters/trainer/errors.js';
import type { DatasetRef, TrainExpertResult } from '../../core/contract.js';
import { InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import type { Pair } from '../../core/template.js';
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
