import type { Expr } from '../../sql/ast.js';
import {
  ascending,
  binary,
  call,
  descending,
  number,
  query,
  select,
  star,
  table,
  window,
} from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';

interface WindowForm {
  partition: boolean;
  /** What orders the window; null for functions that order by their argument, which take no order. */
  by: 'measure' | 'time' | null;
  frame?: string;
  brings: string[];
}

/** A window function beside the listed column. */
export function windowRule(name: string, base: (editor: Editor) => Expr, form: WindowForm): Rule {
  return {
    name: `window ${name}${form.partition ? ' partitioned' : ''}${form.by === null ? '' : ` by ${form.by}`}`,
    brings: ['OVER', ...form.brings, ...(form.partition ? ['PARTITION BY'] : [])],
    weight: 2,
    applies: (shape) => shape.isPlain && shape.width === 1 && shape.filters < 2,
    apply(editor) {
      const made = base(editor);
      if (made.kind !== 'call') return;
      const over = window({
        partitionBy: form.partition ? [editor.column('text', 'category')] : [],
        orderBy: form.by === null ? [] : [orderKey(editor, form.by)],
        frame: form.frame ?? null,
      });
      editor.select!.items.push({ expr: { ...made, over }, alias: null });
    },
  };
}

const orderKey = (editor: Editor, by: 'measure' | 'time') =>
  by === 'time' ? ascending(editor.column('date', 'time')) : descending(editor.column('number', 'measure'));

const measureCall =
  (name: string) =>
  (editor: Editor): Expr =>
    call(name, [editor.column('number', 'measure')]);

const frames = [
  'ROWS BETWEEN 2 PRECEDING AND CURRENT ROW',
  'ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING',
  'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW',
  'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
  'ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING',
];

const rankings = ['RANK', 'ROW_NUMBER', 'DENSE_RANK'] as const;

/** Ranks every row, then keeps the best of each group: in a subquery or a CTE around the ranking, or by QUALIFY. */
function bestOfGroup(
  ranking: (typeof rankings)[number],
  form: 'subquery' | 'cte' | 'qualify',
  partition: boolean,
): Rule {
  return {
    name: `best by ${ranking} ${form}${partition ? ' partitioned' : ''}`,
    brings: [ranking, ...(form === 'cte' ? ['WITH'] : form === 'qualify' ? ['QUALIFY'] : ['SUBQUERY'])],
    needs: form === 'qualify' ? ['QUALIFY'] : [],
    applies: (shape) => shape.isPlain && shape.width === 1 && shape.filters < 2,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const over = window({
        partitionBy: partition ? [editor.column('text', 'category')] : [],
        orderBy: [editor.random.chance(0.7) ? descending(measure) : ascending(measure)],
      });
      const rank = call(ranking, [], { over });
      const wanted = (of: Expr): Expr =>
        editor.random.chance(0.5) ? binary(of, '=', number(1)) : binary(of, '<=', editor.value('count'));
      if (form === 'qualify') {
        editor.select!.qualify = wanted(rank);
        return;
      }
      editor.select!.items = [
        { expr: editor.first, alias: 'label' },
        { expr: rank, alias: 'value' },
      ];
      const inner = query(editor.select!);
      const [label, value] = ['label', 'value'].map((name): Expr => ({ kind: 'column', table: null, name }));
      const where = wanted(value!);
      editor.draft.query =
        form === 'cte'
          ? query(select([label!], table('step1'), { where }), { ctes: [{ name: 'step1', columns: [], query: inner }] })
          : query(
              select(
                [label!],
                { kind: 'subquery', query: inner, alias: 'step1', columns: [], lateral: false },
                { where },
              ),
            );
    },
  };
}

/** Two functions over one named window. */
function namedWindow(first: string, second: string): Rule {
  return {
    name: `named window ${first} ${second}`,
    brings: ['WINDOW'],
    needs: ['WINDOW'],
    applies: (shape) => shape.isPlain && shape.width === 1 && shape.filters < 2,
    apply(editor) {
      const over = window({ base: 'w' });
      const made = (name: string): Expr =>
        call(name, /^(SUM|AVG|LAG|LEAD)$/.test(name) ? [editor.column('number', 'measure')] : [], { over });
      editor.put(editor.first, made(first), made(second));
      const ranks = /RANK|ROW_NUMBER/.test(first);
      editor.select!.windows = [
        {
          name: 'w',
          window: window({
            partitionBy: editor.random.chance(0.6) ? [editor.column('text', 'category')] : [],
            orderBy: [orderKey(editor, ranks ? 'measure' : 'time')],
          }),
        },
      ];
    },
  };
}

