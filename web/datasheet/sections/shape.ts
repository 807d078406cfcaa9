import { countBy } from '../../../core/metrics/diversity.js';
import { draw, Plot } from '../../page/charts.js';
import { percent, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { hardnessBar } from '../../report/sections/data.js';
import type { DatasetPage } from '../dataset-page.js';

/** Hardness, lengths, and the shares of splits, databases and teachers. */
export function shape({ datasheet, pairs }: DatasetPage): Markup {
  const words = (text: string): number => text.trim().split(/\s+/).length;
  const { byHardness, splits, byDatabase, byTeacher } = datasheet;
  return html`<p>
      How hard the statements are by Spider's four levels, how long questions and statements are, and where the pairs
      belong.
    </p>
    <div class="card">
      <h3>Hardness</h3>
      ${hardnessBar(byHardness)}
    </div>
    <div class="grid2" style="margin-bottom:16px">
      <div class="card">
        <h3>Words of a question</h3>
        <figure>
          ${histogram(
            pairs.map(({ question }) => words(question)),
            'var(--s0)',
          )}
        </figure>
        ${spread(datasheet.questionWords)}
      </div>
      <div class="card">
        <h3>Words of a statement</h3>
        <figure>
          ${histogram(
            pairs.map(({ sql }) => words(sql)),
            'var(--s2)',
          )}
        </figure>
        ${spread(datasheet.statementWords)}
      </div>
    </div>
    <div class="grid3">
      ${shares('Splits', splits)} ${shares('Databases', byDatabase)} ${shares('Teachers', byTeacher)}
    </div>`;
}

const spread = ([least, median, most]: [number, number, number]): Markup =>
  html`<p class="note">From ${least} to ${most}, half of them at most ${median}.</p>`;

const BINS = 30;

/** How many pairs have how many words; the longest hundredth is in the last bar. */
function histogram(values: number[], color: string): Markup {
  const sorted = [...values].sort((a, b) => a - b);
  const most = sorted[Math.floor(sorted.length * 0.99)] ?? 1;
  const cut = values.map((value) => Math.min(value, most));
  const width = Math.max(1, Math.ceil((most + 1) / BINS));
  return draw({
    ...{ width: 470, height: 220, marginLeft: 44, marginBottom: 36 },
    x: { label: 'words', labelAnchor: 'center', labelArrow: 'none', ticks: 6 },
    y: { label: 'pairs', labelArrow: 'none', grid: true, ticks: 4 },
    marks: [Plot.rectY(bins(cut, width), { x1: 'from', x2: 'to', y: 'count', fill: color, inset: 0.5 })],
  });
}

function bins(values: number[], width: number): { from: number; to: number; count: number }[] {
  const counts = countBy(values.map((value) => String(Math.floor(value / width) * width)));
  return [...counts].map(([from, count]) => ({ from: Number(from), to: Number(from) + width, count }));
}

function shares(title: string, counts: Record<string, number>): Markup {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const total = rows.reduce((sum, [, count]) => sum + count, 0) || 1;
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return html`<div class="card">
    <h3>${title}</h3>
    <div class="funnel">
      ${rows.map(
        ([name, count]) =>
          html`<span>${name}</span><span class="bar"><i style="width:${((count / most) * 100).toFixed(1)}%"></i></span
            ><span class="n">${whole(count)} <small>${percent(count / total, 0)} %</small></span>`,
      )}
    </div>
  </div>`;
}
