import { percent, spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import type { DatasetPage } from '../dataset-page.js';

/** Pairs made, what each reason took away, pairs left. */
export function funnel({ datasheet: { funnel: counts, pairs } }: DatasetPage): Markup {
  const { populated = pairs, ...reasons } = counts;
  const removed = Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const row = (name: string, count: number, tint: string): Markup =>
    html`<span>${spaced(name)}</span
      ><span class="bar"
        ><i style="width:${((count / Math.max(1, populated)) * 100).toFixed(1)}%;--tint:${tint}"></i></span
      ><span class="n">${whole(count)} <small>${percent(count / Math.max(1, populated))} %</small></span>`;
  return html`<p>Of the pairs made, what each reason took away. A pair is counted at the first check that it fails.</p>
    <div class="card">
      <div class="funnel">
        ${row('made', populated, 'var(--accent)')} ${removed.map(([reason, count]) => row(reason, count, 'var(--bad)'))}
        ${row('accepted', pairs, 'var(--good)')}
      </div>
    </div>`;
}
