import { WorkflowFailedError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windowWidth } from '../../core/sliding-window.js';
import type { LifecycleInput, LifecycleResult, RunStatus } from '../../core/contract.js';
import { RefusedError } from '../../core/errors.js';
import { artifact, mockActivities, report } from '../support/mocked-activities.js';
import { openWorkflowEnvironment, type WorkflowEnvironment } from '../support/workflow-environment.js';

let opened: WorkflowEnvironment;
let count = 0;

beforeAll(async () => {
  opened = await openWorkflowEnvironment();
}, 120_000);
afterAll(() => opened?.close());

const spec: LifecycleInput['spec'] = {
  name: 'test',
  dialects: ['sqlite', 'postgres'],
  databases: { known: ['sample:retail'], unseen: ['sample:bank'] } as never,
  populate: { seedPairs: 20, pairs: 40, unseenPairs: 0, batch: 20 },
};

const start = (workflow: string, input: unknown): Promise<WorkflowHandle> =>
  opened.environment.client.workflow.start(workflow, {
    ...{ workflowId: `${workflow}/${count++}`, taskQueue: 'control', args: [input] },
  });

const lifecycle = (input: Partial<LifecycleInput> = {}) => start('lifecycle', { spec, ...input });

async function until(handle: WorkflowHandle, state: RunStatus['state']): Promise<RunStatus> {
  for (;;) {
    const status = await handle.query<RunStatus>('status');
    if (status.state === state) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The failure that an activity gave, below those that Temporal wraps around it. */
function rootOf(error: unknown): ApplicationFailure {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ApplicationFailure) return cause;
  throw error;
}

describe('the lifecycle', () => {
  it('builds a dataset a dialect, then base, experts, mixture, evaluations and report', async () => {
    const { activities, calls } = mockActivities();
    const result = await opened.serve(activities, async () => (await lifecycle()).result() as Promise<LifecycleResult>);
    expect(result.datasets.map(({ dialect }) => dialect)).toEqual(['sqlite', 'postgres']);
    expect(result.models.map(({ kind }) => kind)).toEqual(['base', 'expert', 'expert', 'mixture']);
    expect(result.evaluations).toHaveLength(4 * 2 * 2);
    expect(result.html).toEqual(artifact('html'));
    expect([...new Set(result.stages.map(({ stage }) => stage))]).toEqual([
      ...['scrape', 'seeds', 'expand', 'populate', 'check', 'train', 'merge', 'evaluate'],
    ]);
    expect(calls.at(-1)![0]).toBe('finishRun');
  });

  it('trains the base on seeds, and each expert from the base on its own dialect', async () => {
    const { activities, calls } = mockActivities();
    await opened.serve(activities, async () => (await lifecycle({ only: 'train' })).result());
    const trainings = calls.filter(([name]) => name === 'train').map(([, input]) => input as Record<string, never>);
    expect(trainings[0]).toMatchObject({ kind: 'base', rows: 'seeds', from: null });
    expect(trainings[0]!.datasets).toHaveLength(2);
    for (const training of trainings.slice(1)) {
      expect(training).toMatchObject({ kind: 'expert', rows: 'train', from: { kind: 'base' } });
      expect(training.datasets).toHaveLength(1);
    }
  });

  it('has pairs that people gave checked first, and keeps their statements from evaluation', async () => {
    const { activities, calls } = mockActivities();
    const given = { spec: { ...spec, pairs: ['pairs.jsonl'] }, only: 'check' } as Partial<LifecycleInput>;
    const result = await opened.serve(
      activities,
      async () => (await lifecycle(given)).result() as Promise<LifecycleResult>,
    );
    const inputsOf = (activity: string) => calls.filter(([name]) => name === activity).map(([, input]) => input);
    expect(inputsOf('readGivenPairs')).toMatchObject([{ files: ['pairs.jsonl'] }, { files: ['pairs.jsonl'] }]);
    expect(inputsOf('checkShard')).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ pairs: artifact('given') })]),
    );
    for (const input of inputsOf('assembleDataset')) expect(input).toMatchObject({ taught: artifact('taught') });
    expect(result.stages.find(({ stage }) => stage === 'populate')).toMatchObject({ in: 33, out: 26 });
  });

  it('ends after the stage that is asked for', async () => {
    const { activities, calls } = mockActivities();
    const result = await opened.serve(
      activities,
      async () => (await lifecycle({ only: 'populate' })).result() as Promise<LifecycleResult>,
    );
    expect(result.stages.at(-1)!.stage).toBe('populate');
    expect(calls.some(([name]) => name === 'checkShard')).toBe(false);
  });

  it('waits for approval before training, and refuses an approval that nobody waits for', async () => {
    const { activities, calls } = mockActivities();
    await opened.serve(activities, async () => {
      const handle = await lifecycle({ spec: { ...spec, approve: true }, only: 'train' });
      await until(handle, 'awaiting-approval');
      expect(calls.some(([name]) => name === 'train')).toBe(false);
      await handle.executeUpdate('approve');
      await handle.result();
      expect(calls.some(([name]) => name === 'train')).toBe(true);
    });
  });

  it('records that it failed, with the activity’s reason', async () => {
    const { activities, calls } = mockActivities({
      train: async () => Promise.reject(new RefusedError('No GPU is lent.', 'Ask for one.')),
    });
    const failure = await opened.serve(activities, async () =>
      (await lifecycle()).result().catch((error: unknown) => error),
    );
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(rootOf(failure)).toMatchObject({
      type: 'RefusedError',
      nonRetryable: true,
      message: 'No GPU is lent. Ask for one.',
    });
    expect(calls.at(-1)).toMatchObject(['finishRun', { status: 'failed' }]);
  });

  it('records that it was cancelled', async () => {
    const { activities, calls } = mockActivities();
    await opened.serve(activities, async () => {
      const handle = await lifecycle({ spec: { ...spec, approve: true } });
      await until(handle, 'awaiting-approval');
      await handle.cancel();
      await handle.result().catch(() => undefined);
      expect((await handle.describe()).status.name).toBe('CANCELLED');
    });
    expect(calls.at(-1)).toMatchObject(['finishRun', { status: 'cancelled' }]);
  });
});

