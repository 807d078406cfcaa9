import { whole } from '../../page/format.js';
import { highlight } from '../../page/highlight.js';
import { html, type Markup } from '../../page/html.js';
import type { DatasetPage, SplitPair } from '../dataset-page.js';

const levels = ['easy', 'medium', 'hard', 'extra'];

/** Pairs to look at, with fields to choose among them. */
export function sample({ sample: pairs, datasheet }: DatasetPage): Markup {
  const of = (valueOf: (pair: SplitPair) => string[]): string[] => [...new Set(pairs.flatMap(valueOf))];
  const hardness = levels.filter((level) => pairs.some((pair) => pair.hardness === level));
  return html`<p>${whole(pairs.length)} of ${whole(datasheet.pairs)} pairs, drawn evenly.</p>
    <form class="filter" role="search" aria-label="Choose among the pairs">
      <input type="search" name="text" placeholder="words of the question or the SQL" aria-label="Words" />
      ${choice('hardness', 'any hardness', hardness)}
      ${choice(
        'split',
        'any split',
        of(({ split }) => [split]),
      )}
      ${choice('database', 'any database', of(({ database }) => [database]).sort())}
      ${choice('keyword', 'any keyword', of(({ keywords }) => keywords).sort())}
      <output>${whole(pairs.length)} shown</output>
    </form>
    <div class="pairs">${pairs.map(card)}</div>`;
}

function choice(name: string, any: string, values: string[]): Markup {
  return html`<select name="${name}" aria-label="${name}">
    <option value="">${any}</option>
    ${values.map((value) => html`<option>${value}</option>`)}
  </select>`;
}

function card(pair: SplitPair): Markup {
  const { question, sql, hardness, database, split, keywords, guide, teacher, template, id, skeleton } = pair;
  return html`<article
    class="card pair"
    data-hardness="${hardness}"
    data-split="${split}"
    data-database="${database}"
    data-keyword="${keywords.join('\n')}"
  >
    <div class="tags">
      <span class="badge level-${hardness}">${hardness}</span><span>${database}</span><span>·</span
      ><span>${split}</span>
    </div>
    <p class="q">${question}</p>
    <pre class="sql">${highlight(sql)}</pre>
    <details>
      <summary>Where it came from</summary>
      <dl>
        <dt>skeleton</dt>
        <dd><code>${skeleton}</code></dd>
        <dt>guide</dt>
        <dd>${guide ?? 'none: a seed'}</dd>
        <dt>teacher</dt>
        <dd>${teacher}</dd>
        <dt>template, pair</dt>
        <dd><code>${template}</code>, <code>${id}</code></dd>
      </dl>
    </details>
  </article>`;
}
