import type { ReportComparisonDocument } from '../../../core/compare-reports/compare-reports.js';
import type { EvaluationChange } from '../../../core/compare-reports/evaluation-changes.js';
import { percent, probability, signedPercent, spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { stacked } from '../../page/scroll.js';

/** Every cell of the matrix in both runs, with the difference and whether it can be chance. */
export function accuracy({ evaluations }: ReportComparisonDocument): Markup | null {
  if (evaluations.length === 0) return null;
  return html`<section id="accuracy">
    <h2>Accuracy</h2>
    <p>
      Execution accuracy in per cent. Where both runs asked the same questions: paired bootstrap and McNemar's exact
      test on those. Elsewhere both intervals stand there, and a change counts where they lie apart.
    </p>
    <div class="card">
      ${stacked(
        'Accuracy of both runs',
        html`<table class="dense stacked">
          <thead>
            <tr>
              <th>Model</th>
              <th class="text">Questions</th>
              <th>first</th>
              <th>second</th>
              <th>points</th>
              <th>95 % interval</th>
              <th>p</th>
              <th class="text"></th>
            </tr>
          </thead>
          <tbody>
            ${evaluations.map(row)}
          </tbody>
        </table>`,
      )}
    </div>
  </section>`;
}

function row({ model, dialect, split, first, second, difference, paired, change }: EvaluationChange): Markup {
  const badge = change === 'better' ? 'yes' : change === 'worse' ? 'no' : 'plain';
  return html`<tr>
    <td class="wrap"><span class="model">${model}</span></td>
    <td class="text wrap">${dialect}, ${spaced(split).replace(/ databases$/, '')}</td>
    <td>${first ? percent(first.ex) : '–'}</td>
    <td><b>${second ? percent(second.ex) : '–'}</b></td>
    <td>${difference === null ? '' : signedPercent(difference)}</td>
    <td>
      ${
        paired
          ? html`<span title="${whole(paired.n)} questions in both"
              >${signedPercent(paired.interval[0])} to ${signedPercent(paired.interval[1])}</span
            >`
          : [first, second].map((one) => (one ? one.exCi.map((share) => percent(share)).join('–') : '')).join(' | ')
      }
    </td>
    <td>${paired ? probability(paired.p) : ''}</td>
    <td class="text"><span class="badge ${badge}">${change}</span></td>
  </tr>`;
}
