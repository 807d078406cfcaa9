import type { Expr } from '../../sql/ast.js';
import { binary, call, number, star } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';

const text = (value: string): Expr => ({ kind: 'string', value, prefix: '' });
const when = (condition: Expr, then: Expr, otherwise: Expr | null): Expr => ({
  kind: 'case',
  operand: null,
  whens: [{ when: condition, then }],
  otherwise,
});

const isCategory = (editor: Editor): Expr => {
  const column = editor.column('text', 'category');
  return binary(column, '=', editor.value('existing', column));
};
const isAbove = (editor: Editor): Expr => {
  const measure = editor.column('number', 'measure');
  return binary(measure, '>', editor.value('threshold', measure));
};

/** An aggregate over the rows that meet a condition, in the ways in which SQL writes it. */
const forms: Record<string, { needs: string[]; brings: string[]; make(editor: Editor, condition: Expr): Expr }> = {
  'sum of case': {
    needs: [],
    brings: ['CASE', 'SUM'],
    make: (_, condition) => call('SUM', [when(condition, number(1), number(0))]),
  },
  'count of case': {
    needs: [],
    brings: ['CASE', 'COUNT'],
    make: (_, condition) => call('COUNT', [when(condition, number(1), null)]),
  },
  'sum of a measure by case': {
    needs: [],
    brings: ['CASE', 'SUM'],
    make: (editor, condition) => call('SUM', [when(condition, editor.column('number', 'measure'), number(0))]),
  },
  'average of a measure by case': {
    needs: [],
    brings: ['CASE', 'AVG'],
    make: (editor, condition) => call('AVG', [when(condition, editor.column('number', 'measure'), null)]),
  },
  'count by filter': {
    needs: ['FILTER'],
    brings: ['FILTER', 'COUNT'],
    make: (_, condition) => call('COUNT', [star()], { filter: condition }),
  },
  'sum by filter': {
    needs: ['FILTER'],
    brings: ['FILTER', 'SUM'],
    make: (editor, condition) => call('SUM', [editor.column('number', 'measure')], { filter: condition }),
  },
  'average by filter': {
    needs: ['FILTER'],
    brings: ['FILTER', 'AVG'],
    make: (editor, condition) => call('AVG', [editor.column('number', 'measure')], { filter: condition }),
  },
  countif: { needs: ['COUNTIF'], brings: ['COUNTIF'], make: (_, condition) => call('COUNTIF', [condition]) },
};

const conditions = { category: isCategory, threshold: isAbove };

const conditionalAggregates = Object.entries(forms).flatMap(([name, { needs, brings, make }]) =>
  Object.entries(conditions).flatMap(([kind, condition]): Rule[] => [
    {
      name: `${name}, ${kind}`,
      ...{ needs, brings },
      applies: (base) => base.isPlain && base.filters < 2,
      apply: (editor) => editor.put(make(editor, condition(editor))),
    },
    {
      name: `${name}, ${kind}, by group`,
      ...{ needs, brings: [...brings, 'GROUP BY'] },
      applies: (base) => base.isList && base.filters < 2,
      apply(editor) {
        const key = editor.column('text', 'category');
        editor.put(key, make(editor, condition(editor)));
        editor.group(key);
      },
    },
    {
      name: `${name}, ${kind}, beside the count of all`,
      ...{ needs, brings },
      weight: 0.5,
      applies: (base) => base.isPlain && base.filters < 2,
      apply(editor) {
        const key = editor.column('text', 'category');
        editor.put(key, call('COUNT', [star()]), make(editor, condition(editor)));
        editor.group(key);
      },
    },
  ]),
);

/** A measure in two or three named bands. */
function bands(editor: Editor, three: boolean): Expr {
  const measure = editor.column('number', 'measure');
  const high = { when: binary(measure, '>=', editor.value('threshold', measure)), then: text('high') };
  const middle = { when: binary(measure, '>=', editor.value('threshold', measure)), then: text('medium') };
  return { kind: 'case', operand: null, whens: three ? [high, middle] : [high], otherwise: text('low') };
}

export const conditionalRules: Rule[] = [
  ...conditionalAggregates,
  ...[false, true].flatMap((three): Rule[] => [
    {
      name: `output in ${three ? 'three' : 'two'} bands`,
      brings: ['CASE'],
      applies: (base) => base.isPlain && base.width === 1 && base.filters < 2,
      apply: (editor) => editor.put(editor.first, bands(editor, three)),
    },
    {
      name: `count by ${three ? 'three' : 'two'} bands`,
      brings: ['CASE', 'GROUP BY'],
      applies: (base) => base.isPlain && base.filters < 2,
      apply(editor) {
        const band = bands(editor, three);
        editor.put(band, call('COUNT', [star()]));
        editor.group(band);
      },
    },
  ]),
  {
    name: 'output by category',
    brings: ['CASE'],
    applies: (base) => base.isPlain && base.width === 1 && base.filters < 2,
    apply(editor) {
      const category = editor.column('text', 'category');
      const label: Expr = {
        kind: 'case',
        operand: category,
        whens: [{ when: editor.value('existing', category), then: text('yes') }],
        otherwise: text('no'),
      };
      editor.put(editor.first, label);
    },
  },
];
