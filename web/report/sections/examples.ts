import type { ResultExcerpt } from '../../../core/evaluate/outcome.js';
import type { ReportExample, RunReport } from '../../../core/evaluate/report.js';
import { cell, spaced, whole } from '../../page/format.js';
import { highlight } from '../../page/highlight.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';

export function examples({ examples: list }: RunReport): Markup | null {
  if (list.length === 0) return null;
  return html`<section id="examples">
    <h2>Examples</h2>
    <p>Some answers as they were given: right ones of rising hardness, and one of each kind of error.</p>
    ${list.map(card)}
  </section>`;
}

function card(example: ReportExample): Markup {
  const { question, model, dialect, database, split, correct, error } = example;
  return html`<article class="card example">
    <div class="ask">
      <div class="tags">
        <span class="badge ${correct ? 'yes' : 'no'}">${correct ? 'right' : spaced(error ?? 'wrong')}</span
        ><span>${model}</span><span>·</span><span>${dialect}</span><span>·</span
        ><span>${database} (${spaced(split)})</span>
      </div>
      <p class="q">${question}</p>
    </div>
    <div class="sides">
      <div>
        <h4>Gold</h4>
        <pre class="sql">${highlight(example.sql)}</pre>
        ${table('Result of the gold', example.goldResult)}
      </div>
      <div>
        <h4>Answer</h4>
        <pre class="sql">${example.predicted === '' ? '(nothing)' : highlight(example.predicted)}</pre>
        ${example.message ? html`<p class="failed">${example.message}</p>` : table('Result of the answer', example.predictedResult)}
      </div>
    </div>
  </article>`;
}

function table(label: string, result: ResultExcerpt | null): Markup | null {
  if (!result) return null;
  if (result.total === 0) return html`<p class="more">no rows</p>`;
  const columns = result.columns.slice(0, 6);
  const more = [
    result.total > result.rows.length ? `${whole(result.total)} rows, the first ${result.rows.length} shown` : null,
    result.columns.length > columns.length ? `${result.columns.length - columns.length} more columns` : null,
  ].filter((text) => text !== null);
  return html`${scroll(
    label,
    html`<table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${result.rows.map(
          (row) =>
            html`<tr>
              ${columns.map((_, at) => html`<td>${cell(row[at] ?? null)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  ${more.length > 0 && html`<p class="more">${more.join(', ')}</p>`}`;
}
