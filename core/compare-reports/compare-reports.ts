import type { StageReport } from '../contract.js';
import { modelNames, withoutRun } from '../evaluate/model-names.js';
import type { RunReport } from '../evaluate/report.js';
import { datasetChanges, numberChanges, type DatasetChange, type NumberChange } from './dataset-changes.js';
import { evaluationChanges, type EvaluationChange, type Flip } from './evaluation-changes.js';
import { fieldChanges, type FieldChange } from './field-changes.js';

/** What differs between two runs, first and second as they were given; a list is empty where nothing does. */
export interface ReportComparisonDocument {
  first: ReportSide;
  second: ReportSide;
  /** Every cell of either matrix, changed or not. */
  evaluations: EvaluationChange[];
  datasets: DatasetChange[];
  spec: FieldChange[];
  models: ModelChange[];
  /** Artifacts of another content, and those that only one run has; hashes are null there. */
  artifacts: { name: string; first: string | null; second: string | null }[];
  /** Artifacts of the same content in both. */
  sameArtifacts: number;
  stages: StageChange[];
  flips: Flip[];
}

type ReportSide = Pick<RunReport, 'run' | 'version' | 'startedAt' | 'finishedAt'> & { seconds: number };

/** Parameters, rows, steps and seconds of a model's training, those that differ. */
export interface ModelChange {
  model: string;
  numbers: NumberChange[];
}

/** A stage's time and cost in both runs; null where a run did not have it, cost also where no price is known. */
export interface StageChange extends Pick<StageReport, 'stage' | 'dialect' | 'part'> {
  first: StageCost | null;
  second: StageCost | null;
}

type StageCost = Pick<StageReport, 'in' | 'out' | 'seconds' | 'costUsd' | 'reused'>;

/** Compares two reports: matrix, data, spec, models, artifacts, stages, and the questions whose verdict changed. */
export function compareReports(first: RunReport, second: RunReport): ReportComparisonDocument {
  const [before, after] = [withNames(first), withNames(second)];
  const { cells, flips } = evaluationChanges(before, after);
  const artifacts = artifactChanges(before, after);
  return {
    ...{ first: sideOf(first), second: sideOf(second), evaluations: cells, flips },
    datasets: datasetChanges(before, after),
    spec: fieldChanges(first.spec ?? {}, second.spec ?? {}),
    models: modelChanges(before, after),
    artifacts: artifacts.filter((one) => one.first !== one.second),
    sameArtifacts: artifacts.filter((one) => one.first === one.second).length,
    stages: stageChanges(before.stages, after.stages),
  };
}

function sideOf({ run, version, startedAt, finishedAt }: RunReport): ReportSide {
  return { run, version, startedAt, finishedAt, seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 };
}

/** Models by what tells them apart in their run, so that two runs' models can be told to be the same. */
function withNames(report: RunReport): RunReport {
  const names = modelNames(report);
  const named = <T extends { model: string }>(list: T[]): T[] =>
    list.map((one) => ({ ...one, model: names.get(one.model) ?? one.model }));
  return {
    ...report,
    evaluations: named(report.evaluations),
    training: named(report.training),
    ...(report.answers && { answers: named(report.answers) }),
    lineage: report.lineage.map((one) => ({ ...one, name: names.get(one.name) ?? one.name })),
    stages: report.stages.map((one) => ({ ...one, ...(one.part && { part: withoutRun(report.run, one.part) }) })),
  };
}

function modelChanges(first: RunReport, second: RunReport): ModelChange[] {
  const numbersOf = ({ training }: RunReport, model: string): Record<string, number> => {
    const found = training.find((one) => one.model === model);
    return found ? { parameters: found.parameters, rows: found.rows, steps: found.steps, seconds: found.seconds } : {};
  };
  const models = new Set([...second.training, ...first.training].map(({ model }) => model));
  return [...models]
    .map((model) => ({ model, numbers: numberChanges(numbersOf(first, model), numbersOf(second, model)) }))
    .filter(({ numbers }) => numbers.length > 0);
}

function artifactChanges(first: RunReport, second: RunReport): ReportComparisonDocument['artifacts'] {
  const hashes = ({ lineage }: RunReport) => new Map(lineage.map(({ name, sha256 }) => [name, sha256]));
  const [before, after] = [hashes(first), hashes(second)];
  return [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    ...{ name, first: before.get(name) ?? null, second: after.get(name) ?? null },
  }));
}

function stageChanges(first: StageReport[], second: StageReport[]): StageChange[] {
  const keyOf = ({ stage, dialect, part }: StageReport): string => JSON.stringify([stage, dialect, part]);
  const costOf = (list: StageReport[], key: string): StageCost | null => {
    const found = list.find((one) => keyOf(one) === key);
    if (!found) return null;
    return { in: found.in, out: found.out, seconds: found.seconds, costUsd: found.costUsd, reused: found.reused };
  };
  const all = new Map([...first, ...second].map((one) => [keyOf(one), one]));
  return [...all].map(([key, { stage, dialect, part }]) => ({
    ...{ stage, ...(dialect && { dialect }), ...(part && { part }) },
    ...{ first: costOf(first, key), second: costOf(second, key) },
  }));
}
