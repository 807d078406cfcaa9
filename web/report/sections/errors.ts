import { errorKinds } from '../../../core/evaluate/outcome.js';
import type { ReportEvaluation, RunReport } from '../../../core/evaluate/report.js';
import type { Share } from '../../../core/evaluate/summarise.js';
import { percent, spaced } from '../../page/format.js';
import { html, trusted, type Markup } from '../../page/html.js';
import { heatTable } from '../../page/heat-table.js';
import { stacked } from '../../page/scroll.js';
import { unique } from './results.js';

const levels = ['easy', 'medium', 'hard', 'extra'];

/** Where models do well by hardness and part of SQL, and what goes wrong where they do not. */
export function breakdown({ evaluations }: RunReport): Markup | null {
  if (evaluations.length === 0) return null;
  const models = unique(evaluations.map(({ model }) => model));
  const features = unique(evaluations.flatMap(({ byFeature }) => Object.keys(byFeature))).sort();
  return html`<section id="breakdown">
    <h2>Where they are right</h2>
    <p>
      Execution accuracy by Spider's hardness of the gold statement and by what it is made of, over all dialects and
      questions.
    </p>
    <div class="card">
      ${stacked(
        'Accuracy by hardness',
        shareTable(models, evaluations, levels, ({ byHardness }) => byHardness),
      )}
    </div>
    <div class="card">
      ${stacked(
        'Accuracy by part of SQL',
        shareTable(models, evaluations, features, ({ byFeature }) => byFeature),
      )}
    </div>
  </section>`;
}

function shareTable(
  models: string[],
  evaluations: readonly ReportEvaluation[],
  keys: string[],
  read: (evaluation: ReportEvaluation) => Record<string, Share>,
): Markup {
  const shares = (model: string) => Object.fromEntries(keys.map((key) => [key, sum(evaluations, model, key, read)]));
  return heatTable(
    keys,
    models.map((model) => ({ name: model, shares: shares(model) })),
  );
}

function sum(
  evaluations: readonly ReportEvaluation[],
  model: string,
  key: string,
  read: (evaluation: ReportEvaluation) => Record<string, Share>,
): Share {
  const shares = evaluations.filter((one) => one.model === model).flatMap((one) => read(one)[key] ?? []);
  const n = shares.reduce((total, share) => total + share.n, 0);
  return { n, ex: n === 0 ? 0 : shares.reduce((total, share) => total + share.ex * share.n, 0) / n };
}

export function errors({ evaluations }: RunReport): Markup | null {
  const models = unique(evaluations.map(({ model }) => model));
  const countOf = (model: string, kind: (typeof errorKinds)[number]): number =>
    evaluations.filter((one) => one.model === model).reduce((total, one) => total + (one.errors[kind] ?? 0), 0);
  const kinds = errorKinds.filter((kind) => models.some((model) => countOf(model, kind) > 0));
  if (kinds.length === 0) return null;
  const firstRan = kinds.find((kind) => errorKinds.indexOf(kind) >= errorKinds.indexOf('wrong-table'));
  const asked = (model: string): number =>
    evaluations.filter((one) => one.model === model).reduce((total, one) => total + one.n, 0);
  return html`<section id="errors">
    <h2>What goes wrong</h2>
    <p>
      Wrong answers by the first reason that applies, in per cent of all questions that the model was asked. Above the
      line the SQL did not run; below it ran and returned something else.
    </p>
    <div class="card">
      ${stacked(
        'Kinds of error by model',
        html`<table class="heat stacked">
          <thead>
            <tr>
              <th></th>
              ${models.map((model) => html`<th>${model}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${kinds.map(
              (kind) =>
                html`<tr${kind === firstRan ? trusted(' class="gap"') : null}>
                <td>${spaced(kind)}</td>
                  ${models.map((model) => {
                    const count = countOf(model, kind);
                    const share = count / asked(model);
                    return html`<td class="h" title="${count} of ${asked(model)}">
                      <span style="--tint:var(--bad);--v:${Math.min(1, share * 4).toFixed(3)}"
                        >${count === 0 ? '·' : percent(share)}</span
                      >
                    </td>`;
                  })}
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </div>
  </section>`;
}
