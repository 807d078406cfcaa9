import type { ArmReport, ExperimentReport } from '../../../core/experiment/report.js';
import { count, dollars, duration, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';

/** Share by which the tokens of two arms may differ and still count as equal. */
const nearlyEqual = 0.02;

/** What each arm learned from, took and cost, and how much of it was there already. */
export function costs({ arms, spec }: ExperimentReport): Markup {
  const seeds = spec.experiment.seeds.length;
  return html`<section id="costs">
    <h2>Time, cost and equality</h2>
    <p>
      What two arms have in common is done once and reused, so the first arm pays for what all share. “Alone” is what
      the arm would have taken without the others.
    </p>
    <div class="card">
      ${scroll(
        'Time, cost and equality',
        html`<table>
          <thead>
            <tr>
              <th>Arm</th>
              <th>parameters</th>
              <th>rows learned</th>
              <th>tokens learned</th>
              <th>time now</th>
              <th>time alone</th>
              <th>paid now</th>
              <th>stages reused</th>
            </tr>
          </thead>
          <tbody>
            ${arms.map(
              (arm) =>
                html`<tr>
                  <td><span class="model">${arm.arm}</span></td>
                  <td>${count(arm.parameters)}</td>
                  <td>${whole(arm.rows)}</td>
                  <td>${count(arm.tokens)}</td>
                  <td>${duration(arm.seconds)}</td>
                  <td>${duration(arm.secondsAlone)}</td>
                  <td>${dollars(arm.costUsd)}</td>
                  <td>${arm.reused} of ${arm.stages}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      <p class="note">
        Rows and tokens are of one run, of every training that led to what answers: base, experts and tuning. Times are
        of all ${seeds === 1 ? 'runs' : `${seeds} seeds`}, work side by side added up. ${equality(arms)}
      </p>
    </div>
  </section>`;
}

function equality([first, ...others]: ArmReport[]): string {
  const unequal = others.filter(({ tokens }) => Math.abs(tokens - first!.tokens) > nearlyEqual * first!.tokens);
  if (unequal.length === 0) return 'All arms learned from equally many tokens, within 2 %.';
  const names = unequal.map(({ arm, tokens }) => `${arm} (${percentOf(tokens, first!.tokens)})`).join(', ');
  return `Not at equal tokens: ${names} of what ${first!.arm} learned from. A difference may be due to that.`;
}

const percentOf = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(1, whole))} %`;
