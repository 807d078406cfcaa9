import type { ExperimentReport } from '../../../core/experiment/report.js';
import { circumstances } from '../../page/circumstances.js';
import { heatTable } from '../../page/heat-table.js';
import { html, type Markup } from '../../page/html.js';
import { scroll, stacked } from '../../page/scroll.js';

/** Accuracy by what the gold statements are like. */
export function breakdowns({ breakdowns: list }: ExperimentReport): Markup | null {
  if (list.length === 0) return null;
  return html`<section id="breakdowns">
    <h2>Where the arms differ</h2>
    <p>Execution accuracy in per cent over all seeds, dialects and questions, by what the gold statement is like.</p>
    ${list.map(
      ({ title, keys, arms }) =>
        html`<div class="card">
          <h3>By ${title}</h3>
          ${stacked(
            `Accuracy by ${title}`,
            heatTable(
              keys,
              arms.map(({ arm, shares }) => ({ name: arm, shares })),
            ),
          )}
        </div>`,
    )}
  </section>`;
}

/** What each arm is, and what became of each of its runs. */
export function arms({ arms: list, runs }: ExperimentReport): Markup {
  return html`<section id="arms">
    <h2>Arms and runs</h2>
    <p>Every run has a report of its own: <code>dialectic report &lt;run&gt; --open</code>.</p>
    <div class="card">
      ${scroll(
        'Arms and runs',
        html`<table>
          <thead>
            <tr>
              <th>Arm</th>
              <th class="text">Changes in the base</th>
              <th class="text">Runs</th>
            </tr>
          </thead>
          <tbody>
            ${list.map(
              ({ arm, changes }) =>
                html`<tr>
                  <td><span class="model">${arm}</span></td>
                  <td class="text wrap">
                    <code>${Object.keys(changes).length === 0 ? 'none' : JSON.stringify(changes)}</code>
                  </td>
                  <td class="text wrap">
                    ${runs
                      .filter((run) => run.arm === arm)
                      .map(
                        ({ run, failure }) =>
                          html`<div>
                            <code>${run}</code>${failure !== null && html`<div class="failed">${failure}</div>`}
                          </div>`,
                      )}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </div>
  </section>`;
}

export function method({ spec }: ExperimentReport): Markup {
  const { seeds, vary } = spec.experiment;
  return html`<section id="method">
    <h2>How it is computed</h2>
    <div class="card">
      <dl>
        <dt>Seeds</dt>
        <dd>
          ${seeds.join(', ')}. A seed decides
          ${vary === 'everything' ? 'everything drawn at random: templates, pairs, questions, weights, the order of rows, and what a merge draws' : 'the weights, the order of rows and what a merge draws; the data are the same for all seeds'}.
        </dd>
        <dt>Mean</dt>
        <dd>The accuracy of each seed, averaged: every seed counts alike.</dd>
        <dt>Interval</dt>
        <dd>
          mean ± t · √(w + τ²/k) for k seeds. w is the variance of the mean when the questions within each seed are
          drawn anew with replacement, 1,000 times (where all seeds asked the same questions, together). τ² is the
          variance between the seeds' accuracies beyond what their different questions explain. t is Student's for 95 %
          with Satterthwaite's degrees of freedom, as τ² is estimated from few seeds. With one seed nothing is known of
          τ², and the interval is the questions' alone.
        </dd>
        <dt>Comparison</dt>
        <dd>
          The same of the differences question by question: both arms of one seed answered the same questions. Better or
          worse: the interval lies on one side of 0.
        </dd>
        <dt>Who answers</dt>
        <dd>
          The model that the run's experts became; without one, each dialect's own expert, and then nobody for a dialect
          that was not learned.
        </dd>
      </dl>
    </div>
  </section>`;
}

export function reproduce(report: ExperimentReport): Markup {
  const { reproduce: commands, spec } = report;
  return html`<section id="reproduce">
    <h2>Do it again</h2>
    <p>
      Save the spec below as <code>experiment.yaml</code>. What is finished is found and not repeated; add
      <code>--fresh</code> to do all of it anew.
    </p>
    <div class="card">
      <pre>${commands.join('\n')}</pre>
      <details>
        <summary>The spec, its base written out</summary>
        <pre>${JSON.stringify(spec, null, 2)}</pre>
      </details>
    </div>
    ${circumstances(report)}
  </section>`;
}