/** Arithmetic with a window function: the share of a total, the change since the row before. */
const windowArithmetic: Rule[] = [
  ...[false, true].map((partition): Rule => ({
    name: `share of the total${partition ? ' of its group' : ''}`,
    brings: ['OVER', 'SUM'],
    applies: (shape) => shape.isPlain && shape.width === 1,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const over = window({ partitionBy: partition ? [editor.column('text', 'category')] : [] });
      const share = binary(binary(measure, '*', number('100.0')), '/', call('SUM', [measure], { over }));
      editor.put(editor.first, share);
    },
  })),
  ...(['LAG', 'AVG', 'MAX'] as const).map((name): Rule => ({
    name: `difference from ${name}`,
    brings: ['OVER', name],
    applies: (shape) => shape.isPlain && shape.width === 1,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      const over =
        name === 'LAG'
          ? window({ orderBy: [orderKey(editor, 'time')] })
          : window({ partitionBy: [editor.column('text', 'category')] });
      editor.put(editor.first, binary(measure, '-', call(name, [measure], { over })));
    },
  })),
];

/** A window over groups: ranks of totals, running totals of counts. */
const windowsOverGroups = (['RANK', 'DENSE_RANK', 'ROW_NUMBER'] as const).flatMap((ranking) =>
  (['COUNT', 'SUM', 'AVG'] as const).map((aggregate): Rule => ({
    name: `${ranking} of groups by ${aggregate}`,
    brings: ['OVER', ranking, 'GROUP BY'],
    applies: (shape) => shape.isList && shape.filters < 2,
    apply(editor) {
      const key = editor.column('text', 'category');
      const total =
        aggregate === 'COUNT' ? call('COUNT', [star()]) : call(aggregate, [editor.column('number', 'measure')]);
      editor.put(key, total, call(ranking, [], { over: window({ orderBy: [descending(total)] }) }));
      editor.group(key);
    },
  })),
);

export const windowRules: Rule[] = [
  ...[false, true].flatMap((partition) => [
    ...rankings.map((name) => windowRule(name, () => call(name, []), { partition, by: 'measure', brings: [name] })),
    windowRule('running sum', measureCall('SUM'), { partition, by: 'time', brings: ['SUM'] }),
    windowRule('running count', () => call('COUNT', [star()]), { partition, by: 'time', brings: ['COUNT'] }),
    windowRule('lag', measureCall('LAG'), { partition, by: 'time', brings: ['LAG'] }),
    windowRule('lead', measureCall('LEAD'), { partition, by: 'time', brings: ['LEAD'] }),
    ...frames
      .flatMap((frame) =>
        ['AVG', 'SUM'].map((name) =>
          windowRule(`${name} ${frame}`, measureCall(name), {
            ...{ partition, frame },
            ...{ by: 'time' as const, brings: ['ROWS BETWEEN', name] },
          }),
        ),
      )
      .map((rule) => ({ ...rule, weight: 0.7 })),
    ...rankings.flatMap((ranking) =>
      (['subquery', 'cte', 'qualify'] as const).map((form) => bestOfGroup(ranking, form, partition)),
    ),
  ]),
  ...(['AVG', 'SUM', 'MAX', 'COUNT'] as const).map((name): Rule => ({
    name: `window ${name} beside each row`,
    brings: ['OVER', 'PARTITION BY', name],
    applies: (shape) => shape.isPlain && shape.width === 1,
    apply(editor) {
      const over = window({ partitionBy: [editor.column('text', 'category')] });
      const args = name === 'COUNT' ? [star()] : [editor.column('number', 'measure')];
      editor.select!.items.push({ expr: call(name, args, { over }), alias: null });
    },
  })),
  namedWindow('RANK', 'ROW_NUMBER'),
  namedWindow('SUM', 'AVG'),
  namedWindow('LAG', 'LEAD'),
  namedWindow('DENSE_RANK', 'PERCENT_RANK'),
  ...windowArithmetic,
  ...windowsOverGroups,
];
