import type { ReportDataset, RunReport } from '../evaluate/report.js';

/** A number of the first report and of the second; null where a report lacks it. */
export interface NumberChange {
  name: string;
  first: number | null;
  second: number | null;
}

/** How the data of one dialect differ. */
export interface DatasetChange {
  dialect: string;
  /** Pairs, skeletons, splits, hardness, and the funnel by step and reason: those that differ. */
  numbers: NumberChange[];
  databasesAdded: string[];
  databasesGone: string[];
  /** Keywords and functions that only the second's, or only the first's, pairs use. */
  coverageGained: string[];
  coverageLost: string[];
}

/** Dialects of either report whose data differ. */
export function datasetChanges(first: RunReport, second: RunReport): DatasetChange[] {
  const dialects = new Set([...second.datasets, ...first.datasets].map(({ dialect }) => dialect));
  return [...dialects].flatMap((dialect) => {
    const [before, after] = [first, second].map(({ datasets }) => datasets.find((one) => one.dialect === dialect));
    const change: DatasetChange = {
      dialect,
      numbers: numberChanges(numbersOf(before), numbersOf(after)),
      databasesAdded: without(after?.databases, before?.databases),
      databasesGone: without(before?.databases, after?.databases),
      coverageGained: without(used(after), used(before)),
      coverageLost: without(used(before), used(after)),
    };
    const { dialect: _dialect, ...lists } = change;
    return Object.values(lists).some((list) => list.length > 0) ? [change] : [];
  });
}

const without = (list: readonly string[] = [], other: readonly string[] = []): string[] =>
  list.filter((item) => !other.includes(item));

const used = (dataset: ReportDataset | undefined): string[] =>
  Object.entries(dataset?.coverage ?? {}).flatMap(([word, pairs]) => (pairs > 0 ? [word] : []));

function numbersOf(dataset: ReportDataset | undefined): Record<string, number> {
  if (!dataset) return {};
  const { pairs, skeletons, splits, hardness, funnel } = dataset;
  const under = (prefix: string, counts: object): [string, number][] =>
    Object.entries(counts).map(([name, count]) => [`${prefix} ${name}`, Number(count)]);
  return Object.fromEntries([
    ...[['pairs', pairs] as const, ['skeletons', skeletons] as const],
    ...funnel.flatMap(({ step, left, removed }) => [[step, left] as const, ...under('removed:', removed)]),
    ...under('split', splits),
    ...under('hardness', hardness),
  ]);
}

/** Names of either record whose numbers differ. */
export function numberChanges(first: Record<string, number>, second: Record<string, number>): NumberChange[] {
  return [...new Set([...Object.keys(second), ...Object.keys(first)])]
    .map((name) => ({ name, first: first[name] ?? null, second: second[name] ?? null }))
    .filter((change) => change.first !== change.second);
}
