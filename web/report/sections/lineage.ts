import type { ReportArtifact, RunReport } from '../../../core/evaluate/report.js';
import { circumstances } from '../../page/circumstances.js';
import { bytes, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { stacked } from '../../page/scroll.js';

/** Digits of a stage key that are shown. */
const keyDigits = 8;
/** Keys that are shown of one stage, which may have been done in many parts. */
const shownKeys = 3;

/** The run's artifacts by their hashes, and the stages that each came from by their keys. */
export function lineage(report: RunReport): Markup {
  const { lineage: artifacts } = report;
  return html`<section id="lineage">
    <h2>Lineage</h2>
    <p>
      Every artifact is stored under the SHA-256 of its content and checked on every read.
      ${artifacts.some(({ madeBy }) => madeBy) && 'A stage is named by its key: the hash of what went in and how it was done.'}
    </p>
    ${artifacts.length > 0 && html`<div class="card">${table(artifacts)}</div>`} ${circumstances(report)}
  </section>`;
}

function table(artifacts: readonly ReportArtifact[]): Markup {
  const traced = artifacts.some(({ madeBy }) => madeBy);
  return stacked(
    'Artifacts',
    html`<table class="dense stacked">
      <thead>
        <tr>
          <th>Artifact</th>
          <th class="text">SHA-256</th>
          ${traced && html`<th class="text">came from</th>`}
          <th>rows</th>
          <th>size</th>
        </tr>
      </thead>
      <tbody>
        ${artifacts.map(
          ({ name, sha256, bytes: size, rows, key, madeBy }) =>
            html`<tr>
              <td class="wrap" title="${key}">${name}</td>
              <td class="text wrap hash full"><code>${sha256}</code></td>
              ${traced && html`<td class="text wrap full">${madeBy && stagesOf(madeBy)}</td>`}
              <td>${rows === undefined ? '' : whole(rows)}</td>
              <td>${bytes(size)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

function stagesOf(madeBy: NonNullable<ReportArtifact['madeBy']>): Markup {
  return html`${madeBy.map(({ stage, keys }, at) => {
    const more = keys.length - shownKeys;
    const shown = keys.slice(0, shownKeys).map((key) => key.slice(0, keyDigits));
    return html`${at > 0 && ' ← '}${stage} <code>${shown.join(' ')}</code>${more > 0 && ` and ${whole(more)} more`}`;
  })}`;
}
