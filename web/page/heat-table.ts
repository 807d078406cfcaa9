import type { Share } from '../../core/evaluate/summarise.js';
import { percent, whole } from './format.js';
import { html, type Markup } from './html.js';

/** Shares in per cent as shaded cells, a row a name; each column's heading tells how many questions it is of. */
export function heatTable(
  keys: readonly string[],
  rows: readonly { name: string; shares: Record<string, Share> }[],
): Markup {
  const total = (key: string): number => Math.max(0, ...rows.map(({ shares }) => shares[key]?.n ?? 0));
  const shown = keys.filter((key) => total(key) > 0);
  return html`<table class="heat stacked">
    <thead>
      <tr>
        <th></th>
        ${shown.map((key) => html`<th>${key}<br />${whole(total(key))}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, shares }) =>
          html`<tr>
            <td><span class="model">${name}</span></td>
            ${shown.map((key) => {
              const { n, ex } = shares[key] ?? { n: 0, ex: 0 };
              return n === 0
                ? html`<td>–</td>`
                : html`<td class="h" title="${n} questions">
                    <span style="--v:${ex.toFixed(3)}">${percent(ex, 0)}</span>
                  </td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
