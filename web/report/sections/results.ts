import type { ReportComparison, ReportEvaluation, RunReport } from '../../../core/evaluate/report.js';
import { percent, probability, signedPercent, spaced, whole } from '../../page/format.js';
import { html, trusted, type Markup } from '../../page/html.js';
import { stacked } from '../../page/scroll.js';

/** Models × dialects × splits, each cell with its interval. */
export function results({ evaluations, dialects, comparisons }: RunReport): Markup | null {
  if (evaluations.length === 0) return null;
  const models = unique(evaluations.map(({ model }) => model));
  const columns = dialects.flatMap(({ name, title }) => {
    const splits = unique(evaluations.filter(({ dialect }) => dialect === name).map(({ split }) => split));
    return splits.map((split) => ({ dialect: name, title, split }));
  });
  const groups = dialects.map(({ name, title }) => ({
    title,
    span: columns.filter(({ dialect }) => dialect === name).length,
  }));
  const means = new Map(models.map((model) => [model, meanOf(evaluations, model)]));
  const best = models.reduce((a, b) => (means.get(b)! > means.get(a)! ? b : a), models[0]!);
  return html`<section id="results">
    <h2>Results</h2>
    <p>
      Execution accuracy in per cent: the share of questions whose SQL, run on a real engine, returned what the gold
      statement returns. The line under a figure is its 95 % bootstrap interval on a scale from 0 to 100.
    </p>
    <div class="card">
      ${stacked(
        'Execution accuracy',
        html`<table class="matrix stacked">
          <thead>
            <tr class="group">
              <th></th>
              ${groups.map(({ title, span }) => span > 0 && html`<th colspan="${span}">${title}</th>`)}
              <th></th>
            </tr>
            <tr>
              <th>Model</th>
              ${columns.map(({ split }) => html`<th>${shortSplit(split)}</th>`)}
              <th>mean</th>
            </tr>
          </thead>
          <tbody>
            ${models.map((model) => {
              const own = evaluations.find((evaluation) => evaluation.model === model)!;
              return html`<tr${model === best ? trusted(' class="best"') : null}>
          <td><span class="model">${model}</span><span class="kind">${own.kind}</span></td>
          ${columns.map(({ dialect, split }) => scoreCell(evaluations.find((one) => one.model === model && one.dialect === dialect && one.split === split)))}
          <td><b>${percent(means.get(model)!)}</b></td>
        </tr>`;
            })}
          </tbody>
        </table>`,
      )}
      <p class="note">
        Coloured figures: the model was trained on that dialect alone. The mean is over dialects, on questions of known
        databases; the best is shaded.
      </p>
    </div>
    ${comparisons.length > 0 && differences(comparisons)} ${everyMeasure(evaluations)}
  </section>`;
}

/** A model's mean over dialects, on the split that the run's experts learned from, or on all where there is no such split. */
export function meanOf(evaluations: readonly ReportEvaluation[], model: string): number {
  const own = evaluations.filter((evaluation) => evaluation.model === model);
  const known = own.filter(({ split }) => split === 'known-databases');
  const chosen = known.length > 0 ? known : own;
  return chosen.reduce((sum, { ex }) => sum + ex, 0) / chosen.length;
}

function scoreCell(evaluation: ReportEvaluation | undefined): Markup {
  if (!evaluation) return html`<td>–</td>`;
  const { ex, exCi, n, trainedOn, dialect } = evaluation;
  const [low, high] = exCi.map((share) => Math.round(share * 70));
  const hint = `${percent(ex)} %, 95 % interval ${percent(exCi[0])} to ${percent(exCi[1])}, ${n} questions`;
  return html`<td>
    <span class="score${trainedOn === dialect ? ' own' : ''}" title="${hint}"
      ><b>${percent(ex)}</b>
      <svg width="70" height="5" viewBox="0 0 70 5" role="img" aria-label="${hint}">
        <rect width="70" height="1" y="2" fill="var(--line)" />
        <rect
          x="${low!}"
          width="${Math.max(2, high! - low!)}"
          height="3"
          y="1"
          rx="1.5"
          fill="var(--accent)"
          opacity=".38"
        />
        <circle cx="${Math.max(2.5, Math.min(67.5, ex * 70))}" cy="2.5" r="2.5" fill="var(--accent)" /></svg
    ></span>
  </td>`;
}

/** More comparisons are folded away until somebody asks for them. */
const shownComparisons = 12;

function differences(comparisons: readonly ReportComparison[]): Markup {
  return html`<details${comparisons.length <= shownComparisons ? trusted(' open') : null}>
    <summary>Could the difference be chance? ${whole(comparisons.length)} comparisons</summary>
    <div class="card">
      ${stacked(
        'Differences between models',
        html`<table class="dense stacked">
          <thead>
            <tr>
              <th>Comparison</th>
              <th class="text">Dialect</th>
              <th class="text">Questions</th>
              <th>Difference</th>
              <th>95 % interval</th>
              <th>p</th>
            </tr>
          </thead>
          <tbody>
            ${comparisons.map(
              ({ first, second, dialect, split, difference, interval, p }) =>
                html`<tr>
                  <td class="wrap"><span class="model">${first}</span> less ${second}</td>
                  <td class="text">${dialect}</td>
                  <td class="text wrap">${spaced(split)}</td>
                  <td><b>${signedPercent(difference)}</b></td>
                  <td>${signedPercent(interval[0])} to ${signedPercent(interval[1])}</td>
                  <td>${probability(p)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
      <p class="note">
        Both models answered the same questions: paired bootstrap for the interval, McNemar's exact test for p. Points
        of execution accuracy.
      </p>
    </div></details>`;
}

function everyMeasure(evaluations: readonly ReportEvaluation[]): Markup {
  return html`<details>
    <summary>Every measure of every model</summary>
    <div class="card">
      ${stacked(
        'Every measure of every model',
        html`<table class="dense stacked">
          <thead>
            <tr>
              <th>Model</th>
              <th class="text">Dialect</th>
              <th class="text">Questions</th>
              <th>n</th>
              <th>EX</th>
              <th>95 % interval</th>
              <th>non-empty EX</th>
              <th>EM</th>
              <th>BLEU-2</th>
              <th>valid</th>
              <th>gold EX</th>
            </tr>
          </thead>
          <tbody>
            ${evaluations.map(
              (one) =>
                html`<tr>
                  <td class="wrap"><span class="model">${one.model}</span></td>
                  <td class="text">${one.dialect}</td>
                  <td class="text wrap">${spaced(one.split)}</td>
                  <td>${whole(one.n)}</td>
                  <td><b>${percent(one.ex)}</b></td>
                  <td>${percent(one.exCi[0])} to ${percent(one.exCi[1])}</td>
                  <td>${percent(one.exNonEmpty)}</td>
                  <td>${percent(one.em)}</td>
                  <td>${percent(one.bleu2)}</td>
                  <td>${percent(one.valid)}</td>
                  <td>${percent(one.goldEx)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </div>
  </details>`;
}

/** `known-databases` → `known`. */
const shortSplit = (split: string): string => spaced(split).replace(/ databases$/, '');

export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
