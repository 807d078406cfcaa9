import type { Expr, Query, Select } from '../../sql/ast.js';
import { ascending, binary, call, descending, join, query, select, star, table } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const plain = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters === 0;

const column = (name: string, of: string | null = null): Expr => ({ kind: 'column', table: of, name });
const amount = column('amount');
const label = column('label');

type Aggregate = 'SUM' | 'AVG' | 'COUNT' | 'MAX';

function aggregated(editor: Editor, name: Aggregate): Expr {
  return name === 'COUNT' ? call('COUNT', [star()]) : call(name, [editor.column('number', 'measure')]);
}

/** A total a group, its columns called `label` and `amount`. */
function totals(key: Expr, value: Expr, from: Select['from'], where: Expr | null = null): Query {
  const body = select([key, value], from, { groupBy: [{ kind: 'expr', expr: key }], where });
  body.items = [
    { expr: key, alias: 'label' },
    { expr: value, alias: 'amount' },
  ];
  return query(body);
}

/** WITH step1 AS (totals a group) SELECT … FROM step1, or the same as a subquery in FROM. */
function resultRule(
  name: string,
  form: 'cte' | 'subquery',
  outer: (editor: Editor, from: Select['from']) => Select,
  order = false,
): Rule {
  return {
    name: `result ${name} in a ${form}`,
    brings: [form === 'cte' ? 'WITH' : 'SUBQUERY'],
    weight: form === 'cte' ? 2 : 1,
    applies: (base) => base.isPlain && base.width === 1 && base.filters < 2,
    apply(editor) {
      const key = editor.column('text', 'category');
      const value = aggregated(editor, editor.random.pick(['SUM', 'AVG', 'COUNT', 'MAX'] as const));
      const inner = totals(key, value, editor.select!.from, editor.select!.where);
      const from: Select['from'] =
        form === 'cte'
          ? table('step1')
          : { kind: 'subquery', query: inner, alias: 'step1', columns: [], lateral: false };
      editor.draft.query = query(outer(editor, from), {
        ctes: form === 'cte' ? [{ name: 'step1', columns: [], query: inner }] : [],
        orderBy: order ? [descending(amount)] : [],
        limit: order ? editor.value('limit') : null,
      });
    },
  };
}

const overAll = (name: 'AVG' | 'MAX', from: Select['from']): Expr => ({
  kind: 'subquery',
  query: query(select([call(name, [amount])], from)),
});

const outers: [string, (editor: Editor, from: Select['from']) => Select, boolean?][] = [
  ['average', (_, from) => select([call('AVG', [amount])], from)],
  ['maximum', (_, from) => select([call('MAX', [amount])], from)],
  ['minimum', (_, from) => select([call('MIN', [amount])], from)],
  ['in order', (_, from) => select([label, amount], from), true],
];

/** Two results of the same groups beside each other. */
function twoResults(first: Aggregate, second: Aggregate, compared: boolean): Rule {
  return {
    name: `two results ${first} ${second}${compared ? ' compared' : ''}`,
    brings: ['WITH', 'JOIN'],
    applies: plain,
    apply(editor) {
      const key = editor.column('text', 'category');
      const from = editor.select!.from;
      const condition = editor.column('text', 'category');
      const where = binary(condition, '=', editor.value('existing', condition));
      const steps = [
        totals(key, aggregated(editor, first), from),
        totals(key, aggregated(editor, second), from, where),
      ];
      const outer = select(
        [column('label', 't1'), column('amount', 't1'), column('amount', 't2')],
        join(table('step1', 't1'), table('step2', 't2'), binary(column('label', 't1'), '=', column('label', 't2'))),
        compared ? { where: binary(column('amount', 't1'), '>', column('amount', 't2')) } : {},
      );
      editor.draft.query = query(outer, {
        ctes: steps.map((step, index) => ({ name: `step${index + 1}`, columns: [], query: step })),
        orderBy: compared ? [] : [ascending(column('label', 't1'))],
      });
    },
  };
}

/** A table joined with totals of another that refers to it. */
function joinedResult(aggregate: Aggregate, filtered: boolean): Rule {
  return {
    name: `joined with ${aggregate} of children${filtered ? ', filtered' : ''}`,
    brings: ['WITH', 'JOIN'],
    applies: plain,
    apply(editor) {
      editor.qualify();
      const { source, slot, own, other } = editor.linked('child', null);
      const value =
        aggregate === 'COUNT'
          ? call('COUNT', [star()])
          : call(aggregate, [editor.columnOf(slot, null, 'number', 'measure')]);
      const outer = select(
        [editor.first, column('amount', 't2')],
        join(editor.select!.from!, table('step1', 't2'), binary(own, '=', column('label', 't2'))),
        filtered ? { where: binary(column('amount', 't2'), '>', editor.value('count')) } : {},
      );
      editor.draft.query = query(outer, {
        ctes: [{ name: 'step1', columns: [], query: totals(other, value, source) }],
      });
    },
  };
}

/** A first step that filters, a second that counts what is left. */
const twoSteps: Rule = {
  name: 'a result of a result',
  brings: ['WITH'],
  applies: plain,
  apply(editor) {
    const key = editor.column('text', 'category');
    const first = totals(
      key,
      aggregated(editor, editor.random.pick(['SUM', 'AVG', 'COUNT'] as const)),
      editor.select!.from,
    );
    const second = select([label, amount], table('step1'), {
      where: binary(amount, '>', overAll('AVG', table('step1'))),
    });
    second.items = second.items.map((item, index) => ({ ...item, alias: ['label', 'amount'][index]! }));
    editor.draft.query = query(select([call('COUNT', [star()])], table('step2')), {
      ctes: [
        { name: 'step1', columns: [], query: first },
        { name: 'step2', columns: [], query: query(second) },
      ],
    });
  },
};

export const stepRules: Rule[] = [
  ...outers.flatMap(([name, outer, order]) =>
    (['cte', 'subquery'] as const).map((form) => resultRule(name, form, outer, order)),
  ),
  resultRule('above the average', 'cte', (_, from) =>
    select([label, amount], from, { where: binary(amount, '>', overAll('AVG', from)) }),
  ),
  resultRule('the largest', 'cte', (_, from) =>
    select([label], from, { where: binary(amount, '=', overAll('MAX', from)) }),
  ),
  twoResults('COUNT', 'COUNT', false),
  twoResults('AVG', 'MAX', false),
  twoResults('AVG', 'AVG', true),
  ...(['COUNT', 'SUM', 'AVG', 'MAX'] as const).map((name) => joinedResult(name, false)),
  joinedResult('COUNT', true),
  twoSteps,
];
