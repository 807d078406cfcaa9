import { part } from './element.js';

/** Asks for an API key in a dialog; requests that want one at the same time share the answer. */
export function createKeyDialog(): (wasWrong: boolean) => Promise<string | null> {
  const dialog = part('key-dialog', HTMLDialogElement);
  const input = part('key', HTMLInputElement);
  const wrong = part('key-wrong', HTMLElement);
  let asking: Promise<string | null> | null = null;
  part('key-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  return (wasWrong) => {
    asking ??= new Promise<string | null>((resolve) => {
      wrong.hidden = !wasWrong;
      input.value = '';
      dialog.returnValue = '';
      dialog.showModal();
      const closed = (): void => {
        asking = null;
        const key = dialog.returnValue === 'use' ? input.value.trim() : '';
        input.value = '';
        resolve(key === '' ? null : key);
      };
      dialog.addEventListener('close', closed, { once: true });
    });
    return asking;
  };
}
