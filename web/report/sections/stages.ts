import type { RunReport } from '../../../core/evaluate/report.js';
import type { StageReport } from '../../../core/contract.js';
import { dollars, duration, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { stacked } from '../../page/scroll.js';

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
      ${stacked(
        'Time and cost by stage',
        html`<table class="dense stacked">
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
        </table>`,
      )}
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
