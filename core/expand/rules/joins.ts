import type { Expr } from '../../sql/ast.js';
import { binary, call, inQuery, query, select, star } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import { countByParent, filterOnParent } from './by-parent.js';
import type { Shape } from '../shape.js';

const plain = (base: Shape): boolean => base.isPlain && base.width <= 2;

/** A subquery over a linked table, with a condition of its own or without. */
function linkedFilter(name: string, negated: boolean, exists: boolean, inner: 'none' | 'category' | 'threshold'): Rule {
  return {
    name,
    brings: [exists ? (negated ? 'NOT EXISTS' : 'EXISTS') : negated ? 'NOT IN' : 'IN', 'SUBQUERY'],
    weight: 2,
    applies: (base) => plain(base) && base.filters === 0,
    apply(editor) {
      if (exists) editor.qualify();
      const alias = exists ? 't2' : null;
      const { source, slot, on, own, other } = editor.linked('child', alias);
      const conditions: Expr[] = exists ? [on] : [];
      if (inner === 'category') {
        const column = editor.columnOf(slot, alias, 'text', 'category');
        conditions.push(binary(column, '=', editor.value('existing', column)));
      } else if (inner === 'threshold') {
        const column = editor.columnOf(slot, alias, 'number', 'measure');
        conditions.push(binary(column, '>', editor.value('threshold', column)));
      } else if (negated && !exists) {
        // NOT IN is never true where the list holds a NULL.
        conditions.push({ kind: 'is', operand: other, test: 'NULL', right: null, negated: true });
      }
      const where = conditions.reduce<Expr | null>((all, one) => (all === null ? one : binary(all, 'AND', one)), null);
      const item: Expr = exists ? { kind: 'number', text: '1' } : other;
      const subquery = query(select([item], source, { where }));
      editor.where(exists ? { kind: 'exists', query: subquery, negated } : inQuery(own, subquery, negated));
    },
  };
}

function joined(
  name: string,
  make: (editor: Editor, slot: string) => void,
  direction: 'child' | 'parent' = 'parent',
): Rule {
  return {
    name: `join ${name}`,
    brings: ['JOIN', 'ON'],
    weight: 3,
    applies: (base) => plain(base) && base.width === 1,
    apply(editor) {
      editor.qualify();
      const linked = editor.linked(direction, 't2');
      editor.join(linked);
      make(editor, linked.slot);
    },
  };
}

export const joinRules: Rule[] = [
  joined('with an output of the parent', (editor, slot) =>
    editor.put(editor.select!.items[0]!.expr, editor.columnOf(slot, 't2', 'text', 'label')),
  ),
  joined('with a filter on the parent', filterOnParent),
  joined('with a measure of the parent', (editor, slot) => {
    const column = editor.columnOf(slot, 't2', 'number', 'measure');
    editor.where(binary(column, '>', editor.value('threshold', column)));
  }),
  joined('and count by parent', countByParent),
  joined('and sum by parent', (editor, slot) => {
    const key = editor.columnOf(slot, 't2', 'text', 'category');
    editor.put(key, call('SUM', [editor.column('number', 'measure')]));
    editor.group(key);
  }),
  joined('and average by parent', (editor, slot) => {
    const key = editor.columnOf(slot, 't2', 'text', 'label');
    editor.put(key, call('AVG', [editor.column('number', 'measure')]));
    editor.group(key);
  }),
  joined('and aggregate with a filter on the parent', (editor, slot) => {
    const column = editor.columnOf(slot, 't2', 'text', 'category');
    editor.put(call('AVG', [editor.column('number', 'measure')]));
    editor.where(binary(column, '=', editor.value('existing', column)));
  }),
  joined('and count with a filter on the parent', (editor, slot) => {
    const column = editor.columnOf(slot, 't2', 'text', 'category');
    editor.put(call('COUNT', [star()]));
    editor.where(binary(column, '=', editor.value('existing', column)));
  }),
  {
    name: 'left join and count',
    brings: ['LEFT JOIN'],
    weight: 2,
    applies: (base) => plain(base) && base.width === 1 && base.filters === 0,
    apply(editor) {
      editor.qualify();
      const linked = editor.linked('child', 't2');
      editor.join(linked, 'left');
      const key = editor.column('text', 'label');
      editor.put(key, call('COUNT', [linked.other]));
      editor.group(key);
    },
  },
  {
    name: 'left join without match',
    brings: ['LEFT JOIN', 'IS NULL'],
    applies: (base) => plain(base) && base.width === 1 && base.filters === 0,
    apply(editor) {
      editor.qualify();
      const linked = editor.linked('child', 't2');
      editor.join(linked, 'left');
      editor.where({ kind: 'is', operand: linked.other, test: 'NULL', right: null, negated: false });
    },
  },
  linkedFilter('in subquery', false, false, 'category'),
  linkedFilter('in subquery threshold', false, false, 'threshold'),
  linkedFilter('not in subquery', true, false, 'none'),
  linkedFilter('exists', false, true, 'none'),
  linkedFilter('exists with a condition', false, true, 'category'),
  linkedFilter('not exists', true, true, 'none'),
  linkedFilter('not exists with a condition', true, true, 'threshold'),
  ...(['AVG', 'MAX', 'MIN'] as const).map((name): Rule => ({
    name: `compare with the ${name}`,
    brings: ['SUBQUERY', name],
    weight: 2,
    applies: (base) => plain(base) && base.filters === 0,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const operator = name === 'AVG' ? editor.random.pick(['>', '<']) : '=';
      const from = editor.select!.from!;
      editor.where(
        binary(measure, operator, { kind: 'subquery', query: query(select([call(name, [measure])], from)) }),
      );
    },
  })),
];
