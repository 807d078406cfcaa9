import type { ReportComparisonDocument, StageChange } from '../core/compare-reports/compare-reports.js';
import type { NumberChange } from '../core/compare-reports/dataset-changes.js';
import type { EvaluationChange, Flip } from '../core/compare-reports/evaluation-changes.js';
import { formatTable, paint } from './output.js';

/** Changed answers shown of each direction; the JSON and the page have more. */
const SHOWN_FLIPS = 5;

/** Two runs' differences for a person at a terminal: what differs, and nothing else. */
export function describeComparison(document: ReportComparisonDocument): string {
  const { first, second, evaluations, datasets, models, spec, artifacts, sameArtifacts, stages, flips } = document;
  const parts = [`first:  ${first.run}, ${first.startedAt}, Dialectic ${first.version}`];
  parts[0] += `\nsecond: ${second.run}, ${second.startedAt}, Dialectic ${second.version}`;
  if (evaluations.length > 0) parts.push(matrix(evaluations));
  for (const { dialect, numbers, databasesAdded, databasesGone, coverageGained, coverageLost } of datasets) {
    parts.push(
      [
        ...(numbers.length > 0 ? [numberTable(`data, ${dialect}`, numbers)] : [`data, ${dialect}`]),
        ...named('databases added', databasesAdded),
        ...named('databases gone', databasesGone),
        ...named('keywords and functions gained', coverageGained),
        ...named('keywords and functions lost', coverageLost),
      ].join('\n'),
    );
  }
  if (spec.length > 0) {
    const rows = spec.map((change) => [change.path || '(all)', textOf(change.first), textOf(change.second)]);
    parts.push(formatTable(['spec', 'first', 'second'], rows));
  }
  for (const { model, numbers } of models) parts.push(numberTable(`training, ${model}`, numbers));
  if (artifacts.length > 0) {
    const rows = artifacts.map((one) => [one.name, one.first?.slice(0, 16) ?? '–', one.second?.slice(0, 16) ?? '–']);
    parts.push(`${formatTable(['artifact', 'first', 'second'], rows)}\n${sameArtifacts} more are the same in both.`);
  }
  if (stages.length > 0) parts.push(stageTable(stages));
  parts.push(...flipLists(flips));
  return parts.join('\n\n');
}

const percent = (share: number): string => (share * 100).toFixed(1);
const signed = (share: number): string => `${share >= 0 ? '+' : '−'}${percent(Math.abs(share))}`;

function matrix(cells: EvaluationChange[]): string {
  const rows = cells.map(({ model, dialect, split, first, second, difference, paired, change }) => [
    ...[model, dialect, split, first ? percent(first.ex) : '–', second ? percent(second.ex) : '–'],
    difference === null ? '' : signed(difference),
    paired
      ? `${signed(paired.interval[0])} to ${signed(paired.interval[1])}, ${paired.n} shared`
      : [first, second].map((one) => (one ? one.exCi.map(percent).join('–') : '')).join(' | '),
    paired ? (paired.p < 0.001 ? '< 0.001' : paired.p.toFixed(3)) : '',
    change === 'better' ? paint('green', change) : change === 'worse' ? paint('red', change) : change,
  ]);
  const header = ['model', 'dialect', 'split', 'first', 'second', 'points', '95 % interval', 'McNemar p', ''];
  const counts = ['better', 'worse', 'unclear', 'same', 'added', 'gone'].flatMap((change) => {
    const count = cells.filter((cell) => cell.change === change).length;
    return count > 0 ? [`${count} ${change}`] : [];
  });
  return `${formatTable(header, rows)}\nExecution accuracy in per cent: ${counts.join(', ')}.`;
}

const figure = (number: number | null): string => (number === null ? '–' : number.toLocaleString('en-US'));

function numberTable(title: string, numbers: NumberChange[]): string {
  return formatTable(
    [title, 'first', 'second'],
    numbers.map(({ name, first, second }) => [name, figure(first), figure(second)]),
  );
}

const named = (title: string, list: string[]): string[] =>
  list.length === 0 ? [] : [`${list.length} ${title}: ${list.join(', ')}`];

function textOf(value: unknown): string {
  const text = value === undefined ? '–' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function stageTable(stages: StageChange[]): string {
  const time = (cost: StageChange['first']): string =>
    cost === null ? '–' : cost.reused ? 'reused' : cost.seconds.toFixed(1);
  const money = (cost: StageChange['first']): string =>
    cost === null || cost.costUsd === null ? '–' : `$${cost.costUsd.toFixed(2)}`;
  return formatTable(
    ['stage', 'of', 'seconds, first', 'second', 'cost, first', 'second'],
    stages.map(({ stage, dialect, part, first, second }) => [
      ...[stage, [dialect, part].filter(Boolean).join(' ')],
      ...[time(first), time(second), money(first), money(second)],
    ]),
  );
}

function flipLists(flips: Flip[]): string[] {
  return (['right-to-wrong', 'wrong-to-right'] as const).flatMap((direction) => {
    const own = flips.filter((flip) => flip.direction === direction);
    if (own.length === 0) return [];
    const shown = own
      .slice(0, SHOWN_FLIPS)
      .map(({ model, dialect, database, question, sql, first, second, error }) =>
        [
          `  ${question} (${model}, ${dialect}, ${database}${error ? `, ${error}` : ''})`,
          ...Object.entries({ gold: sql, first, second }).map(
            ([side, text]) => `    ${side.padEnd(8)}${text.replace(/\s+/g, ' ')}`,
          ),
        ].join('\n'),
      );
    const more =
      own.length > shown.length ? [`  and ${own.length - shown.length} more: --json and --out have them`] : [];
    return [[`${own.length} answers from ${direction.replaceAll('-', ' ')}:`, ...shown, ...more].join('\n')];
  });
}
