import type { ReportDataset, RunReport } from '../../../core/evaluate/report.js';
import { spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';

const levels = ['easy', 'medium', 'hard', 'extra'] as const;

/** What the models learned from: what was made, what was thrown out and why, what it covers. */
export function data({ datasets, dialects }: RunReport): Markup | null {
  if (datasets.length === 0) return null;
  const title = (name: string): string => dialects.find((dialect) => dialect.name === name)?.title ?? name;
  return html`<section id="data">
    <h2>Data</h2>
    <p>
      Every pair was run on the dialect's own engine before anything learned from it. What fell out on the way, and why:
    </p>
    <div class="grid3">
      ${datasets.map(
        (dataset) =>
          html`<div class="card">
            <h3>${title(dataset.dialect)}</h3>
            ${funnel(dataset)}
            <h3>${whole(dataset.skeletons)} distinct skeletons, ${dataset.databases.length} databases</h3>
            ${hardnessBar(dataset.hardness)}
            <p class="note">
              ${Object.entries(dataset.splits)
                .map(([name, pairs]) => `${whole(pairs)} ${spaced(name)}`)
                .join(', ')}
            </p>
          </div>`,
      )}
    </div>
    ${datasets.map((dataset, at) => coverage(dataset, title(dataset.dialect), at))}
  </section>`;
}

function funnel({ funnel: steps }: ReportDataset): Markup | null {
  const widest = Math.max(1, ...steps.map(({ left }) => left));
  return html`<div class="funnel">
    ${steps.map(({ step, left, removed }) => {
      const reasons = Object.entries(removed)
        .filter(([, count]) => count > 0)
        .sort(([, a], [, b]) => b - a);
      return html`<span>${spaced(step)}</span
        ><span class="bar"><i style="width:${((left / widest) * 100).toFixed(1)}%"></i></span
        ><span class="n">${whole(left)}</span>
        ${reasons.length > 0 && html`<span class="why">− ${reasons.map(([reason, count]) => `${whole(count)} ${spaced(reason)}`).join(', ')}</span>`}`;
    })}
  </div>`;
}

/** Shares of Spider's four levels as one bar with its legend. */
export function hardnessBar(counts: Record<string, number>): Markup {
  const total = levels.reduce((sum, level) => sum + (counts[level] ?? 0), 0) || 1;
  return html`<div class="stack">
      ${levels.map((level, at) => html`<i style="flex:${counts[level] ?? 0};background:var(--accent);opacity:${0.28 + at * 0.24}" title="${level}"></i>`)}
    </div>
    <div class="legend">
      ${levels.map((level, at) => html`<span><i style="background:var(--accent);opacity:${0.28 + at * 0.24}"></i>${level} ${Math.round(((counts[level] ?? 0) / total) * 100)} %</span>`)}
    </div>`;
}

function coverage({ coverage: counts, topSkeletons }: ReportDataset, title: string, at: number): Markup | null {
  const words = Object.entries(counts);
  if (words.length === 0 && topSkeletons.length === 0) return null;
  const used = words.filter(([, count]) => count > 0);
  const unused = words.filter(([, count]) => count === 0).map(([word]) => word);
  return html`<div class="card" style="margin-top:16px">
    <h3>${title}: ${used.length} of ${words.length} taught keywords and functions occur</h3>
    ${chips(used, unused, at)}
    ${
      topSkeletons.length > 0 &&
      html`<details>
        <summary>Most frequent skeletons</summary>
        ${skeletonList(topSkeletons)}
      </details>`
    }
  </div>`;
}

/** Words with their counts, the more frequent the stronger; those that do not occur struck through. */
export function chips(used: [word: string, count: number][], unused: string[], tint = 0): Markup {
  const sorted = [...used].sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...sorted.map(([, count]) => count));
  return html`<div class="chips" style="--tint:var(--s${tint % 6})">
    ${sorted.map(([word, count]) => html`<span style="--v:${(Math.log1p(count) / Math.log1p(most)).toFixed(2)}">${word}<b>${whole(count)}</b></span>`)}${unused.map((word) => html`<span class="none" title="in no pair">${word}</span>`)}
  </div>`;
}

export function skeletonList(skeletons: { skeleton: string; pairs: number }[]): Markup {
  return html`<ul class="skeletons">
    ${skeletons.map(({ skeleton, pairs }) => html`<li><b>${whole(pairs)}</b><span>${skeleton}</span></li>`)}
  </ul>`;
}
