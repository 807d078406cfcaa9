import { bytes, moment } from './format.js';
import { html, type Markup } from './html.js';

/** When, by which version and on what machine something was done. */
export interface Circumstances {
  startedAt: string;
  finishedAt: string;
  version: string;
  machine?: { cpu: string; cores: number; memoryBytes: number; gpu?: string | null } | undefined;
}

export function circumstances({ startedAt, finishedAt, version, machine }: Circumstances): Markup {
  return html`<div class="card">
    <dl>
      <dt>Began</dt>
      <dd>${moment(startedAt)}</dd>
      <dt>Ended</dt>
      <dd>${moment(finishedAt)}</dd>
      <dt>Dialectic</dt>
      <dd>${version}</dd>
      ${
        machine &&
        html`<dt>Machine</dt>
          <dd>${machine.cpu}, ${machine.cores} cores, ${bytes(machine.memoryBytes)} memory${gpuOf(machine.gpu)}</dd>`
      }
    </dl>
  </div>`;
}

/** Nothing where it is not known whether there is one. */
const gpuOf = (gpu: string | null | undefined): string => (gpu === undefined ? '' : `, ${gpu ?? 'no GPU'}`);
