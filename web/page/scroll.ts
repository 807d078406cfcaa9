import { parseHTML } from 'linkedom';
import { html, render, trusted, type Markup } from './html.js';

/** Something wide that scrolls sideways by itself where the page is too narrow, by the keyboard, too. */
export const scroll = (label: string, content: Markup): Markup =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;

/** A table with the class `stacked`: on a phone each row is a block whose cells say what their column is, and nothing scrolls sideways. */
export function stacked(label: string, table: Markup): Markup {
  const { document } = parseHTML(`<!doctype html><html><body>${render(table)}</body></html>`);
  const columns = columnTitles([...document.querySelectorAll('thead tr')]);
  for (const row of document.querySelectorAll('tbody tr')) {
    [...row.children].forEach((cell, at) => {
      if (at > 0 && columns[at]) cell.setAttribute('data-label', columns[at]);
    });
  }
  return scroll(label, trusted(document.body.innerHTML));
}

interface Row {
  children: Iterable<{ innerHTML: string; getAttribute(name: string): string | null }>;
}

/** Each column's title, that of the group above it first. */
function columnTitles(rows: readonly Row[]): string[] {
  const levels = rows.map((row) =>
    [...row.children].flatMap((cell) => {
      const title = cell.innerHTML
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      return Array.from({ length: Number(cell.getAttribute('colspan') ?? 1) }, () => title);
    }),
  );
  const count = Math.max(0, ...levels.map((level) => level.length));
  return Array.from({ length: count }, (_, at) =>
    levels
      .map((level) => level[at] ?? '')
      .filter(Boolean)
      .join(' '),
  );
}
