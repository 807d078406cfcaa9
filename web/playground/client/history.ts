import { element, part } from './element.js';

/** What was asked or run in this tab, enough to do it again. */
export interface HistoryEntry {
  question: string;
  model: string;
  database: string;
  sql: string;
  /** `12 rows`, `refused`, … */
  came: string;
  at: string;
}

const stored = 'dialectic-history';
const kept = 50;

/** The session's history, the newest first; it is gone when the tab is closed. */
export function createHistory(restore: (entry: HistoryEntry) => void): { add(entry: Omit<HistoryEntry, 'at'>): void } {
  const list = part('history-list', HTMLElement);
  const empty = part('history-empty', HTMLElement);
  const clear = part('history-clear', HTMLButtonElement);
  let entries = read();

  function render(): void {
    empty.hidden = entries.length > 0;
    clear.hidden = entries.length === 0;
    list.replaceChildren(
      ...entries.map((entry) =>
        element(
          'li',
          {},
          element(
            'button',
            { type: 'button', onclick: () => restore(entry) },
            element('span', { class: 'asked' }, entry.question || entry.sql || '–'),
            element('span', { class: 'came' }, `${entry.at} · ${entry.database} · ${entry.came}`),
          ),
        ),
      ),
    );
  }
  function save(): void {
    try {
      sessionStorage.setItem(stored, JSON.stringify(entries));
    } catch {
      // Full or forbidden: the list on the page still holds.
    }
    render();
  }

  clear.addEventListener('click', () => {
    entries = [];
    save();
    part('question', HTMLTextAreaElement).focus();
  });
  render();
  return {
    add(entry) {
      const at = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
      entries = [{ ...entry, at }, ...entries].slice(0, kept);
      save();
    },
  };
}

function read(): HistoryEntry[] {
  try {
    return JSON.parse(sessionStorage.getItem(stored) ?? '[]') as HistoryEntry[];
  } catch {
    return [];
  }
}
