import { binary, call, star } from '../../templates/build.js';
import type { Editor } from '../editor.js';

/** Keeps the rows whose parent, the table `t2` in `slot`, is of one category. */
export function filterOnParent(editor: Editor, slot: string): void {
  const column = editor.columnOf(slot, 't2', 'text', 'category');
  editor.where(binary(column, '=', editor.value('existing', column)));
}

/** How many rows there are of each parent, the table `t2` in `slot`. */
export function countByParent(editor: Editor, slot: string): void {
  const key = editor.columnOf(slot, 't2', 'text', 'label');
  editor.put(key, call('COUNT', [star()]));
  editor.group(key);
}
