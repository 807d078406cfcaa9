import type { NumberChange } from '../../../core/compare-reports/dataset-changes.js';
import { spaced, whole } from '../../page/format.js';
import { html, type Markup } from '../../page/html.js';
import { scroll } from '../../page/scroll.js';

const figure = (value: number | null): string => (value === null ? '–' : whole(value));

/** Numbers of both runs beside each other. */
export function numberTable(label: string, numbers: readonly NumberChange[]): Markup {
  return scroll(
    label,
    html`<table class="dense">
      <thead>
        <tr>
          <th></th>
          <th>first</th>
          <th>second</th>
        </tr>
      </thead>
      <tbody>
        ${numbers.map(
          ({ name, first, second }) =>
            html`<tr>
              <td class="wrap">${spaced(name)}</td>
              <td>${figure(first)}</td>
              <td>${figure(second)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}
