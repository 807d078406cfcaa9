import { countBy } from '../../../core/metrics/diversity.js';
import { draw, Plot } from '../../page/charts.js';
import { percent, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { skeletonList } from '../../report/sections/data.js';
import type { DatasetPage } from '../dataset-page.js';

const SHOWN = 12;

/** How many shapes of statements there are, and how evenly the pairs are spread over them. */
export function diversity({ pairs }: DatasetPage): Markup {
  const counts = [...countBy(pairs.map(({ skeleton }) => skeleton))].sort(([, a], [, b]) => b - a);
  const topTen = counts.slice(0, 10).reduce((sum, [, count]) => sum + count, 0);
  const single = counts.filter(([, count]) => count === 1).length;
  return html`<p>
      ${whole(counts.length)} distinct skeletons, statements with names and values erased. The ten most frequent have
      ${percent(topTen / Math.max(1, pairs.length))} % of the pairs; ${whole(single)} occur once.
    </p>
    <div class="grid2">
      <div class="card">
        <h3>Share of pairs, frequent skeletons first</h3>
        <figure>${curve(counts.map(([, count]) => count))}</figure>
      </div>
      <div class="card">
        <h3>Most frequent skeletons</h3>
        ${skeletonList(counts.slice(0, SHOWN).map(([skeleton, count]) => ({ skeleton, pairs: count })))}
      </div>
    </div>`;
}

/** Cumulative share over ranks; the straight line is what all skeletons alike would give. */
function curve(counts: number[]): Markup {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const step = Math.max(1, Math.floor(counts.length / 200));
  let sum = 0;
  const points: { rank: number; share: number }[] = [{ rank: 0, share: 0 }];
  counts.forEach((count, at) => {
    sum += count;
    if ((at + 1) % step === 0 || at === counts.length - 1) points.push({ rank: at + 1, share: (sum / total) * 100 });
  });
  return draw({
    ...{ width: 470, height: 300, marginLeft: 44, marginBottom: 38 },
    x: { label: 'skeletons', labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: { label: '% of pairs', labelArrow: 'none', grid: true, domain: [0, 100], ticks: 5 },
    marks: [
      Plot.line([points[0]!, points.at(-1)!], {
        x: 'rank',
        y: 'share',
        stroke: 'var(--faint)',
        strokeDasharray: '3 4',
      }),
      Plot.areaY(points, { x: 'rank', y: 'share', fill: 'var(--accent)', fillOpacity: 0.1 }),
      Plot.line(points, { x: 'rank', y: 'share', stroke: 'var(--accent)', strokeWidth: 2 }),
    ],
  });
}
