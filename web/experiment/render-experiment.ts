import type { ExperimentReport } from '../../core/experiment/report.js';
import { dollars, duration, moment, whole } from '../page/format.js';
import { html, type Markup } from '../page/html.js';
import { renderPage } from '../page/page.js';
import { tileRow } from '../page/tiles.js';
import { arms, breakdowns, method, reproduce } from './sections/about.js';
import { accuracy } from './sections/accuracy.js';
import { costs } from './sections/costs.js';
import { differences, shown } from './sections/differences.js';

const extraStyle = `
.verdicts { margin: 0 0 14px; padding: 0; list-style: none; } .verdicts li { padding: 5px 0; }
.badge.open { --badge: var(--soft); } .badge { white-space: nowrap; } small.soft { color: var(--soft); font-size: 12px; }
td.wrap code { overflow-wrap: anywhere; }
`;

/** An experiment's comparison as one HTML page, in the style of a run's report: no script, nothing fetched. */
export function renderExperiment(report: ExperimentReport): string {
  const sections = [
    { id: 'shown', title: 'What it shows', body: shown(report) },
    { id: 'accuracy', title: 'Accuracy', body: accuracy(report) },
    { id: 'differences', title: 'Comparisons', body: differences(report) },
    { id: 'breakdowns', title: 'Where they differ', body: breakdowns(report) },
    { id: 'costs', title: 'Time and cost', body: costs(report) },
    { id: 'arms', title: 'Arms and runs', body: arms(report) },
    { id: 'method', title: 'Method', body: method(report) },
    { id: 'reproduce', title: 'Do it again', body: reproduce(report) },
  ];
  return renderPage({
    title: `${report.name} · Dialectic experiment`,
    sections,
    extraStyle,
    head: head(report),
  });
}

function head(report: ExperimentReport): Markup {
  const { name, question, startedAt, version, dialects } = report;
  return html`<header>
    <h1>${question ?? name}</h1>
    <p class="lead">${describe(report)}</p>
    <p class="meta">
      <span>${name}</span><span>${moment(startedAt)}</span
      ><span>Dialectic ${version}</span>${dialects.map(({ engine }) => html`<span>${engine}</span>`)}
    </p>
    ${tiles(report)}
  </header>`;
}

function describe({ arms: list, runs, spec }: ExperimentReport): string {
  const { seeds } = spec.experiment;
  const failed = runs.filter(({ failure }) => failure !== null).length;
  const made = `${list.length} arms, ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`}, compared with ${list[0]!.arm}.`;
  return failed === 0 ? made : `${made} ${failed} of ${runs.length} runs failed and are left out.`;
}

function tiles({ arms: list, runs, accuracy: cells, startedAt, finishedAt }: ExperimentReport): Markup {
  const reused = list.reduce((sum, arm) => sum + arm.reused, 0);
  const stages = list.reduce((sum, arm) => sum + arm.stages, 0);
  const known = list.flatMap(({ costUsd }) => costUsd ?? []);
  const facts = [
    { value: String(runs.length), label: 'runs of the lifecycle' },
    {
      value: whole(cells.filter(({ dialect }) => dialect !== 'all').reduce((sum, { n }) => sum + n, 0)),
      label: 'answers compared with the gold by execution',
    },
    { value: `${reused} of ${stages}`, label: 'stages reused' },
    { value: duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000), label: 'from start to comparison' },
    ...(known.length > 0
      ? [{ value: dollars(known.reduce((sum, cost) => sum + cost, 0)), label: 'paid for calls to models' }]
      : []),
  ];
  return tileRow(facts);
}
