import type { ReportComparisonDocument } from '../../../core/compare-reports/compare-reports.js';
import type { Flip } from '../../../core/compare-reports/evaluation-changes.js';
import { spaced, whole } from '../../page/format.js';
import { highlight } from '../../page/highlight.js';
import { html, type Markup } from '../../page/html.js';

/** Answers shown of each direction. */
const shown = 40;

/** The questions whose verdict changed, with all three statements. */
export function answers({ flips }: ReportComparisonDocument): Markup | null {
  if (flips.length === 0) return null;
  const directions = ['right-to-wrong', 'wrong-to-right'] as const;
  return html`<section id="answers">
    <h2>Answers</h2>
    <p>Questions that both runs asked and one answered right.</p>
    ${directions.map((direction) => {
      const own = flips.filter((flip) => flip.direction === direction);
      return html`<h3>${whole(own.length)} from ${spaced(direction)}</h3>
        ${own.slice(0, shown).map(card)}
        ${own.length > shown && html`<p class="note">${whole(own.length - shown)} more are in the JSON.</p>`}`;
    })}
  </section>`;
}

function card(flip: Flip): Markup {
  const { direction, model, dialect, split, database, question, sql, first, second, error } = flip;
  const better = direction === 'wrong-to-right';
  return html`<article class="card example">
    <div class="ask">
      <div class="tags">
        <span class="badge ${better ? 'yes' : 'no'}">${spaced(direction)}</span><span>${model}</span><span>·</span
        ><span>${dialect}</span><span>·</span><span>${database} (${spaced(split)})</span>${
          error && html`<span>·</span><span>${spaced(error)}</span>`
        }
      </div>
      <p class="q">${question}</p>
      <h4>Gold</h4>
      <pre class="sql">${highlight(sql)}</pre>
    </div>
    <div class="sides">
      ${[first, second].map(
        (statement, at) =>
          html`<div>
            <h4>${at === 0 ? 'First' : 'Second'}</h4>
            <pre class="sql">${statement === '' ? '(nothing)' : highlight(statement)}</pre>
          </div>`,
      )}
    </div>
  </article>`;
}
