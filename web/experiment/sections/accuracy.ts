import { allDialects, type ArmAccuracy, type ExperimentReport } from '../../../core/experiment/report.js';
import { draw, Plot, seriesColor } from '../../page/charts.js';
import { percent, spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';

/** Arms × dialects × splits: each mean over seeds with its interval, and the same as a chart. */
export function accuracy({ accuracy: cells, arms, dialects, spec }: ExperimentReport): Markup {
  const seeds = spec.experiment.seeds.length;
  const columns = columnsOf(cells);
  const titleOf = (dialect: string): string => dialects.find(({ name }) => name === dialect)?.title ?? 'All learned';
  const groups = [...new Set(columns.map(({ dialect }) => dialect))];
  return html`<section id="accuracy">
    <h2>Accuracy by arm</h2>
    <p>
      Execution accuracy in per cent, mean over ${seeds === 1 ? 'one seed' : `${seeds} seeds`}, with 95 % intervals: the
      share of questions whose SQL, run on a real engine, returned what the gold statement returns.
    </p>
    <div class="card">
      ${scroll(
        'Accuracy by arm',
        html`<table>
          <thead>
            <tr class="group">
              <th></th>
              ${groups.map(
                (dialect) =>
                  html`<th colspan="${columns.filter((column) => column.dialect === dialect).length}">
                    ${titleOf(dialect)}
                  </th>`,
              )}
            </tr>
            <tr>
              <th>Arm</th>
              ${columns.map(({ split }) => html`<th>${shortSplit(split)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${arms.map(
              ({ arm }) =>
                html`<tr>
                  <td><span class="model">${arm}</span></td>
                  ${columns.map((column) => accuracyCell(find(cells, { arm, ...column })))}
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      ${notLearned(dialects)}
    </div>
    <div class="grid2">
      ${columns.map(
        ({ dialect, split }) =>
          html`<div class="card">
            <h3>${titleOf(dialect)} <span class="kind">${spaced(split)}</span></h3>
            <figure>
              ${intervals(
                cells.filter((cell) => cell.dialect === dialect && cell.split === split),
                arms.map(({ arm }) => arm),
              )}
            </figure>
          </div>`,
      )}
    </div>
  </section>`;
}

function notLearned(dialects: ExperimentReport['dialects']): Markup | null {
  const titles = dialects.filter(({ trained }) => !trained).map(({ title }) => title);
  if (titles.length === 0) return null;
  return html`<p class="note">No model learned ${titles.join(' and ')}; it is not among “all learned”.</p>`;
}

interface Column {
  dialect: string;
  split: string;
}

/** All dialects first, then each; within a dialect the splits as they come. */
function columnsOf(cells: readonly ArmAccuracy[]): Column[] {
  const keys = [...new Set(cells.map(({ dialect, split }) => `${dialect}\n${split}`))];
  const columns = keys.map((key) => key.split('\n')).map(([dialect, split]) => ({ dialect: dialect!, split: split! }));
  return columns.sort((a, b) => Number(b.dialect === allDialects) - Number(a.dialect === allDialects));
}

const find = (cells: readonly ArmAccuracy[], { arm, dialect, split }: Column & { arm: string }) =>
  cells.find((cell) => cell.arm === arm && cell.dialect === dialect && cell.split === split);

function accuracyCell(cell: ArmAccuracy | undefined): Markup {
  if (!cell) return html`<td>–</td>`;
  const hint = `${whole(cell.n)} answers; by seed ${cell.bySeed.map((share) => percent(share)).join(', ')}`;
  return html`<td title="${hint}">
    <b>${percent(cell.mean)}</b><br /><small class="soft"
      >${percent(cell.interval[0], 0)} to ${percent(cell.interval[1], 0)}</small
    >
  </td>`;
}

/** A line an arm: interval, mean, and each seed as a small dot. */
function intervals(cells: readonly ArmAccuracy[], arms: string[]): Markup {
  const rows = cells.map((cell) => ({
    ...{ arm: cell.arm, mean: cell.mean * 100, low: cell.interval[0] * 100, high: cell.interval[1] * 100 },
    color: seriesColor(arms.indexOf(cell.arm)),
  }));
  const bySeed = cells.flatMap((cell) => cell.bySeed.map((share) => ({ arm: cell.arm, share: share * 100 })));
  const longest = Math.max(...arms.map((arm) => arm.length));
  return draw({
    width: 480,
    height: 44 + 26 * arms.length,
    marginLeft: Math.min(190, 20 + longest * 7),
    marginRight: 12,
    marginBottom: 30,
    ariaLabel: 'Accuracy of each arm with its 95 % interval',
    x: { label: null, ticks: 5, grid: true, nice: true, tickSize: 0 },
    y: { label: null, domain: arms, tickSize: 0, padding: 0.4 },
    marks: [
      Plot.link(rows, {
        x1: 'low',
        x2: 'high',
        y1: 'arm',
        y2: 'arm',
        stroke: 'color',
        strokeWidth: 5,
        strokeOpacity: 0.3,
      }),
      Plot.dot(bySeed, { x: 'share', y: 'arm', r: 2, fill: 'var(--soft)' }),
      Plot.dot(rows, { x: 'mean', y: 'arm', r: 4.5, fill: 'color' }),
    ],
  });
}

/** `known-databases` → `known`. */
const shortSplit = (split: string): string => spaced(split).replace(/ (databases|questions)$/, '');
