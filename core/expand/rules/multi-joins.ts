import { binary, call, star } from '../../templates/build.js';
import type { Editor, Linked } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

/** Two tables joined along a key, without order: what a further table can join. */
const joinsTwo = (base: Shape): boolean =>
  base.tables.length === 2 &&
  base.isList &&
  base.joins.length === 1 &&
  base.select!.from?.kind === 'join' &&
  base.select!.from.type === 'inner';

/** What is asked of the table that joins last. */
type Ending = (editor: Editor, last: Linked, alias: string) => void;

const endings: Record<string, Ending> = {
  'an output': (editor, { slot }, alias) => {
    editor.select!.items.push({ expr: editor.columnOf(slot, alias, 'text', 'label'), alias: null });
  },
  'a filter': (editor, { slot }, alias) => {
    const column = editor.columnOf(slot, alias, 'text', 'category');
    editor.where(binary(column, '=', editor.value('existing', column)));
  },
  'a count': (editor, { slot }, alias) => {
    const key = editor.columnOf(slot, alias, 'text', 'label');
    editor.put(key, call('COUNT', [star()]));
    editor.group(key);
  },
  'a sum': (editor, { slot }, alias) => {
    const key = editor.columnOf(slot, alias, 'text', 'category');
    editor.put(key, call('SUM', [editor.column('number', 'measure')]));
    editor.group(key);
  },
  'an average with a filter': (editor, { slot }, alias) => {
    const column = editor.columnOf(slot, alias, 'text', 'category');
    editor.put(call('AVG', [editor.column('number', 'measure')]));
    editor.where(binary(column, '=', editor.value('existing', column)));
  },
};

/** A third table: at the first (`star`), or at the second (`chain`). */
const thirdTable = (['chain', 'star'] as const).flatMap((form) =>
  Object.entries(endings).map(([name, finish]): Rule => ({
    name: `join a third table as ${form} with ${name}`,
    brings: ['JOIN'],
    applies: joinsTwo,
    apply(editor) {
      const last = editor.linked('parent', 't3', form === 'chain' ? 1 : 0);
      editor.join(last);
      finish(editor, last, 't3');
    },
  })),
);

/** Four tables in a row along foreign keys. */
const fourTables = Object.entries(endings).map(([name, finish]): Rule => ({
  name: `join four tables with ${name}`,
  brings: ['JOIN'],
  weight: 0.5,
  applies: (base) => joinsTwo(base) && base.filters < 2,
  apply(editor) {
    editor.join(editor.linked('parent', 't3', 1));
    const last = editor.linked('parent', 't4', 0);
    editor.join(last);
    finish(editor, last, 't4');
  },
}));

export const multiJoinRules: Rule[] = [...thirdTable, ...fourTables];
