import { moment, percent, whole } from '../page/format.js';
import { html, type Markup } from '../page/html.js';
import { renderPage } from '../page/page.js';
import { tileRow } from '../page/tiles.js';
import type { DatasetPage } from './dataset-page.js';
import { coverage } from './sections/coverage.js';
import { diversity } from './sections/diversity.js';
import { funnel } from './sections/funnel.js';
import { sample } from './sections/sample.js';
import { shape } from './sections/shape.js';
import { filterScript } from './filter-script.js';
import { filterStyle } from './filter-style.js';

/**
 * A dataset's datasheet as one HTML page: what was thrown out and why, what is covered, how varied it is, and pairs to look at. Nothing is
 * fetched; the one script shows and hides the pairs of the sample, and without it all of them are shown.
 */
export function renderDatasheet(page: DatasetPage): string {
  const { dialect } = page;
  const sections = [
    { id: 'funnel', title: 'What fell out', body: funnel(page) },
    { id: 'coverage', title: 'Coverage', body: coverage(page) },
    { id: 'diversity', title: 'Diversity', body: diversity(page) },
    { id: 'shape', title: 'Shape', body: shape(page) },
    { id: 'sample', title: 'Pairs', body: sample(page) },
  ];
  return renderPage({
    title: `${page.id} · Dialectic datasheet`,
    sections: sections.map(({ id, title, body }) => ({
      ...{ id, title },
      body: html`<section id="${id}">
        <h2>${title}</h2>
        ${body}
      </section>`,
    })),
    extraStyle: filterStyle,
    script: filterScript,
    head: head(page),
    footer: html`Every statement was run on ${dialect.engine}.`,
  });
}

function head({ id, run, createdAt, version, dialect, databases, datasheet }: DatasetPage): Markup {
  const { pairs, skeletons, coverage: covered, funnel: counts } = datasheet;
  const tiles: [value: string, unit: string | null, label: string][] = [
    [whole(pairs), null, 'pairs that passed every check'],
    ...(counts.populated
      ? ([[percent(pairs / counts.populated), '%', 'of the pairs made']] as [string, string, string][])
      : []),
    [whole(skeletons), null, 'distinct skeletons'],
    [percent(covered.functions.share), '%', 'of the engine’s functions'],
    [percent(covered.keywords.share), '%', 'of the dialect’s own keywords'],
    [whole(databases.length), null, 'databases'],
  ];
  return html`<header>
    <h1>${id}</h1>
    <p class="lead">
      Questions in English with the ${dialect.title} statements that answer them, over ${databases.join(', ')}.
    </p>
    <p class="meta">
      ${createdAt && html`<span>${moment(createdAt)}</span>`}${run && html`<span>run ${run}</span>`}<span
        >Dialectic ${version}</span
      ><span>${dialect.engine}</span>
    </p>
    ${tileRow(tiles.map(([value, unit, label]) => ({ value, unit, label })))}
  </header>`;
}
