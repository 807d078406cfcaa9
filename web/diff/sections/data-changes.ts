import type { ReportComparisonDocument } from '../../../core/compare-reports/compare-reports.js';
import type { DatasetChange } from '../../../core/compare-reports/dataset-changes.js';
import { html, type Markup } from '../../page/html.js';
import { numberTable } from './number-table.js';

/** Pairs, funnel, splits, databases and coverage by dialect, those that differ. */
export function dataChanges({ datasets }: ReportComparisonDocument): Markup | null {
  if (datasets.length === 0) return null;
  return html`<section id="data">
    <h2>Data</h2>
    <p>What differs in the funnel, the splits and the coverage; what is the same is left out.</p>
    <div class="grid3">${datasets.map(card)}</div>
  </section>`;
}

function card(change: DatasetChange): Markup {
  const lists = [
    { title: 'Databases added', list: change.databasesAdded },
    { title: 'Databases gone', list: change.databasesGone },
    { title: 'Keywords and functions gained', list: change.coverageGained },
    { title: 'Keywords and functions lost', list: change.coverageLost },
  ].filter(({ list }) => list.length > 0);
  return html`<div class="card">
    <h3>${change.dialect}</h3>
    ${change.numbers.length > 0 && numberTable(`Data of ${change.dialect}`, change.numbers)}
    ${lists.map(
      ({ title, list }) =>
        html`<h3>${title}: ${list.length}</h3>
          <div class="chips">${list.map((word) => html`<span style="--v:0">${word}</span>`)}</div>`,
    )}
  </div>`;
}
