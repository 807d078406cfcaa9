import type { ExecutionOutcome, SqlValue } from '../../../core/database.js';
import { element, part } from './element.js';
import { isNumeric, shortValue, valueText } from './show-value.js';

const pageRows = 50;
const cellCharacters = 400;

type Rows = ExecutionOutcome & { kind: 'rows' };

/** The rows of a result, a page at a time, with a note of what is not there. */
export function createResultTable(): { show(rows: Rows): void; clear(): void } {
  const place = part('result', HTMLElement);
  let page = 0;

  function render(result: Rows): void {
    const { columns, rows, truncated } = result;
    const pages = Math.max(1, Math.ceil(rows.length / pageRows));
    const first = page * pageRows;
    const shown = rows.slice(first, first + pageRows);
    const numeric = columns.map(
      (_, at) => rows.some((row) => row[at] !== null) && rows.every((row) => row[at] === null || isNumeric(row[at]!)),
    );
    const turn = (step: number, label: string): HTMLElement =>
      element(
        'button',
        {
          ...{ type: 'button', disabled: page + step < 0 || page + step >= pages },
          onclick: () => {
            page += step;
            render(result);
            place.querySelector<HTMLElement>('.scroller')?.focus();
          },
        },
        label,
      );
    place.replaceChildren(
      element('p', { class: 'count', id: 'result-count' }, countOf(rows.length, first, shown.length, truncated)),
      element(
        'div',
        { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Rows of the result' },
        element(
          'table',
          { 'aria-describedby': 'result-count' },
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              ...columns.map((name, at) => element('th', { scope: 'col', class: numeric[at] ? 'number' : null }, name)),
            ),
          ),
          element(
            'tbody',
            {},
            ...shown.map((row) => element('tr', {}, ...row.map((value, at) => cell(value, numeric[at]!)))),
          ),
        ),
      ),
      ...(pages > 1
        ? [element('p', { class: 'pages' }, turn(-1, 'Previous'), `page ${page + 1} of ${pages}`, turn(1, 'Next'))]
        : []),
    );
  }

  return {
    show(result) {
      page = 0;
      render(result);
    },
    clear: () => place.replaceChildren(),
  };
}

function cell(value: SqlValue, numeric: boolean): HTMLElement {
  const kind = numeric ? 'number' : null;
  if (value === null) return element('td', { class: kind }, element('span', { class: 'null' }, 'NULL'));
  const text = valueText(value);
  const cut = text.length > cellCharacters;
  const note = cut ? element('span', { class: 'more' }, ` (${text.length.toLocaleString('en')} characters)`) : null;
  return element('td', { class: kind }, element('div', {}, shortValue(value, cellCharacters), note));
}

function countOf(rows: number, first: number, shown: number, truncated: boolean): string {
  const total = rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
  const part = shown < rows ? `Rows ${first + 1} to ${first + shown} of ${total}.` : `${total}.`;
  return truncated ? `${part} The result has more; only these were fetched.` : part;
}
