import type { ReportMerge, ReportRouting, RunReport } from '../../../core/evaluate/report.js';
import { draw, Plot } from '../../page/charts.js';
import { percent } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';

/** Expert × dialect × layer: who answers for whom. */
export function routing({ routing: mixtures, dialects }: RunReport): Markup | null {
  if (mixtures.length === 0) return null;
  const title = (name: string): string => dialects.find((dialect) => dialect.name === name)?.title ?? name;
  return html`<section id="routing">
    <h2>Routing</h2>
    <p>
      The share of each expert in the answers to each dialect's questions, layer by layer, in per cent. Experts that
      keep to their own dialect show as dark columns that move with it; alike columns mean that the router does not tell
      dialects apart.
    </p>
    ${mixtures.map(
      (mixture) =>
        html`<div class="card">
          <h3>${mixture.model}</h3>
          ${scroll(
            `Routing of ${mixture.model}`,
            html`<div class="maps">
              ${mixture.byDialect.map(
                ({ dialect, layers }) =>
                  html`<figure>
                    <figcaption>questions in ${title(dialect)}</figcaption>
                    ${heatMap(mixture, title(dialect), layers)}
                  </figure>`,
              )}
            </div>`,
          )}
          ${mixture.merge && gates(mixture.merge, title)}
        </div>`,
    )}
  </section>`;
}

/** What the router rows were made from before tuning, and what the merge found out about the experts. */
function gates(
  { keywords, slerpFallbackShare, gateConditionNumbers, warnings }: ReportMerge,
  title: (name: string) => string,
): Markup {
  const named = Object.entries(keywords);
  return html`<details>
    <summary>How it was merged</summary>
    <dl>
      ${named.map(
        ([dialect, list]) =>
          html`<dt>Gate keywords of ${title(dialect)}</dt>
            <dd>
              ${list.length === 0 ? 'none of its own' : list.map((keyword, at) => html`${at > 0 && ', '}<code>${keyword}</code>`)}
            </dd>`,
      )}
      ${
        slerpFallbackShare !== null &&
        html`<dt>SLERP as a straight line</dt>
          <dd>${percent(slerpFallbackShare, 0)} % of the steps: there the experts are too close for an arc.</dd>`
      }
      ${
        gateConditionNumbers !== null &&
        gateConditionNumbers.length > 0 &&
        html`<dt>Condition of the router rows</dt>
          <dd>
            ${gateConditionNumbers.join(', ')}, layer by layer; the larger, the less the rows tell experts apart.
          </dd>`
      }
      ${warnings.map(
        (warning) =>
          html`<dt>Warning</dt>
            <dd>${warning}</dd>`,
      )}
    </dl>
  </details>`;
}

function heatMap({ experts, model }: ReportRouting, dialect: string, layers: number[][]): Markup {
  const cells = layers.flatMap((shares, layer) =>
    shares.map((share, expert) => ({ layer: String(layer + 1), expert: experts[expert] ?? `${expert}`, share })),
  );
  return draw({
    width: 64 * experts.length + 56,
    height: 34 * layers.length + 52,
    marginLeft: 48,
    marginRight: 4,
    marginTop: 6,
    marginBottom: 40,
    ariaLabel: `Routing of ${model} on ${dialect}`,
    x: { domain: experts, label: 'expert', tickSize: 0, labelArrow: 'none', padding: 0.06 },
    y: { type: 'band', label: 'layer', tickSize: 0, labelArrow: 'none', padding: 0.08, labelAnchor: 'center' },
    marks: [
      Plot.cell(cells, { x: 'expert', y: 'layer', fill: 'var(--wash)', rx: 4 }),
      Plot.cell(cells, {
        x: 'expert',
        y: 'layer',
        fill: 'var(--accent)',
        fillOpacity: (cell: { share: number }) => Math.min(1, cell.share * 0.85),
        rx: 4,
      }),
      Plot.text(cells, {
        x: 'expert',
        y: 'layer',
        text: (cell: { share: number }) => percent(cell.share, 0),
        fill: 'var(--ink)',
      }),
    ],
    opacity: { type: 'identity' },
  });
}
