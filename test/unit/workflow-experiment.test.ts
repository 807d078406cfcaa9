import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ArmOutcome,
  DatasetRef,
  ExperimentInput,
  ExperimentResult,
  Provenance,
  RunStatus,
} from '../../core/contract.js';
import type { ExperimentRun } from '../../core/experiment/report.js';
import { artifact, mockActivities, model, report } from '../support/mocked-activities.js';
import { openWorkflowEnvironment, type WorkflowEnvironment } from '../support/workflow-environment.js';

let opened: WorkflowEnvironment;
let count = 0;

beforeAll(async () => {
  opened = await openWorkflowEnvironment();
}, 120_000);
afterAll(() => opened?.close());

const base = {
  dialects: ['sqlite', 'postgres'],
  databases: { known: ['sample:retail'] },
  populate: { seedPairs: 10, pairs: 10, unseenPairs: 0, batch: 10 },
};

const start = (experiment: object, more: Partial<ExperimentInput> = {}): Promise<WorkflowHandle> => {
  const spec = { name: 'test', experiment: { base, seeds: [1, 2], arms: { one: {}, two: {} }, ...experiment } };
  return opened.environment.client.workflow.start('experiment', {
    ...{ workflowId: `experiment/${count++}`, taskQueue: 'control', args: [{ spec, ...more }] },
  });
};

type Compared = { runs: ExperimentRun[]; finished: ArmOutcome[] };
const comparisonIn = (calls: [string, object][]) => calls.find(([name]) => name === 'compareArms')![1] as Compared;
const callsOf = (calls: [string, object][], wanted: string) =>
  calls.filter(([name]) => name === wanted).map(([, input]) => input as Record<string, unknown>);

