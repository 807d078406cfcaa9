import type { RunReport } from '../../../core/evaluate/report.js';
import type { StageReport } from '../../../core/contract.js';
import { bytes, dollars, duration, moment, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';

export function stages({ stages: list }: RunReport): Markup | null {
  if (list.length === 0) return null;
  const longest = Math.max(0.001, ...list.map(({ seconds }) => seconds));
  const seconds = list.reduce((sum, stage) => sum + stage.seconds, 0);
  return html`<section id="stages">
    <h2>Time and cost</h2>
    <p>
      What each stage took in, gave out, took in time and cost in calls to models. A reused stage was found finished
      from an earlier run.
    </p>
    <div class="card">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Stage</th>
              <th>in</th>
              <th>out</th>
              <th class="text wide-only" style="width:34%"></th>
              <th>time</th>
              <th>cost</th>
            </tr>
          </thead>
          <tbody>
            ${list.map(
              (stage) =>
                html`<tr>
                  <td>
                    <span class="model">${stage.stage}</span
                    ><span class="kind"
                      >${[stage.dialect, stage.part].filter(Boolean).join(', ')}${stage.reused ? ' reused' : ''}</span
                    >
                  </td>
                  <td>${whole(stage.in)}</td>
                  <td>${whole(stage.out)}</td>
                  <td class="wide-only">
                    <div class="funnel" style="display:block">
                      <span class="bar" style="display:block;height:8px"
                        ><i
                          style="width:${((stage.seconds / longest) * 100).toFixed(1)}%;--tint:var(--s${colorOf(stage)})"
                        ></i
                      ></span>
                    </div>
                  </td>
                  <td>${duration(stage.seconds)}</td>
                  <td>${dollars(stage.costUsd)}</td>
                </tr>`,
            )}
            <tr>
              <td><span class="model">together</span></td>
              <td></td>
              <td></td>
              <td class="wide-only"></td>
              <td><b>${duration(seconds)}</b></td>
              <td><b>${dollars(totalCost(list))}</b></td>
            </tr>
          </tbody>
        </table>
      </div>
      <p class="note">
        Times of stages that ran side by side are added up, so they may come to more than the run took.
      </p>
    </div>
  </section>`;
}

const order = ['scrape', 'seeds', 'expand', 'populate', 'check', 'train', 'merge', 'evaluate'];
const colorOf = ({ stage }: StageReport): number => Math.max(0, order.indexOf(stage)) % 6;

/** The sum of the known costs; null where none is. */
export function totalCost(list: readonly StageReport[]): number | null {
  const known = list.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]));
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}

export function lineage({
  lineage: artifacts,
  reproduce,
  spec,
  machine,
  startedAt,
  finishedAt,
  version,
}: RunReport): Markup {
  return html`<section id="lineage">
      <h2>Lineage</h2>
      <p>Every artifact is stored under the SHA-256 of its content and checked on every read.</p>
      ${
        artifacts.length > 0 &&
        html`<div class="card">
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Artifact</th>
                  <th class="text">SHA-256</th>
                  <th>rows</th>
                  <th>size</th>
                </tr>
              </thead>
              <tbody>
                ${artifacts.map(
                  ({ name, sha256, bytes: size, rows, key }) =>
                    html`<tr>
                      <td title="${key}">${name}</td>
                      <td class="text"><code title="${sha256}">${sha256.slice(0, 16)}…</code></td>
                      <td>${rows === undefined ? '' : whole(rows)}</td>
                      <td>${bytes(size)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </div>`
      }
      <div class="card">
        <dl>
          <dt>Began</dt>
          <dd>${moment(startedAt)}</dd>
          <dt>Ended</dt>
          <dd>${moment(finishedAt)}</dd>
          <dt>Dialectic</dt>
          <dd>${version}</dd>
          ${
            machine &&
            html`<dt>Machine</dt>
              <dd>
                ${machine.cpu}, ${machine.cores} cores, ${bytes(machine.memoryBytes)} memory, ${machine.gpu ?? 'no GPU'}
              </dd>`
          }
        </dl>
      </div>
    </section>
    ${
      reproduce.length > 0 &&
      html`<section id="reproduce">
        <h2>Do it again</h2>
        <p>The same spec finds every finished stage and repeats none; add <code>--fresh</code> to do all of it anew.</p>
        <div class="card">
          <pre>${reproduce.join('\n')}</pre>
          <details>
            <summary>The run's spec, defaults filled in</summary>
            <pre>${JSON.stringify(spec, null, 2)}</pre>
          </details>
        </div>
      </section>`
    }`;
}
