import type { Expr, GroupItem } from '../../sql/ast.js';
import { ascending, binary, call, descending, star } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const single = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters < 2;

/** Subtotals: ROLLUP, CUBE and GROUPING SETS over two keys. */
function subtotals(kind: 'ROLLUP' | 'CUBE' | 'GROUPING SETS', aggregate: 'COUNT' | 'SUM' | 'AVG'): Rule {
  return {
    name: `${kind} ${aggregate}`,
    brings: [kind, aggregate],
    needs: [kind],
    applies: (base) => base.isList && base.filters < 2,
    apply(editor) {
      const keys = [editor.column('text', 'category'), editor.column('text', 'category')];
      const value =
        aggregate === 'COUNT' ? call('COUNT', [star()]) : call(aggregate, [editor.column('number', 'measure')]);
      editor.put(...keys, value);
      const item: GroupItem =
        kind === 'GROUPING SETS'
          ? { kind: 'sets', sets: [[keys[0]!], [keys[1]!]] }
          : { kind: kind === 'ROLLUP' ? 'rollup' : 'cube', exprs: keys };
      editor.select!.groupBy = [item];
    },
  };
}

/** Two columns of one row compared with each other. */
function twoColumns(operator: string, type: 'number' | 'date'): Rule {
  return {
    name: `two columns ${operator} ${type}`,
    brings: ['WHERE'],
    weight: 0.6,
    applies: (base) => base.isPlain && base.width <= 2 && base.filters === 0,
    apply(editor) {
      const [left, right] = [0, 1].map(() => editor.column(type, type === 'date' ? 'time' : 'measure'));
      editor.where(binary(left!, operator, right!));
    },
  };
}

/** The first row of each group by an order: PostgreSQL's DISTINCT ON. */
function firstPer(down: boolean): Rule {
  return {
    name: `distinct on ${down ? 'descending' : 'ascending'}`,
    brings: ['DISTINCT ON'],
    needs: ['DISTINCT ON'],
    applies: single,
    apply(editor) {
      const key = editor.column('text', 'category');
      const measure = editor.column('number', 'measure');
      editor.put(key, editor.first, measure);
      editor.select!.distinctOn = [key];
      editor.query.orderBy = [ascending(key), down ? descending(measure) : ascending(measure)];
    },
  };
}

/** Two keys of order, the second by measure or date. */
const orders: Rule[] = (['measure', 'time'] as const).map((role) => ({
  name: `order by two keys, ${role}`,
  brings: ['ORDER BY', 'DESC'],
  applies: (base) => base.isList && base.width <= 2,
  apply(editor: Editor) {
    const second = editor.column(role === 'time' ? 'date' : 'number', role);
    editor.query.orderBy = [ascending(editor.column('text', 'category')), descending(second)];
  },
}));

const distinctFrom = [false, true].map((negated): Rule => ({
  name: negated ? 'not distinct from' : 'distinct from',
  brings: [negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM'],
  needs: ['IS NOT DISTINCT FROM'],
  applies: (base) => single(base) && base.filters === 0,
  apply(editor) {
    const operand = editor.column('text', 'category', 'nullable');
    editor.where({ kind: 'is', operand, test: 'DISTINCT FROM', right: editor.value('existing', operand), negated });
  },
}));

const nullsLast = (['first', 'last'] as const).map((nulls): Rule => ({
  name: `nulls ${nulls}`,
  brings: [`NULLS ${nulls.toUpperCase()}`],
  applies: (base) => base.isPlain && base.width <= 2 && base.filters === 0,
  apply(editor) {
    const key = editor.column('number', 'measure', 'nullable');
    editor.query.orderBy = [{ expr: key, descending: nulls === 'last', nulls }];
  },
}));

/** Text compared and ordered without regard to case, as SQLite does it. */
const collated = (make: (editor: Editor, of: (operand: Expr) => Expr) => void, name: string): Rule => ({
  name: `collate ${name}`,
  brings: ['COLLATE', 'NOCASE'],
  needs: ['NOCASE'],
  applies: (base) => base.isPlain && base.width <= 2 && base.filters < 2,
  apply: (editor) => make(editor, (operand) => ({ kind: 'collate', operand, collation: 'NOCASE' })),
});

export const specialRules: Rule[] = [
  ...(['ROLLUP', 'CUBE', 'GROUPING SETS'] as const).flatMap((kind) =>
    (['COUNT', 'SUM', 'AVG'] as const).map((aggregate) => subtotals(kind, aggregate)),
  ),
  ...['>', '<'].map((operator) => twoColumns(operator, 'number')),
  ...['>', '<'].map((operator) => twoColumns(operator, 'date')),
  firstPer(true),
  firstPer(false),
  ...orders,
  ...distinctFrom,
  ...nullsLast,
  collated((editor, of) => {
    editor.query.orderBy = [ascending(of(editor.column('text', 'label')))];
  }, 'order'),
  collated((editor, of) => {
    const column = editor.column('text', 'category');
    editor.where(binary(of(column), '=', editor.value('existing', column)));
  }, 'comparison'),
];