describe('an experiment', () => {
  it('runs a lifecycle for every seed and arm, and compares what answers for each', async () => {
    const { activities, calls } = mockActivities();
    const result = await opened.serve(activities, async () => (await start({})).result() as Promise<ExperimentResult>);
    expect(result.runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['one 1', 'two 1', 'one 2', 'two 2']);
    const { finished } = comparisonIn(calls);
    expect(finished).toHaveLength(4);
    expect(finished[0]).toMatchObject({ arm: 'one', seed: 1, learned: ['sqlite', 'postgres'], parameters: 100 });
    // The mixture alone answers, on two dialects with two splits each.
    expect(finished[0]!.answers).toHaveLength(4);
    expect(callsOf(calls, 'finishRun').at(-1)).toMatchObject({ status: 'completed' });
  });

  it('gives every run its seed and its arm’s changes', async () => {
    const { activities, calls } = mockActivities();
    const arms = { keyword: {}, random: { merge: { settings: { gate: 'random' } } } };
    await opened.serve(activities, async () => (await start({ arms, seeds: [7] })).result());
    expect(callsOf(calls, 'merge').map(({ plan }) => (plan as { settings: object }).settings)).toEqual([
      { seed: 7 },
      { seed: 7, gate: 'random' },
    ]);
    expect(
      callsOf(calls, 'train').every(({ recipe }) => (recipe as { recipe: { seed: number } }).recipe.seed === 7),
    ).toBe(true);
  });

  it('trains a generalist as long as the experts together, and takes one expert or none as it is told', async () => {
    const { activities, calls } = mockActivities();
    const expert = { recipe: { steps: 50 } };
    const arms = {
      generalist: { merge: { method: 'generalist', tuning: null } },
      single: { merge: { method: 'single', settings: { expert: 'postgres' }, tuning: null } },
      none: { merge: { method: 'none' } },
    };
    await opened.serve(activities, async () => (await start({ base: { ...base, expert }, arms, seeds: [1] })).result());
    expect(callsOf(calls, 'merge')).toEqual([]);
    const generalists = callsOf(calls, 'train').filter(({ kind }) => kind === 'generalist');
    expect(generalists).toHaveLength(1);
    expect(generalists[0]).toMatchObject({ recipe: { recipe: { steps: 100 } }, from: { kind: 'base' } });
    const { finished } = comparisonIn(calls);
    const asked = finished.map(({ answers }) => [...new Set(answers.map((answer) => answer.model))]);
    expect(asked.map((models) => models.length)).toEqual([1, 1, 2]);
    expect(asked[1]![0]).toMatch(/-postgres/);
  });

  it('asks a dialect that nobody learns, and trains on people’s questions where it is told to', async () => {
    const { activities, calls } = mockActivities();
    const questions = { questions: 'dev.json', databases: 'database' };
    const everyArm = {
      evaluate: { alsoDialects: ['bigquery'] },
      human: { train: questions, test: questions },
      learn: { rows: 5, humanShare: 0.5 },
    };
    await opened.serve(activities, async () => (await start({ everyArm, seeds: [1] })).result());
    for (const training of callsOf(calls, 'train')) {
      expect((training.datasets as DatasetRef[]).map(({ dialect }) => dialect)).not.toContain('bigquery');
      expect(training).toMatchObject({ learn: { rows: 5, humanShare: 0.5 }, human: { origin: 'human' } });
    }
    const asked = new Set(callsOf(calls, 'evaluateModel').map(({ dataset }) => (dataset as DatasetRef).id));
    expect([...asked].sort()).toEqual(['data-bigquery', 'data-postgres', 'data-sqlite', 'human']);
    // What people's questions test must not be learned from generated pairs.
    expect(callsOf(calls, 'checkShard')[0]).toMatchObject({ policy: { evaluationSets: ['dev.json'] } });
  });

  it('goes on without a run that failed, and says why', async () => {
    const { activities, calls } = mockActivities({
      merge: async ({ plan }: { plan: { method: string } }) => {
        if (plan.method === 'ties') throw ApplicationFailure.nonRetryable('No base.', 'InvalidInputError');
        return { model: model('merged', 'merged'), report: report('merge') };
      },
    });
    const arms = { linear: { merge: { method: 'linear' } }, ties: { merge: { method: 'ties' } }, slerp: {} };
    await opened.serve(activities, async () => (await start({ arms, seeds: [1] })).result());
    const { runs, finished } = comparisonIn(calls);
    expect(finished.map(({ arm }) => arm)).toEqual(['linear', 'slerp']);
    expect(runs.find(({ arm }) => arm === 'ties')!.failure).toBe('No base.');
  });

  it('refuses a wrong field of any arm before anything is run', async () => {
    const { activities, calls } = mockActivities();
    const failure = await opened.serve(activities, async () =>
      (await start({ arms: { one: {}, two: { merge: { methode: 'ties' } } } })).result().catch((error: Error) => error),
    );
    expect(String((failure as { cause?: { cause?: Error } }).cause?.cause?.message)).toMatch(
      /run spec of the arm two has a field merge\.methode/,
    );
    expect(calls.some(([name]) => name === 'scrapeGuides')).toBe(false);
  });

  it('passes a pause on to its runs, and starts no further one meanwhile', async () => {
    let hold: (() => void) | undefined;
    const { activities, calls } = mockActivities({
      scrapeGuides: async ({ dialect }: { dialect: string }) => {
        if (dialect === 'sqlite' && !hold) await new Promise<void>((resolve) => (hold = resolve));
        return { dialect, guides: artifact('guides'), report: report('scrape', { dialect }) };
      },
    });
    await opened.serve(activities, async () => {
      const handle = await start({ seeds: [1] });
      while (!hold) await new Promise((resolve) => setTimeout(resolve, 20));
      await handle.executeUpdate('pause');
      hold();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(calls.some(([name]) => name === 'train')).toBe(false);
      const resumed = await handle.executeUpdate<RunStatus, []>('resume');
      expect(resumed.state).toBe('running');
      await handle.result();
      expect(comparisonIn(calls).finished).toHaveLength(2);
    });
  });

  it('spends one budget for all its runs, and tells each what it was raised to', async () => {
    let raised: (() => void) | undefined;
    const { activities, calls } = mockActivities({
      populateShard: async ({ maxBudgetUsd }: { maxBudgetUsd: number | null }) => {
        if (maxBudgetUsd === 5) raised?.();
        return { pairs: artifact('pairs'), report: report('populate') };
      },
    });
    await opened.serve(activities, async () => {
      const handle = await start({ base: { ...base, maxBudgetUsd: 5 }, seeds: [1] });
      await new Promise<void>((resolve) => (raised = resolve));
      expect((await handle.executeUpdate<RunStatus, [number]>('setBudget', { args: [9] })).maxBudgetUsd).toBe(9);
      await handle.result();
      const paid = callsOf(calls, 'populateShard') as { maxBudgetUsd: number; provenance: Provenance }[];
      expect(new Set(paid.map(({ provenance }) => provenance.payer))).toEqual(new Set([handle.workflowId]));
      expect(new Set(paid.map(({ provenance }) => provenance.run))).toEqual(
        new Set([`${handle.workflowId}/one-1`, `${handle.workflowId}/two-1`]),
      );
      const ofTheSecond = paid.filter(({ provenance }) => provenance.run.endsWith('two-1'));
      expect(ofTheSecond.map(({ maxBudgetUsd }) => maxBudgetUsd)).toEqual(ofTheSecond.map(() => 9));
      expect(ofTheSecond.length).toBeGreaterThan(0);
    });
  });

  it('ends its runs when it is cancelled', async () => {
    const { activities, calls } = mockActivities();
    await opened.serve(activities, async () => {
      const handle = await start({ base: { ...base, approve: true }, seeds: [1] });
      while (callsOf(calls, 'assembleDataset').length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      await handle.cancel();
      await handle.result().catch(() => undefined);
      expect((await handle.describe()).status.name).toBe('CANCELLED');
    });
    expect(callsOf(calls, 'finishRun').map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});
