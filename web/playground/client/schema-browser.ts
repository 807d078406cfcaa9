import type { ColumnView, SchemaView, TableView } from '../api.js';
import { element, part } from './element.js';
import { shortValue } from './show-value.js';

/** Tables that are shown open, where a database has few. */
const openTables = 3;

/** The tables and columns of a database, narrowed by a word; a click on a name inserts it into the statement. */
export function createSchemaBrowser(insert: (name: string) => void): {
  show(schema: SchemaView): void;
  fail(what: string): void;
} {
  const list = part('schema-tables', HTMLElement);
  const filter = part('schema-filter', HTMLInputElement);
  const count = part('schema-count', HTMLElement);
  let tables: TableView[] = [];

  const name = (text: string, sql: string, what: string): HTMLElement =>
    element('button', { type: 'button', class: 'name', title: `Insert ${what}`, onclick: () => insert(sql) }, text);

  const column = (one: ColumnView): HTMLElement =>
    element(
      'li',
      {},
      name(one.name, one.sql, `the column ${one.name}`),
      element('span', { class: 'type' }, one.nativeType || one.type),
      one.primaryKey ? element('span', { class: 'key', title: 'primary key' }, 'key') : null,
      one.references === null ? null : element('span', { class: 'key', title: 'foreign key' }, `→ ${one.references}`),
      one.samples.length === 0
        ? null
        : element('span', { class: 'samples' }, one.samples.map((value) => shortValue(value, 24)).join(' · ')),
    );

  function render(): void {
    const word = filter.value.trim().toLowerCase();
    const found = tables.flatMap((table) => {
      const whole = table.name.toLowerCase().includes(word);
      const columns = whole ? table.columns : table.columns.filter((one) => one.name.toLowerCase().includes(word));
      return whole || columns.length > 0 ? [{ table, columns }] : [];
    });
    count.textContent = word === '' ? `${tables.length} tables` : `${found.length} of ${tables.length} tables`;
    list.replaceChildren(
      ...found.map(({ table, columns }) =>
        element(
          'details',
          { open: word !== '' || tables.length <= openTables },
          element(
            'summary',
            {},
            element('span', { class: 'table-name' }, table.name),
            element('span', { class: 'type' }, `${table.rows.toLocaleString('en')} rows`),
          ),
          element('p', { class: 'insert' }, name('insert the table’s name', table.sql, `the table ${table.name}`)),
          element('ul', {}, ...columns.map(column)),
        ),
      ),
    );
  }

  filter.addEventListener('input', render);
  return {
    show(schema) {
      tables = schema.tables;
      filter.value = '';
      render();
    },
    fail(what) {
      tables = [];
      count.textContent = what;
      list.replaceChildren();
    },
  };
}
