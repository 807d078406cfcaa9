import { allDialects, type ArmComparison, type ExperimentReport } from '../../../core/experiment/report.js';
import { probability, spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';
import { chiefComparisons, points, verdictLine } from '../verdicts.js';

/** In plain words, what is shown of each arm. */
export function shown(report: ExperimentReport): Markup {
  const chief = chiefComparisons(report);
  const [first] = report.arms;
  return html`<section id="shown">
    <h2>What it shows</h2>
    <p>
      Every arm against <b>${first!.arm}</b>, on the same
      questions${report.dialects.filter(({ trained }) => trained).length > 1 && ' of all learned dialects'}.
    </p>
    <div class="card">
      ${
        chief.length === 0
          ? html`<p>Nothing: the arms were not asked the same questions.</p>`
          : html`<ul class="verdicts">
              ${chief.map((one) => html`<li>${badge(one)} ${verdictLine(one)}</li>`)}
            </ul>`
      }
      <p class="note">
        “No difference shown” is what the data leave open, not proof that there is none: the interval says how large a
        difference may still be. At 95 % one comparison in twenty is expected to show one by chance.
      </p>
    </div>
  </section>`;
}

export function differences({ comparisons, dialects }: ExperimentReport): Markup | null {
  if (comparisons.length === 0) return null;
  const titleOf = (dialect: string): string =>
    dialect === allDialects ? 'All learned' : dialects.find(({ name }) => name === dialect)!.title;
  return html`<section id="differences">
    <h2>Every comparison</h2>
    <p>Points of execution accuracy, arm less first arm, question by question.</p>
    <div class="card">
      ${scroll(
        'Every comparison',
        html`<table>
          <thead>
            <tr>
              <th>Arm</th>
              <th class="text">Dialect</th>
              <th class="text">Questions</th>
              <th>difference</th>
              <th>95 % interval</th>
              <th class="text">Verdict</th>
              <th>by seed</th>
              <th>answers</th>
              <th>only one right</th>
              <th>p</th>
            </tr>
          </thead>
          <tbody>
            ${comparisons.map(
              (one) =>
                html`<tr>
                  <td><span class="model">${one.arm}</span></td>
                  <td class="text">${titleOf(one.dialect)}</td>
                  <td class="text">${spaced(one.split)}</td>
                  <td><b>${points(one.mean)}</b></td>
                  <td>${points(one.interval[0])} to ${points(one.interval[1])}</td>
                  <td class="text">${badge(one)}</td>
                  <td>${one.bySeed.map(points).join(' ')}</td>
                  <td>${whole(one.n)}</td>
                  <td>${whole(one.onlyArm)} : ${whole(one.onlyAgainst)}</td>
                  <td>${probability(one.p)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      <p class="note">
        Only one right: answers that only the arm, and only the first arm, has right; p is McNemar's exact test of them
        over all seeds together. It takes them for independent, which answers of one trained model are not; the verdict
        follows the interval, which knows how much seeds differ.
      </p>
    </div>
  </section>`;
}

function badge({ verdict }: ArmComparison): Markup {
  const kind = { better: 'yes', worse: 'no', 'no difference shown': 'open' }[verdict];
  return html`<span class="badge ${kind}">${verdict}</span>`;
}
