import type { Expr } from '../../sql/ast.js';
import { binary, call, inQuery, number, query, select, star, table } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const plain = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters === 0;
const subquery = (item: Expr, from: Parameters<typeof select>[1], where: Expr | null): Expr => ({
  kind: 'subquery',
  query: query(select([item], from, { where })),
});

/** An aggregate over the rows of another table that refer to this row. */
function ofChildren(editor: Editor, name: 'COUNT' | 'SUM' | 'MAX' | 'AVG'): Expr {
  editor.qualify();
  const { source, slot, on } = editor.linked('child', 't2');
  const item = name === 'COUNT' ? call(name, [star()]) : call(name, [editor.columnOf(slot, 't2', 'number', 'measure')]);
  return subquery(item, source, on);
}

/** A row compared with an aggregate over the rows like it: the dearest product of its category. */
function withinGroup(operator: string, name: 'AVG' | 'MAX' | 'MIN'): Rule {
  return {
    name: `${operator} the ${name} of its group`,
    brings: ['SUBQUERY', name],
    weight: 2,
    applies: (base) => base.isPlain && base.width <= 2 && base.filters === 0,
    apply(editor) {
      editor.qualify();
      const { slot } = editor.tables[0]!;
      const measure = editor.column('number', 'measure') as Extract<Expr, { kind: 'column' }>;
      const group = editor.column('text', 'category') as Extract<Expr, { kind: 'column' }>;
      const same = binary({ ...group, table: 't2' }, '=', group);
      editor.where(
        binary(measure, operator, subquery(call(name, [{ ...measure, table: 't2' }]), table(slot, 't2'), same)),
      );
    },
  };
}

/** Rows that exceed all, or some, of the rows that meet a condition. */
function quantifiedRule(quantifier: 'ALL' | 'ANY'): Rule {
  return {
    name: `compare with ${quantifier}`,
    brings: [quantifier],
    needs: ['ANY (SELECT)'],
    applies: plain,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const category = editor.column('text', 'category');
      const inner = query(
        select([measure], editor.select!.from, { where: binary(category, '=', editor.value('existing', category)) }),
      );
      editor.where(binary(measure, '>', { kind: 'quantified', quantifier, query: inner, array: null }));
    },
  };
}

export const correlatedRules: Rule[] = [
  ...(['COUNT', 'SUM', 'MAX', 'AVG'] as const).map((name): Rule => ({
    name: `${name} of children as output`,
    brings: ['SUBQUERY', name],
    applies: plain,
    apply(editor) {
      const made = ofChildren(editor, name);
      editor.put(editor.first, made);
    },
  })),
  {
    name: 'filter by the count of children',
    brings: ['SUBQUERY', 'COUNT'],
    applies: (base) => base.isPlain && base.width <= 2 && base.filters === 0,
    apply: (editor) => editor.where(binary(ofChildren(editor, 'COUNT'), '>', editor.value('count'))),
  },
  withinGroup('=', 'MAX'),
  withinGroup('=', 'MIN'),
  withinGroup('>', 'AVG'),
  withinGroup('<', 'AVG'),
  quantifiedRule('ALL'),
  quantifiedRule('ANY'),
  {
    name: 'in a subquery in a subquery',
    brings: ['SUBQUERY', 'IN'],
    applies: plain,
    apply(editor) {
      const outer = editor.linked('child', null);
      const slot = editor.fresh('T');
      // The child's own key to a third table, whose rows meet a condition.
      const reference = editor.columnOf(outer.slot, null, 'other', 'key', 'foreign');
      const key = editor.columnOf(slot, null, 'other', 'key', 'primary');
      editor.joinOn(reference, key);
      const column = editor.columnOf(slot, null, 'text', 'category');
      const innermost = query(
        select([key], table(slot), { where: binary(column, '=', editor.value('existing', column)) }),
      );
      const inner = query(select([outer.other], outer.source, { where: inQuery(reference, innermost) }));
      editor.where(inQuery(outer.own, inner));
    },
  },
  {
    name: 'exists among more than one',
    brings: ['EXISTS', 'AND'],
    applies: plain,
    apply(editor) {
      editor.qualify();
      const { source, slot, on } = editor.linked('child', 't2');
      const measure = editor.columnOf(slot, 't2', 'number', 'measure');
      const category = editor.columnOf(slot, 't2', 'text', 'category');
      const where = [
        on,
        binary(category, '=', editor.value('existing', category)),
        binary(measure, '>', editor.value('threshold', measure)),
      ].reduce((all, one) => binary(all, 'AND', one));
      editor.where({ kind: 'exists', query: query(select([number(1)], source, { where })), negated: false });
    },
  },
];
