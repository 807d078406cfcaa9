import type { Expr, Query, Select } from '../../sql/ast.js';
import { binary, call, descending, query, select, star, table, window } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const plain = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters === 0;

const listing = (editor: Editor, item: Expr, where: Expr): Select => select([item], editor.select!.from, { where });

function setRule(operator: 'UNION' | 'INTERSECT' | 'EXCEPT', all = false): Rule {
  return {
    name: `${operator}${all ? ' ALL' : ''}`,
    brings: [operator, ...(all ? [`${operator} ALL`] : [])],
    weight: 2,
    applies: plain,
    apply(editor) {
      const item = editor.select!.items[0]!.expr;
      const measure = editor.column('number', 'measure');
      const category = editor.column('text', 'category');
      const left = listing(editor, item, binary(category, '=', editor.value('existing', category)));
      const right = listing(
        editor,
        item,
        binary(measure, editor.random.pick(['>', '<']), editor.value('threshold', measure)),
      );
      editor.query.body = { kind: 'set', operator, all, left, right };
    },
  };
}

/** The same column of two linked tables: keys that appear in one and not, or also, in the other. */
function keySetRule(operator: 'INTERSECT' | 'EXCEPT' | 'UNION'): Rule {
  return {
    name: `${operator} of keys`,
    brings: [operator],
    applies: plain,
    apply(editor) {
      const { source, own, other } = editor.linked('child', null);
      const left = select([own], editor.select!.from);
      editor.query.body = { kind: 'set', operator, all: false, left, right: select([other], source) };
    },
  };
}

/** WITH step1 AS (totals a group) SELECT … FROM step1. */
function resultRule(name: string, outer: (editor: Editor, from: Select['from']) => Select, order = false): Rule {
  return {
    name: `result ${name}`,
    brings: ['WITH'],
    weight: 2,
    applies: plain,
    apply(editor) {
      const key = editor.column('text', 'category');
      const aggregate = editor.random.pick(['SUM', 'AVG', 'COUNT', 'MAX'] as const);
      const value: Expr =
        aggregate === 'COUNT' ? call('COUNT', [star()]) : call(aggregate, [editor.column('number', 'measure')]);
      const inner = query(select([key, value], editor.select!.from, { groupBy: [{ kind: 'expr', expr: key }] }));
      const body = inner.body as Select;
      body.items = [
        { expr: key, alias: 'label' },
        { expr: value, alias: 'amount' },
      ];
      const from = table('step1');
      const step: Query['ctes'] = [{ name: 'step1', columns: [], query: inner }];
      editor.draft.query = query(outer(editor, from), {
        ctes: step,
        orderBy: order ? [descending(amount)] : [],
        limit: order ? editor.value('limit') : null,
      });
    },
  };
}

const amount: Expr = { kind: 'column', table: null, name: 'amount' };
const label: Expr = { kind: 'column', table: null, name: 'label' };

const overAll = (name: 'AVG' | 'MAX', from: Select['from']): Expr => ({
  kind: 'subquery',
  query: query(select([call(name, [amount])], from)),
});

/** A window function beside the listed column. */
export function windowRule(
  name: string,
  base: (editor: Editor) => Expr,
  options: { partition: boolean; by: 'measure' | 'time'; frame?: string; brings: string[] },
): Rule {
  return {
    name: `window ${name}${options.partition ? ' partitioned' : ''} by ${options.by}`,
    brings: ['OVER', ...options.brings, ...(options.partition ? ['PARTITION BY'] : [])],
    weight: 2,
    applies: (base) => base.isPlain && base.width === 1 && base.filters < 2,
    apply(editor) {
      const made = base(editor);
      if (made.kind !== 'call') return;
      const key = options.by === 'time' ? editor.column('date', 'time') : editor.column('number', 'measure');
      const order = options.by === 'time' ? [{ expr: key, descending: false, nulls: null }] : [descending(key)];
      const over = window({
        partitionBy: options.partition ? [editor.column('text', 'category')] : [],
        orderBy: order,
        frame: options.frame ?? null,
      });
      editor.select!.items.push({ expr: { ...made, over }, alias: null });
    },
  };
}

const measureCall =
  (name: string) =>
  (editor: Editor): Expr =>
    call(name, [editor.column('number', 'measure')]);

export const combinationRules: Rule[] = [
  setRule('UNION'),
  setRule('UNION', true),
  setRule('INTERSECT'),
  setRule('EXCEPT'),
  keySetRule('INTERSECT'),
  keySetRule('EXCEPT'),
  resultRule('average', (_, from) => select([call('AVG', [amount])], from)),
  resultRule('maximum', (_, from) => select([call('MAX', [amount])], from)),
  resultRule('above the average', (_, from) =>
    select([label, amount], from, { where: binary(amount, '>', overAll('AVG', from)) }),
  ),
  resultRule('the largest', (_, from) => select([label], from, { where: binary(amount, '=', overAll('MAX', from)) })),
  resultRule('in order', (_, from) => select([label, amount], from), true),
  ...[false, true].flatMap((partition) => [
    windowRule('rank', () => call('RANK', []), { partition, by: 'measure', brings: ['RANK'] }),
    windowRule('row number', () => call('ROW_NUMBER', []), { partition, by: 'measure', brings: ['ROW_NUMBER'] }),
    windowRule('dense rank', () => call('DENSE_RANK', []), { partition, by: 'measure', brings: ['DENSE_RANK'] }),
    windowRule('running sum', measureCall('SUM'), { partition, by: 'time', brings: ['SUM'] }),
    windowRule('running average', measureCall('AVG'), {
      partition,
      by: 'time',
      frame: 'ROWS BETWEEN 2 PRECEDING AND CURRENT ROW',
      brings: ['ROWS BETWEEN', 'AVG'],
    }),
    windowRule('lag', measureCall('LAG'), { partition, by: 'time', brings: ['LAG'] }),
    windowRule('lead', measureCall('LEAD'), { partition, by: 'time', brings: ['LEAD'] }),
  ]),
  ...(['AVG', 'SUM', 'MAX', 'COUNT'] as const).map((name): Rule => ({
    name: `window ${name} beside each row`,
    brings: ['OVER', 'PARTITION BY', name],
    applies: (base) => base.isPlain && base.width === 1,
    apply(editor) {
      const over = window({ partitionBy: [editor.column('text', 'category')] });
      const expr =
        name === 'COUNT'
          ? call('COUNT', [star()], { over })
          : call(name, [editor.column('number', 'measure')], { over });
      editor.select!.items.push({ expr, alias: null });
    },
  })),
  {
    name: 'filter aggregate by case',
    brings: ['CASE'],
    applies: (base) => base.isPlain && base.width === 1,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const high = binary(measure, '>', editor.value('threshold', measure));
      editor.select!.items.push({
        expr: {
          kind: 'case',
          operand: null,
          whens: [{ when: high, then: { kind: 'string', value: 'high', prefix: '' } }],
          otherwise: { kind: 'string', value: 'low', prefix: '' },
        },
        alias: null,
      });
    },
  },
];
