import type { RunReport } from '../../../core/evaluate/report.js';
import { html, type Markup } from '../../page/html.js';

/** Commands, versions, seed and the whole spec: all that repeats the run. */
export function reproduce({ reproduce: commands, spec, version, dialects, machine }: RunReport): Markup | null {
  if (commands.length === 0) return null;
  const seed = spec !== null && typeof spec === 'object' && 'seed' in spec ? String(spec.seed) : null;
  return html`<section id="reproduce">
    <h2>Do it again</h2>
    <p>
      Save the spec below as <code>spec.yaml</code> (JSON is YAML, too). The same spec finds every finished stage and
      repeats none; add <code>--fresh</code> to do all of it anew.
    </p>
    <div class="card">
      <pre tabindex="0" aria-label="Commands">${commands.join('\n')}</pre>
    </div>
    <div class="card">
      <dl>
        <dt>Dialectic</dt>
        <dd>${version}</dd>
        ${
          machine?.node &&
          html`<dt>Node</dt>
            <dd>${machine.node}</dd>`
        }
        ${
          dialects.length > 0 &&
          html`<dt>Engines</dt>
            <dd>${dialects.map(({ title, engine }) => `${title}: ${engine}`).join('; ')}</dd>`
        }
        ${
          seed !== null &&
          html`<dt>Seed</dt>
            <dd>${seed}: the same seed gives the same templates, pairs, splits and questions</dd>`
        }
      </dl>
      <details>
        <summary>The run's spec, defaults filled in</summary>
        <pre>${JSON.stringify(spec, null, 2)}</pre>
      </details>
    </div>
  </section>`;
}
