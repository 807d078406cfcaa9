import { autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MariaSQL, PostgreSQL, SQLDialect, SQLite, sql, type SQLConfig } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { SchemaView } from '../api.js';

/** BigQuery quotes names with backticks and writes texts in either quote. */
const bigquery = SQLDialect.define({
  ...PostgreSQL.spec,
  ...{ identifierQuotes: '`', doubleQuotedStrings: true, backslashEscapes: true, doubleDollarQuotedStrings: false },
});
const dialects: Record<string, SQLDialect> = {
  ...{ sqlite: SQLite, postgres: PostgreSQL, duckdb: PostgreSQL, mariadb: MariaSQL, bigquery },
};

export interface SqlEditor {
  text(): string;
  write(sql: string): void;
  /** At the cursor, with a space before it where a word stands there. */
  insert(name: string): void;
  /** Highlights and completes by a database's dialect and names. */
  use(schema: SchemaView): void;
  focus(): void;
}

interface SqlEditorOptions {
  onRun(): void;
  /** True where there was something to end; else the key is the editor's. */
  onEscape(): boolean;
  onChange(sql: string): void;
  /** Of the page's content security policy. */
  nonce: string;
}

/** The editor of the statement. Tab leaves it, so that it is no trap for the keyboard. */
export function createSqlEditor(
  parent: HTMLElement,
  { onRun, onEscape, onChange, nonce }: SqlEditorOptions,
): SqlEditor {
  const language = new Compartment();
  const theme = new Compartment();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const themeNow = () => EditorView.darkTheme.of(dark.matches);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce),
        // Before the keys of completion: Escape stops a statement even where names are proposed.
        Prec.highest(
          keymap.of([
            { key: 'Mod-Enter', run: () => (onRun(), true) },
            { key: 'Escape', run: onEscape },
          ]),
        ),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        ...[history(), bracketMatching(), autocompletion(), EditorView.lineWrapping],
        placeholder('A statement appears here. You can also write one.'),
        ...[syntaxHighlighting(classHighlighter), language.of(sql({ dialect: SQLite })), theme.of(themeNow())],
        EditorView.contentAttributes.of({
          'aria-labelledby': 'sql-title',
          'aria-describedby': 'sql-keys',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  dark.addEventListener('change', () => view.dispatch({ effects: theme.reconfigure(themeNow()) }));
  return {
    text: () => view.state.doc.toString(),
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    insert(name) {
      const { from, to } = view.state.selection.main;
      const before = view.state.sliceDoc(Math.max(0, from - 1), from);
      const insert = /[\w"'`\])]/.test(before) ? ` ${name}` : name;
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
    },
    use(schema) {
      const completions: SQLConfig['schema'] = Object.fromEntries(
        schema.tables.map((table) => [table.name, table.columns.map((column) => column.name)]),
      );
      const dialect = dialects[schema.dialect] ?? PostgreSQL;
      view.dispatch({ effects: language.reconfigure(sql({ dialect, schema: completions, upperCaseKeywords: true })) });
    },
    focus: () => view.focus(),
  };
}