describe('bad input', () => {
  it.each([
    [
      'an unknown dialect',
      { ...spec, dialects: ['oracle'] },
      /dialects\.0: there is no dialect "oracle"; use one of sqlite/,
    ],
    ['a misspelt field', { ...spec, popluate: {} }, /a field spec\.popluate, which does not exist/],
    [
      'a database on both sides',
      { ...spec, databases: { known: ['sample:bank'], unseen: ['sample:bank'] } },
      /bank is among the known ones/,
    ],
    ['no database', { ...spec, databases: { known: [] } }, /databases\.known: name at least one database/],
  ])('%s fails at once, naming field and remedy', async (_what, wrong, message) => {
    const { activities, calls } = mockActivities();
    const failure = await opened.serve(activities, async () =>
      (await lifecycle({ spec: wrong as never })).result().catch((error: unknown) => error),
    );
    expect(rootOf(failure)).toMatchObject({ type: 'InvalidInputError', nonRetryable: true });
    expect(rootOf(failure).message).toMatch(message);
    expect(calls.filter(([name]) => name === 'beginRun')).toHaveLength(1);
    expect(calls.some(([name]) => name === 'scrapeGuides')).toBe(false);
  });
});

describe('a stage alone', () => {
  it.each([
    ['scrapeGuides', { dialect: 'sqlite' }],
    ['extractSeeds', { dialect: 'postgres' }],
    ['expandTemplates', { dialect: 'bigquery' }],
    ['populatePairs', { dialect: 'sqlite', databases: { known: ['sample:retail'] } }],
    ['checkPairs', { dialect: 'sqlite', pairs: [artifact('pairs')], databases: { known: ['sample:retail'] } }],
  ])('%s starts from a few lines of JSON', async (workflow, input) => {
    const { activities } = mockActivities();
    const result = await opened.serve(activities, async () => (await start(workflow, input)).result());
    expect(result).toHaveProperty('report');
  });
});

describe('messages', () => {
  const check = { dialect: 'sqlite', databases: { known: ['sample:retail'] } };

  it('pause starts no new work, and resume goes on', async () => {
    let pairs = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const { activities } = mockActivities({
      checkShard: async () => {
        pairs += 1;
        if (pairs <= windowWidth) await released;
        return { accepted: artifact('accepted'), report: report('check') };
      },
    });
    await opened.serve(activities, async () => {
      const all = windowWidth + 4;
      const handle = await start('checkPairs', {
        ...check,
        pairs: Array.from({ length: all }, () => artifact('pairs')),
      });
      while (pairs < windowWidth) await new Promise((resolve) => setTimeout(resolve, 20));
      await handle.executeUpdate('pause');
      release();
      await until(handle, 'paused');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(pairs).toBe(windowWidth);
      await handle.executeUpdate('resume');
      await handle.result();
      expect(pairs).toBe(all);
    });
  });

  it('a spent budget waits for a larger one, and pays for nothing twice', async () => {
    let attempts = 0;
    const { activities } = mockActivities({
      expandRound: async ({ maxBudgetUsd }: { maxBudgetUsd: number | null }) => {
        attempts += 1;
        if (maxBudgetUsd !== 5) throw ApplicationFailure.nonRetryable('The budget is spent.', 'BudgetExhaustedError');
        return {
          templates: artifact('round'),
          report: { stage: 'expand', in: 1, out: 1, seconds: 0, reused: false, costUsd: 5 },
        };
      },
    });
    await opened.serve(activities, async () => {
      const handle = await start('expandTemplates', { dialect: 'sqlite', plan: { target: 1 } });
      await until(handle, 'awaiting-budget');
      await expect(handle.executeUpdate<RunStatus, [number]>('setBudget', { args: [-1] })).rejects.toThrow(
        WorkflowUpdateFailedError,
      );
      await handle.executeUpdate<RunStatus, [number]>('setBudget', { args: [5] });
      await handle.result();
      expect(attempts).toBe(2);
    });
  });

  it('approve is refused where nothing waits for it', async () => {
    const held: { release?: () => void } = {};
    const { activities } = mockActivities({
      scrapeGuides: async () => {
        await new Promise<void>((resolve) => (held.release = resolve));
        return { dialect: 'sqlite', guides: artifact('guides'), report: report('scrape') };
      },
    });
    await opened.serve(activities, async () => {
      const handle = await start('scrapeGuides', { dialect: 'sqlite' });
      while (!held.release) await new Promise((resolve) => setTimeout(resolve, 20));
      await expect(handle.executeUpdate('approve')).rejects.toThrow(WorkflowUpdateFailedError);
      held.release();
      await handle.result();
    });
  });
});
