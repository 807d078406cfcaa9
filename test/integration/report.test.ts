import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReportActivities } from '../../activities/report.js';
import { compareReports } from '../../core/compare-reports/compare-reports.js';
import type { ArtifactRef, DatasetRef, Evaluation, ModelRef } from '../../core/contract.js';
import type { ItemOutcome } from '../../core/evaluate/outcome.js';
import type { RunReport } from '../../core/evaluate/report.js';
import { summarise } from '../../core/evaluate/summarise.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { openServices, type Services } from '../../workers/services.js';

let services: Services;

beforeAll(async () => {
  services = await openServices(requireStack(loadConfig()));
});

afterAll(() => services?.close());

const outcome = (id: number, correct: boolean): ItemOutcome => ({
  ...{ id: String(id), dialect: 'sqlite', database: 'shop', question: `Question ${id}?`, sql: `SELECT ${id}` },
  ...{ predicted: correct ? `SELECT ${id}` : 'SELECT x', correct, exact: correct, valid: true, hardness: 'easy', features: [] },
  ...{ goldEmpty: false, error: correct ? null : 'wrong-filter', message: null, goldDefect: null, reference: `SELECT ${id}` },
  ...{ goldResult: { columns: ['n'], rows: [[id]], total: 1 }, predictedResult: null },
}); // prettier-ignore

/** A run's report as its last activity writes it: one expert, whose dataset a stage made, and `right` of twenty answers. */
async function reportOf(name: string, right: number): Promise<RunReport> {
  const { store, stages } = services;
  const provenance = { run: `lifecycle/${name}`, startedAt: new Date(0).toISOString(), fresh: false };
  const rows: ArtifactRef = await store.putRows([{ id: name, skeleton: 'SELECT _' }]);
  await stages.once({ stage: 'check', version: 1, parameters: { name }, inputs: {} }, provenance, () =>
    Promise.resolve({ rows }),
  );
  const dataset: DatasetRef = {
    ...{ id: `${name}-sqlite`, dialect: 'sqlite', pairs: 1, databases: ['shop'], skeletons: 1, schemas: rows },
    splits: { seeds: rows, train: rows, validation: rows, heldout: rows, unseen: rows },
    datasheet: await store.putJson({
      funnel: { populated: 2, duplicate: 1 },
      splits: {},
      byHardness: {},
      keywords: {},
    }),
  };
  const measured = await store.putJson({ rows: 1, steps: 1, seconds: 1, name });
  const model: ModelRef = {
    ...{ id: `${name}-expert-0123abcd`, kind: 'expert', dialect: 'sqlite', parameters: 1, promptForm: 'linked' },
    ...{ folder: measured, measured },
  };
  const outcomes = Array.from({ length: 20 }, (_, id) => outcome(id, id < right));
  const summary = summarise(outcomes);
  const { n, ex, exCi, exNonEmpty, em, bleu2, valid, goldEx } = summary;
  const evaluation: Evaluation = {
    ...{ model: model.id, kind: 'expert', dialect: 'sqlite', split: 'known-databases' },
    ...{ n, ex, exCi, exNonEmpty, em, bleu2, valid, goldEx },
  };
  const cell = {
    ...{ evaluation, seconds: 1, reused: false },
    ...{ summary: await store.putJson(summary), outcomes: await store.putRows(outcomes) },
  };
  const { writeReport } = createReportActivities(services);
  const { json } = await writeReport({
    ...{ name, models: [model], datasets: [dataset], evaluated: [cell], stages: [], spec: null, provenance },
  });
  return store.getJson<RunReport>(json);
}

describe('the report of a run', () => {
  it('says what everything came from and what was answered, so that two runs can be compared', async () => {
    const [first, second] = [await reportOf('before', 8), await reportOf('after', 16)];
    const dataset = first.lineage.find(({ name }) => name === 'dataset sqlite')!;
    expect(dataset.madeBy).toEqual([{ stage: 'check', keys: [expect.stringMatching(/^[0-9a-f]{64}$/)] }]);
    expect(first.questions).toHaveLength(20);
    const { evaluations, flips, artifacts } = compareReports(first, second);
    expect(evaluations).toMatchObject([{ model: 'expert', change: 'better', paired: { n: 20, onlyFirst: 8 } }]);
    expect(flips).toHaveLength(8);
    expect(artifacts.map(({ name }) => name)).toContain('dataset sqlite');
  });
});
