import { percent } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { chips } from '../../report/sections/data.js';
import type { DatasetPage } from '../dataset-page.js';

/** Which functions of the engine and which keywords of the dialect the pairs use, and which none does. */
export function coverage({ datasheet: { coverage: covered, keywords }, dialect }: DatasetPage): Markup {
  const card = (what: string, { covered: used, missing, share }: typeof covered.functions, tint: number): Markup =>
    html`<div class="card">
      <h3>${used.length} of ${used.length + missing.length} ${what}: ${percent(share)} %</h3>
      ${chips(
        used.map((word): [string, number] => [word, keywords[word] ?? 0]),
        missing,
        tint,
      )}
    </div>`;
  return html`<p>
      What the engine itself reports and a question about data can call for, with the number of pairs that use it.
      Struck through: in no pair.
    </p>
    ${card(`functions of ${dialect.title}`, covered.functions, 0)}
    ${card('keywords that this dialect alone has', covered.keywords, 2)}`;
}
