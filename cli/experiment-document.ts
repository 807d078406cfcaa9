import type { ExperimentResult } from '../core/contract.js';
import type { ExperimentReport } from '../core/experiment/report.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { chiefComparisons, verdictLine } from '../web/experiment/verdicts.js';
import { keepReport } from './kept-reports.js';
import { formatTable } from './output.js';

/** What `dialectic run --json` ends with for an experiment. Fractions are 0…1. */
export interface ExperimentDocument extends Pick<ExperimentResult, 'runs' | 'arms' | 'accuracy' | 'comparisons'> {
  experiment: string;
  status: string;
  /** In plain words, a line a comparison over all learned dialects. */
  verdicts: string[];
  /** Path of the HTML page on this machine. */
  report: string;
}

/** Saves the page and its JSON among the reports of this home. */
export async function experimentDocument(
  { run, runs, arms, accuracy, comparisons, html, json }: ExperimentResult,
  store: ArtifactStore,
): Promise<ExperimentDocument> {
  const report = await keepReport(store, { run, html, json });
  const verdicts = chiefComparisons(await store.getJson<ExperimentReport>(json)).map((one) => verdictLine(one));
  return { experiment: run, status: 'completed', runs, arms, accuracy, comparisons, verdicts, report };
}

/** The experiment's numbers for people. */
export function describeExperiment({ experiment, status, ...document }: ExperimentDocument): string {
  const { runs, accuracy, verdicts, report } = document;
  const percent = (share: number): string => (share * 100).toFixed(1);
  const failed = runs.flatMap(({ run, failure }) => (failure === null ? [] : [`${run} failed: ${failure}`]));
  return [
    `${experiment}: ${status}`,
    formatTable(
      ['arm', 'dialect', 'questions', 'answers', 'execution accuracy', '95 % interval'],
      accuracy.map(({ arm, dialect, split, n, mean, interval }) => [
        ...[arm, dialect, split, String(n), `${percent(mean)} %`, interval.map(percent).join(' – ')],
      ]),
    ),
    ...(verdicts.length > 0 ? [verdicts.join('\n')] : []),
    ...failed,
    `Report: ${report}`,
  ].join('\n\n');
}
