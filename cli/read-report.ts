import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lifecycleId, stageWorkflowId, type LifecycleResult } from '../core/contract.js';
import type { RunReport } from '../core/evaluate/report.js';
import type { ExperimentReport } from '../core/experiment/report.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { reportFileName, reportsFolder } from './kept-reports.js';
import { readDocument } from './read-document.js';

/** Whether a run is given as a report's JSON file. */
export const isReportFile = (run: string): boolean => run.endsWith('.json') && existsSync(run);

/**
 * A run's report: from the JSON file that `run` names, from this home's reports, or from the store by way of the run's result.
 * @throws NotFoundError, InvalidInputError
 */
export async function readReport(run: string): Promise<RunReport> {
  return asReport(await readAnyReport(run), run);
}

/** The same of a run or an experiment, whatever it holds. */
export async function readAnyReport(run: string): Promise<unknown> {
  if (run.endsWith('.json') && !existsSync(run))
    throw new NotFoundError(`There is no file ${run}.`, "Give a run's name, or the JSON file of a report.");
  const kept = [run, lifecycleId(run), stageWorkflowId('experiment', run)]
    .map((name) => join(reportsFolder(), `${reportFileName(name)}.json`))
    .find((file) => existsSync(file));
  const file = isReportFile(run) ? run : kept;
  return file === undefined ? fetchReport(run) : readDocument(file);
}

async function fetchReport(run: string): Promise<unknown> {
  const [{ withStore, withTemporal }, { findRun }] = await Promise.all([
    import('./services.js'),
    import('../adapters/temporal/runs.js'),
  ]);
  const result = await withTemporal(async (client) => {
    const handle = await findRun(client, run);
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') {
      throw new NotFoundError(`Run ${run} has no report yet.`, 'Wait for its end with `dialectic watch`.');
    }
    return (await handle.result()) as Partial<LifecycleResult>;
  });
  const { json } = result;
  if (!json) throw new NotFoundError(`Run ${run} ended before it was evaluated.`, 'Run it again without --only.');
  return withStore((_db, store) => store.getJson<unknown>(json));
}

/** @throws InvalidInputError for what is no run's report */
export function asReport(value: unknown, run: string): RunReport {
  const lists = ['evaluations', 'datasets', 'stages', 'training', 'lineage'];
  const isReport =
    value !== null &&
    typeof value === 'object' &&
    lists.every((list) => Array.isArray((value as Record<string, unknown>)[list]));
  if (isReport) return value as RunReport;
  throw new InvalidInputError(`${run} is no report.`, 'Give a run, or the JSON file that lies beside a report page.');
}

/** An experiment's comparison tells itself from a run's report by its arms. */
export function isExperimentReport(value: unknown): value is ExperimentReport {
  return value !== null && typeof value === 'object' && 'arms' in value && 'comparisons' in value;
}
