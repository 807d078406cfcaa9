import type { LifecycleResult } from '../core/contract.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { keepReport } from './kept-reports.js';
import { formatTable } from './output.js';

/** What `dialectic run --json` ends with. Fractions are 0…1. */
export interface RunDocument {
  run: string;
  status: string;
  stages: LifecycleResult['stages'];
  datasets: { id: string; dialect: string; pairs: number; databases: string[]; skeletons: number }[];
  models: { id: string; kind: string; dialect?: string; parameters: number }[];
  evaluations: LifecycleResult['evaluations'];
  /** Path of the HTML page on this machine; null where the run ended before it was evaluated. */
  report: string | null;
}

export async function runDocument(result: LifecycleResult, status: string, store: ArtifactStore): Promise<RunDocument> {
  const { run, html, json } = result;
  return {
    ...{ run, status, stages: result.stages, evaluations: result.evaluations },
    datasets: result.datasets.map(({ id, dialect, pairs, databases, skeletons }) => ({
      ...{ id, dialect, pairs, databases, skeletons },
    })),
    models: result.models.map(({ id, kind, dialect, parameters }) => ({
      ...{ id, kind, parameters, ...(dialect !== null && { dialect }) },
    })),
    report: html && json ? await keepReport(store, { run, html, json }) : null,
  };
}

/** The run's numbers for people. */
export function describeRun({ run, status, stages, datasets, models, evaluations, report }: RunDocument): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    `${run}: ${status}`,
    formatTable(
      ['stage', 'of', 'in', 'out', 'seconds', 'cost'],
      stages.map((stage) => [
        stage.stage,
        [stage.dialect, stage.part].filter(Boolean).join(' '),
        String(stage.in),
        String(stage.out),
        stage.reused ? 'reused' : stage.seconds.toFixed(1),
        stage.costUsd === null ? 'unknown' : `$${stage.costUsd.toFixed(2)}`,
      ]),
    ),
    ...(datasets.length > 0
      ? [
          formatTable(
            ['dataset', 'dialect', 'pairs', 'skeletons', 'databases'],
            datasets.map((set) => [set.id, set.dialect, `${set.pairs}`, `${set.skeletons}`, `${set.databases.length}`]),
          ),
        ]
      : []),
    ...(models.length > 0
      ? [
          formatTable(
            ['model', 'kind', 'parameters'],
            models.map((model) => [model.id, model.kind, model.parameters.toLocaleString('en')]),
          ),
        ]
      : []),
    ...(evaluations.length > 0
      ? [
          formatTable(
            ['model', 'dialect', 'split', 'n', 'execution accuracy', '95 % interval', 'BLEU-2', 'valid'],
            evaluations.map((row) => [
              ...[row.model, row.dialect, row.split, String(row.n), percent(row.ex)],
              ...[row.exCi.map(percent).join(' – '), row.bleu2.toFixed(1), percent(row.valid)],
            ]),
          ),
        ]
      : []),
    ...(report ? [`Report: ${report}`] : []),
  ].join('\n\n');
}
