import type { ArtifactRef, DatasetRef, ModelRef, StageReport } from '../../core/contract.js';
import { armRuns, armSpec, withSeed } from '../../core/experiment/spec.js';
import { parse } from '../../schema/parse.js';
import { workflowInputSchemas, type WorkflowInputs } from '../../schema/workflow-inputs.js';
import type { MockedActivities } from './workflow-environment.js';

export const artifact = (name: string): ArtifactRef => ({
  ...{ key: `artifacts/${name}`, sha256: name.padEnd(64, '0'), bytes: 1, rows: 10, mediaType: 'application/jsonl' },
});

export const report = (stage: StageReport['stage'], more: Partial<StageReport> = {}): StageReport => ({
  ...{ stage, in: 10, out: 8, seconds: 1, reused: false, costUsd: 0, ...more },
});

export const dataset = (dialect: string): DatasetRef => ({
  ...{ id: `data-${dialect}`, dialect, pairs: 8, databases: ['retail'], skeletons: 4 },
  splits: {
    ...{ seeds: artifact('seeds'), train: artifact('train'), validation: artifact('validation') },
    ...{ heldout: artifact('heldout'), unseen: artifact('unseen') },
  },
  ...{ schemas: artifact('schemas'), datasheet: artifact('datasheet') },
});

export const model = (id: string, kind: ModelRef['kind'], dialect: string | null = null): ModelRef => ({
  ...{ id, kind, dialect, parameters: 100, promptForm: 'linked' },
  ...{ folder: artifact(id), measured: artifact('measured') },
});

const schemas = workflowInputSchemas(['sqlite', 'postgres', 'bigquery']);

/** Activities that answer at once, with the real validation; `calls` says in which order they were called. */
export function mockActivities(overrides: MockedActivities = {}): {
  activities: MockedActivities;
  calls: [string, object][];
} {
  const calls: [string, object][] = [];
  const answers: MockedActivities = {
    validate: async ({ workflow, input }: { workflow: keyof WorkflowInputs; input: unknown }) =>
      parse(schemas[workflow], input, `input of ${workflow}`),
    beginRun: async ({ input }: { input: unknown }) => {
      const { spec, only } = parse(schemas.lifecycle, input, 'run spec');
      return { spec, only };
    },
    beginExperiment: async ({ input }: { input: unknown }) => {
      const { spec } = parse(schemas.experiment, input, 'experiment');
      const runs = armRuns(spec).map((run) => {
        const read = parse(schemas.lifecycle.shape.spec, armSpec(spec, run), `run spec of the arm ${run.arm}`);
        return { ...run, spec: withSeed(read, run.seed, spec.experiment.vary) };
      });
      return { spec, runs };
    },
    compareArms: async ({ runs }: { runs: object[] }) => ({
      ...{ run: 'experiment', runs, arms: [], accuracy: [], comparisons: [] },
      ...{ html: artifact('html'), json: artifact('json') },
    }),
    readHumanQuestions: async () => ({
      dataset: { ...dataset('sqlite'), id: 'human', origin: 'human', entries: [] },
      report: report('check', { part: 'human questions' }),
    }),
    finishRun: async () => undefined,
    scrapeGuides: async ({ dialect }: { dialect: string }) => ({
      ...{ dialect, guides: artifact('guides'), report: report('scrape', { dialect }) },
    }),
    extractSeeds: async ({ dialect }: { dialect: string }) => ({
      ...{ dialect, templates: artifact('seeds'), report: report('seeds', { dialect }) },
    }),
    expandRound: async () => ({ templates: artifact('round'), report: report('expand') }),
    joinTemplates: async ({ dialect }: { dialect: string }) => ({
      ...{ dialect, templates: artifact('templates'), report: report('expand', { dialect }) },
    }),
    populateShard: async () => ({ pairs: artifact('pairs'), report: report('populate') }),
    readGivenPairs: async ({ dialect }: { dialect: string }) => ({
      ...{
        shards: [artifact('given')],
        taught: artifact('taught'),
        report: report('populate', { dialect, in: 3, out: 2 }),
      },
    }),
    checkShard: async () => ({ accepted: artifact('accepted'), report: report('check') }),
    assembleDataset: async ({ dialect }: { dialect: string }) => ({
      ...{ dataset: dataset(dialect), report: report('check', { dialect }) },
    }),
    train: async ({ name, kind, dialect }: { name: string; kind: ModelRef['kind']; dialect: string | null }) => ({
      ...{ model: model(name, kind, dialect), report: report('train', { part: name }) },
    }),
    merge: async ({ name }: { name: string }) => ({
      model: model(`${name}-untuned`, 'mixture'),
      report: report('merge'),
    }),
    evaluateModel: async ({
      model: asked,
      dataset: { dialect },
      split,
    }: {
      model: ModelRef;
      dataset: DatasetRef;
      split: string;
    }) => ({
      evaluation: { model: asked.id, kind: asked.kind, dialect, split, n: 10, ex: 1 },
      ...{ summary: artifact('summary'), outcomes: artifact('outcomes'), seconds: 1, reused: false },
    }),
    writeReport: async ({ evaluated }: { evaluated: { evaluation: object }[] }) => ({
      evaluations: evaluated.map(({ evaluation }) => evaluation),
      ...{ html: artifact('html'), json: artifact('json'), report: report('evaluate') },
    }),
    ...overrides,
  };
  const activities = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (input: never) => {
        calls.push([name, input]);
        return answer(input);
      },
    ]),
  );
  return { activities, calls };
}
