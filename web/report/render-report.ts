import type { RunReport } from '../../core/evaluate/report.js';
import { moment, percent, whole, duration, dollars } from '../page/format.js';
import { html, type Markup } from '../page/html.js';
import { renderPage } from '../page/page.js';
import { tileRow, type Tile } from '../page/tiles.js';
import { data } from './sections/data.js';
import { breakdown, errors } from './sections/errors.js';
import { examples } from './sections/examples.js';
import { meanOf, results, unique } from './sections/results.js';
import { routing } from './sections/routing.js';
import { lineage } from './sections/lineage.js';
import { reproduce } from './sections/reproduce.js';
import { setup } from './sections/setup.js';
import { stages, totalCost } from './sections/stages.js';
import { training } from './sections/training.js';
import { withShortNames } from './short-names.js';

/**
 * A run's report as one HTML page: no script, nothing fetched, light and dark by the reader's setting, readable from 360 px.
 * Charts are drawn here, as SVG.
 */
export function renderReport(run: RunReport): string {
  const report = withShortNames(run);
  const sections = [
    { id: 'results', title: 'Results', body: results(report) },
    { id: 'breakdown', title: 'Where right', body: breakdown(report) },
    { id: 'errors', title: 'What goes wrong', body: errors(report) },
    { id: 'examples', title: 'Examples', body: examples(report) },
    { id: 'setup', title: 'What was run', body: setup(report) },
    { id: 'data', title: 'Data', body: data(report) },
    { id: 'training', title: 'Training', body: training(report) },
    { id: 'routing', title: 'Routing', body: routing(report) },
    { id: 'stages', title: 'Time and cost', body: stages(report) },
    { id: 'lineage', title: 'Lineage', body: lineage(run) },
    { id: 'reproduce', title: 'Do it again', body: reproduce(run) },
  ];
  return renderPage({
    title: `${report.run} · Dialectic report`,
    sections,
    head: head(report),
    footer: glossary(),
  });
}

function head(report: RunReport): Markup {
  const { run, startedAt, version, dialects } = report;
  return html`<header>
    <h1>${run}</h1>
    <p class="lead">${report.summary ?? describe(report)}</p>
    <p class="meta">
      <span>${moment(startedAt)}</span
      ><span>Dialectic ${version}</span>${dialects.map(({ engine }) => html`<span>${engine}</span>`)}
    </p>
    ${tiles(report)}
  </header>`;
}

/** What was run and what came of it, in two sentences. */
function describe({ evaluations, datasets, dialects }: RunReport): string {
  const names = listed(dialects.map(({ title }) => title));
  const pairs = datasets.reduce((sum, dataset) => sum + dataset.pairs, 0);
  const made = pairs > 0 ? `${whole(pairs)} checked pairs of question and SQL in ${names}.` : `Questions in ${names}.`;
  const models = unique(evaluations.map(({ model }) => model));
  if (models.length === 0) return made;
  const best = models.reduce((a, b) => (meanOf(evaluations, b) > meanOf(evaluations, a) ? b : a));
  const score = `${percent(meanOf(evaluations, best))} % execution accuracy`;
  return `${made} Of ${models.length === 1 ? 'one model' : `${models.length} models`}, ${best} does best, with ${score} on average over the dialects.`;
}

const listed = (names: string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function tiles({ evaluations, datasets, stages: list, startedAt, finishedAt }: RunReport): Markup {
  const facts: Tile[] = [];
  const mixtures = unique(evaluations.filter(({ kind }) => kind === 'mixture').map(({ model }) => model));
  for (const model of mixtures.slice(0, 1)) {
    facts.push({
      value: percent(meanOf(evaluations, model)),
      unit: '%',
      label: `execution accuracy of ${model}, mean over dialects`,
    });
  }
  const own = evaluations.filter(
    ({ trainedOn, dialect, split }) => trainedOn === dialect && split !== 'unseen-databases',
  );
  if (own.length > 0) {
    facts.push({
      value: percent(own.reduce((sum, { ex }) => sum + ex, 0) / own.length),
      unit: '%',
      label: 'of the experts, each on its own dialect',
    });
  }
  const pairs = datasets.reduce((sum, dataset) => sum + dataset.pairs, 0);
  if (pairs > 0) facts.push({ value: whole(pairs), label: 'pairs that passed every check' });
  const skeletons = datasets.map((dataset) => dataset.skeletons);
  if (skeletons.length > 0)
    facts.push({ value: whole(Math.min(...skeletons)), label: 'distinct skeletons, at least, a dialect' });
  facts.push({
    value: duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000),
    label: 'from start to report',
  });
  const cost = totalCost(list);
  if (cost !== null) facts.push({ value: dollars(cost), label: 'paid for calls to models' });
  return tileRow(facts);
}

function glossary(): Markup {
  return html`<details>
    <summary>What the measures mean</summary>
    <dl>
      <dt>EX</dt>
      <dd>
        Execution accuracy: the answer's rows are the gold's, as a bag, in order where the gold orders; names and order
        of columns do not count, numbers by tolerance.
      </dd>
      <dt>non-empty EX</dt>
      <dd>The same over questions whose gold returns rows: two empty results agree too easily.</dd>
      <dt>EM</dt>
      <dd>Exact match of the statements in their canonical text, values included.</dd>
      <dt>BLEU-2</dt>
      <dd>
        Overlap of words and pairs of words with the gold, with a penalty for short answers; it says little about
        meaning.
      </dd>
      <dt>valid</dt>
      <dd>Share of answers that ran.</dd>
      <dt>gold EX</dt>
      <dd>The gold given as its own answer; below 100 the set has defects.</dd>
    </dl>
  </details>`;
}
