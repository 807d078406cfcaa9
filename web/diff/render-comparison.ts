import type { ReportComparisonDocument } from '../../core/compare-reports/compare-reports.js';
import { duration, moment, whole } from '../page/format.js';
import { html, type Markup } from '../page/html.js';
import { renderPage } from '../page/page.js';
import { tileRow } from '../page/tiles.js';
import { accuracy } from './sections/accuracy.js';
import { answers } from './sections/answers.js';
import { dataChanges } from './sections/data-changes.js';
import { artifactChanges, specChanges, stageChanges, trainingChanges } from './sections/run-changes.js';

/** What differs between two runs as one HTML page in the report's style: no script, nothing fetched. */
export function renderComparison(document: ReportComparisonDocument): string {
  const sections = [
    { id: 'accuracy', title: 'Accuracy', body: accuracy(document) },
    { id: 'answers', title: 'Answers', body: answers(document) },
    { id: 'data', title: 'Data', body: dataChanges(document) },
    { id: 'spec', title: 'Spec', body: specChanges(document) },
    { id: 'training', title: 'Training', body: trainingChanges(document) },
    { id: 'stages', title: 'Time and cost', body: stageChanges(document) },
    { id: 'artifacts', title: 'Artifacts', body: artifactChanges(document) },
  ];
  const { first, second } = document;
  return renderPage({
    title: `${first.run} and ${second.run} · Dialectic`,
    sections,
    head: head(document),
  });
}

function head({ first, second, evaluations, flips }: ReportComparisonDocument): Markup {
  const count = (change: string): number => evaluations.filter((cell) => cell.change === change).length;
  const flipped = (direction: string): number => flips.filter((flip) => flip.direction === direction).length;
  const tiles = [
    { value: count('better'), label: 'accuracies better' },
    { value: count('worse'), label: 'accuracies worse' },
    { value: count('unclear'), label: 'that may be chance' },
    { value: flipped('wrong-to-right'), label: 'answers from wrong to right' },
    { value: flipped('right-to-wrong'), label: 'answers from right to wrong' },
  ];
  return html`<header>
    <h1>${first.run === second.run ? `${first.run}, twice` : `${first.run} and ${second.run}`}</h1>
    <p class="lead">What the second run did otherwise than the first, and what came of it.</p>
    <dl>
      ${[first, second].map(
        ({ run, startedAt, version, seconds }, at) =>
          html`<dt>${at === 0 ? 'First' : 'Second'}</dt>
            <dd>${run}, ${moment(startedAt)}, ${duration(seconds)}, Dialectic ${version}</dd>`,
      )}
    </dl>
    ${tileRow(tiles.map(({ value, label }) => ({ value: whole(value), label })))}
  </header>`;
}
