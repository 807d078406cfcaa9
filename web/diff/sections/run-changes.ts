import type { ReportComparisonDocument, StageChange } from '../../../core/compare-reports/compare-reports.js';
import { dollars, duration, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { stacked } from '../../page/scroll.js';
import { numberTable } from './number-table.js';

export function specChanges({ spec }: ReportComparisonDocument): Markup | null {
  if (spec.length === 0) return null;
  return html`<section id="spec">
    <h2>Spec</h2>
    <p>Fields that differ, defaults filled in, recipes included.</p>
    <div class="card">
      ${stacked(
        'Fields of the spec',
        html`<table class="dense stacked">
          <thead>
            <tr>
              <th>Field</th>
              <th class="text">first</th>
              <th class="text">second</th>
            </tr>
          </thead>
          <tbody>
            ${spec.map(
              ({ path, first, second }) =>
                html`<tr>
                  <td class="wrap"><code>${path === '' ? '(all)' : path}</code></td>
                  <td class="text wrap"><code>${textOf(first)}</code></td>
                  <td class="text wrap"><code>${textOf(second)}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </div>
  </section>`;
}

const textOf = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

export function trainingChanges({ models }: ReportComparisonDocument): Markup | null {
  if (models.length === 0) return null;
  return html`<section id="training">
    <h2>Training</h2>
    <div class="grid3">
      ${models.map(
        ({ model, numbers }) =>
          html`<div class="card">
            <h3>${model}</h3>
            ${numberTable(`Training of ${model}`, numbers)}
          </div>`,
      )}
    </div>
  </section>`;
}

export function stageChanges({ stages }: ReportComparisonDocument): Markup | null {
  if (stages.length === 0) return null;
  return html`<section id="stages">
    <h2>Time and cost</h2>
    <div class="card">
      ${stacked(
        'Time and cost by stage',
        html`<table class="dense stacked">
          <thead>
            <tr>
              <th>Stage</th>
              <th>out, first</th>
              <th>second</th>
              <th>time, first</th>
              <th>second</th>
              <th>cost, first</th>
              <th>second</th>
            </tr>
          </thead>
          <tbody>
            ${stages.map(
              ({ stage, dialect, part, first, second }) =>
                html`<tr>
                  <td class="wrap">
                    <span class="model">${stage}</span
                    ><span class="kind">${[dialect, part].filter(Boolean).join(', ')}</span>
                  </td>
                  ${[first, second].map((side) => html`<td>${side ? whole(side.out) : '–'}</td>`)}
                  ${[first, second].map((side) => html`<td>${timeOf(side)}</td>`)}
                  ${[first, second].map((side) => html`<td>${side ? dollars(side.costUsd) : '–'}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </div>
  </section>`;
}

function timeOf(side: StageChange['first']): string {
  if (side === null) return '–';
  return side.reused ? 'reused' : duration(side.seconds);
}

export function artifactChanges({ artifacts, sameArtifacts }: ReportComparisonDocument): Markup | null {
  if (artifacts.length === 0 && sameArtifacts === 0) return null;
  return html`<section id="artifacts">
    <h2>Artifacts</h2>
    <p>
      ${whole(sameArtifacts)} artifacts are the same in both runs, ${whole(artifacts.length)} differ or are in one only.
    </p>
    ${
      artifacts.length > 0 &&
      html`<div class="card">
        ${stacked(
          'Artifacts that differ',
          html`<table class="dense stacked">
            <thead>
              <tr>
                <th>Artifact</th>
                <th class="text">SHA-256, first</th>
                <th class="text">second</th>
              </tr>
            </thead>
            <tbody>
              ${artifacts.map(
                ({ name, first, second }) =>
                  html`<tr>
                    <td class="wrap">${name}</td>
                    ${[first, second].map((hash) => html`<td class="text"><code>${hash?.slice(0, 16) ?? '–'}</code></td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>`,
        )}
      </div>`
    }
  </section>`;
}
