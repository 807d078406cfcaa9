import { part } from './element.js';

const stored = 'dialectic-single-keys';

/** Keys that act on the whole page. Those without Ctrl work outside of text fields alone, and can be turned off. */
export function installShortcuts({ stop, focusSql }: { stop(): boolean; focusSql(): void }): void {
  const help = part('help-dialog', HTMLDialogElement);
  const single = part('single-keys', HTMLInputElement);
  single.checked = localStorage.getItem(stored) !== 'off';
  single.addEventListener('change', () => localStorage.setItem(stored, single.checked ? 'on' : 'off'));
  const showHelp = (): void => help.showModal();
  part('help-open', HTMLButtonElement).addEventListener('click', showHelp);
  part('help-close', HTMLButtonElement).addEventListener('click', () => help.close());

  const focus = (id: string) => (): void => {
    const found = document.getElementById(id);
    found?.closest('details')?.setAttribute('open', '');
    found?.focus();
  };
  const actions: Record<string, () => void> = {
    '?': showHelp,
    '/': focus('question'),
    e: focusSql,
    s: focus('schema-filter'),
    r: () => document.querySelector<HTMLElement>('#result .scroller')?.focus(),
    h: () => document.querySelector<HTMLElement>('#history-list button')?.focus(),
  };
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]') || event.defaultPrevented) return;
    if (event.key === 'Escape') return void stop();
    const target = event.target as HTMLElement;
    const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (writing || !single.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
