import type { ReportTraining, RunReport } from '../../../core/evaluate/report.js';
import { draw, Plot, seriesColor } from '../../page/charts.js';
import { count, duration, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';

export function training({ training: runs }: RunReport): Markup | null {
  if (runs.length === 0) return null;
  const [low, high] = lossRange(runs);
  const costCharts = costs
    .map(({ title, curveOf }) => ({ title, curves: runs.map((run) => curveOf(run) ?? []) }))
    .filter(({ curves }) => curves.some((curve) => curve.length > 0));
  return html`<section id="training">
    <h2>Training</h2>
    <p>
      Loss on the answer's tokens, on a logarithmic scale that all charts share. Lines: training, smoothed. Dots:
      validation.
    </p>
    <div class="grid3">
      ${runs.map(
        (run, at) =>
          html`<div class="card">
            <h3>${run.model} <span class="kind">${run.kind}</span></h3>
            <figure>${curve(run, at, low, high)}</figure>
            <p class="note">
              ${count(run.parameters)} parameters, ${whole(run.rows)} rows, ${whole(run.steps)} steps,
              ${duration(run.seconds)}
            </p>
          </div>`,
      )}
    </div>
    ${
      costCharts.length > 0 &&
      html`<h3>What it took</h3>
        <p>By step; the colours are those of the models above.</p>
        <div class="grid3">
          ${costCharts.map(
            ({ title, curves }) =>
              html`<div class="card">
                <h3>${title}</h3>
                <figure>${costCurves(title, curves)}</figure>
              </div>`,
          )}
        </div>`
    }
  </section>`;
}

/** What is drawn of every training beside its loss; memory in GB. Reports that were written before a curve was kept lack it. */
const costs: readonly { title: string; curveOf: (run: Partial<ReportTraining>) => [number, number][] | undefined }[] = [
  { title: 'Learning rate', curveOf: (run) => run.learningRateCurve },
  { title: 'Tokens a second', curveOf: (run) => run.speedCurve },
  { title: 'Memory, GB', curveOf: (run) => run.memoryCurve?.map(([step, bytes]) => [step, bytes / 1e9]) },
];

function costCurves(title: string, curves: readonly [number, number][][]): Markup {
  return draw({
    width: 340,
    height: 150,
    marginLeft: 46,
    marginRight: 8,
    marginBottom: 32,
    ariaLabel: `${title} by step`,
    x: { label: 'step', ticks: 4, labelArrow: 'none' },
    y: { label: null, zero: true, ticks: 4, tickFormat: '~s', tickSize: 0, grid: true },
    marks: curves.map((curve, at) =>
      Plot.lineY(curve, { x: '0', y: '1', stroke: seriesColor(at), strokeWidth: 1.4, curve: 'monotone-x' }),
    ),
  });
}

function lossRange(runs: readonly ReportTraining[]): [number, number] {
  const losses = runs
    .flatMap((run) => [...smooth(run.lossCurve), ...run.validationCurve].map(([, loss]) => loss))
    .filter((loss) => loss > 0);
  return losses.length === 0 ? [0.01, 1] : [Math.min(...losses), Math.max(...losses)];
}

function curve({ model, lossCurve, validationCurve }: ReportTraining, at: number, low: number, high: number): Markup {
  const color = seriesColor(at);
  return draw({
    width: 340,
    height: 190,
    marginLeft: 38,
    marginRight: 8,
    marginBottom: 32,
    ariaLabel: `Loss of ${model} by step`,
    x: { label: 'step', ticks: 4, labelArrow: 'none' },
    y: {
      type: 'log',
      label: 'loss',
      domain: [low * 0.9, high * 1.1],
      ticks: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10].filter((loss) => loss >= low * 0.9 && loss <= high * 1.1),
      tickFormat: '~g',
      tickSize: 0,
      grid: true,
      labelArrow: 'none',
    },
    marks: [
      Plot.lineY(smooth(lossCurve), { x: '0', y: '1', stroke: color, strokeWidth: 1.8, curve: 'monotone-x' }),
      Plot.dot(validationCurve, { x: '0', y: '1', fill: color, r: 3 }),
    ],
  });
}

/** An exponential mean, corrected for its start (Kingma and Ba 2015), of a curve that jumps from batch to batch. */
function smooth(points: readonly [number, number][], keep = 0.85): [number, number][] {
  let mean = 0;
  return points.map(([step, loss], at) => {
    mean = keep * mean + (1 - keep) * loss;
    return [step, mean / (1 - keep ** (at + 1))];
  });
}
