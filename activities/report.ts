import type { EvaluateModelsResult, DatasetRef, ModelRef, Provenance, StageReport } from '../core/contract.js';
import {
  chooseExamples,
  routingByDialect,
  type ReportMerge,
  type ReportTraining,
  type RunReport,
} from '../core/evaluate/report.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import type { EvaluationSummary } from '../core/evaluate/summarise.js';
import { hidePasswords } from '../core/hide-passwords.js';
import type { RunSpec } from '../core/run-spec.js';
import { dialects } from '../dialects/registry.js';
import type { Database } from '../adapters/postgres/database.js';
import { mediaTypes, type ArtifactStore } from '../adapters/s3/artifact-store.js';
import { renderReport } from '../web/report/render-report.js';
import type { EvaluatedCell } from './evaluate.js';
import { compareModels, describeAnswers, describeDatasets, traceArtifacts } from './report-sections.js';
import type { StageRunner } from './stage.js';
import { thisMachine } from './this-machine.js';

export interface ReportWork {
  name: string;
  models: ModelRef[];
  datasets: DatasetRef[];
  evaluated: EvaluatedCell[];
  stages: StageReport[];
  spec: RunSpec | null;
  provenance: Provenance;
}

export type ReportActivities = ReturnType<typeof createReportActivities>;

export function createReportActivities({
  store,
  db,
  stages,
  version,
}: {
  store: ArtifactStore;
  db: Database;
  stages: StageRunner;
  version: string;
}) {
  return {
    /** Writes the run's report, as one HTML page and as JSON. */
    async writeReport(work: ReportWork): Promise<EvaluateModelsResult> {
      const { models, evaluated, provenance } = work;
      const report: StageReport = {
        ...{ stage: 'evaluate', in: models.length, out: evaluated.length, costUsd: costOf(evaluated) },
        seconds: Math.round(evaluated.reduce((sum, cell) => sum + cell.seconds, 0) * 1000) / 1000,
        reused: evaluated.every((cell) => cell.reused),
        figures: { questions: evaluated.reduce((sum, cell) => sum + cell.evaluation.n, 0) },
      };
      const done = await stages.once(
        {
          ...{ stage: 'report', version: 2, parameters: { run: provenance.run, spec: work.spec, version } },
          inputs: {
            models: models.map(({ measured }) => measured.sha256),
            datasets: work.datasets.map(({ datasheet }) => datasheet.sha256),
            outcomes: evaluated.map(({ outcomes }) => outcomes.sha256),
          },
        },
        provenance,
        async () => {
          const document = await describe({ ...work, stages: [...work.stages, report] });
          const html = await store.putBytes(Buffer.from(renderReport(document)), mediaTypes.html);
          return { html, json: await store.putJson(document) };
        },
      );
      return { ...done.result, evaluations: evaluated.map(({ evaluation }) => evaluation), report };
    },
  };

  async function describe({
    models,
    datasets,
    evaluated,
    stages: done,
    spec,
    provenance,
  }: ReportWork): Promise<RunReport> {
    const [summaries, outcomes] = await Promise.all([
      Promise.all(evaluated.map((cell) => store.getJson<EvaluationSummary>(cell.summary))),
      Promise.all(evaluated.map((cell) => store.getRows<ItemOutcome>(cell.outcomes))),
    ]);
    const cells = evaluated.map((cell, at) => ({
      ...cell.evaluation,
      outcomes: outcomes[at]!,
      summary: summaries[at]!,
    }));
    const trained = new Map(models.map((model) => [model.id, model.dialect]));
    const names = [...new Set(cells.map((cell) => cell.dialect))];
    return {
      ...{ run: provenance.run, version, startedAt: provenance.startedAt, finishedAt: new Date().toISOString() },
      dialects: names.map((name) => {
        const { title, engine } = dialects[name]!.manifest;
        return { name, title, engine };
      }),
      evaluations: cells.map(({ model, kind, dialect, split, summary }) => ({
        ...{ ...summary, model, kind, dialect, split, trainedOn: trained.get(model) ?? null },
      })),
      comparisons: compareModels(cells),
      datasets: await describeDatasets(store, datasets),
      stages: done,
      training: await Promise.all(models.filter(({ kind }) => kind !== 'endpoint').map(trainingOf)),
      routing: await Promise.all(
        models
          .filter((model) => model.kind === 'mixture')
          .map(async ({ id, measured }) => {
            const { merge } = await store.getJson<{ merge?: ReportMerge }>(measured);
            const own = cells.filter((cell) => cell.model === id).flatMap((cell) => cell.outcomes);
            return {
              ...{ model: id, experts: spec?.dialects ?? names, byDialect: routingByDialect(own) },
              ...(merge && { merge }),
            };
          }),
      ),
      examples: cells
        .filter(({ kind }) => kind === 'mixture' || kind === 'expert')
        .flatMap(({ model, split, outcomes: items }) => chooseExamples(items, { model, split, right: 1, wrong: 1 })),
      ...describeAnswers(cells),
      lineage: await traceArtifacts(db, [
        ...datasets.flatMap(({ dialect, splits }) => [
          { name: `dataset ${dialect}`, ...splits.train },
          { name: `questions ${dialect}, known databases`, ...splits.heldout },
          { name: `questions ${dialect}, unseen databases`, ...splits.unseen },
        ]),
        ...models.map((model) => ({ name: model.id, ...model.folder })),
      ]),
      reproduce: ['dialectic up', 'dialectic run spec.yaml', `dialectic report ${provenance.run}`],
      spec: hidePasswords(spec),
      machine: { ...thisMachine(), gpu: null, node: process.version },
    };
  }

  async function trainingOf({ id, kind, dialect, parameters, measured }: ModelRef): Promise<ReportTraining> {
    const {
      rows = 0,
      steps = 0,
      seconds = 0,
      lossCurve = [],
      validationCurve = [],
      learningRateCurve = [],
      speedCurve = [],
      memoryCurve = [],
    } = await store.getJson<Partial<ReportTraining>>(measured);
    return {
      ...{ model: id, kind, dialect, parameters, rows, steps, seconds },
      ...{ lossCurve, validationCurve, learningRateCurve, speedCurve, memoryCurve },
    };
  }
}

/** US dollars for the answers of all models; null where one has a price that is not known. */
function costOf(evaluated: readonly Pick<EvaluatedCell, 'costUsd'>[]): number | null {
  const costs = evaluated.map(({ costUsd = 0 }) => costUsd);
  return costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + cost!, 0);
}
