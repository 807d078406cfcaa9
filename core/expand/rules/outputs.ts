import type { Expr } from '../../sql/ast.js';
import { ascending, binary, call, descending, number, star } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const lists = (base: Shape): boolean => base.isList;

function aggregateRule(name: string, make: (editor: Editor) => Expr, brings: string[], weight = 2): Rule {
  return {
    name: `aggregate ${name}`,
    brings,
    weight,
    applies: lists,
    apply: (editor) => editor.put(make(editor)),
  };
}

const measureOf =
  (name: string) =>
  (editor: Editor): Expr =>
    call(name, [editor.column('number', 'measure')]);
const count = (): Expr => call('COUNT', [star()]);

const aggregates: [string, (editor: Editor) => Expr, string[]][] = [
  ['count', count, ['COUNT']],
  ['count distinct', (e) => call('COUNT', [e.column('text', 'category')], { distinct: true }), ['COUNT', 'DISTINCT']],
  ['avg', measureOf('AVG'), ['AVG']],
  ['sum', measureOf('SUM'), ['SUM']],
  ['min', measureOf('MIN'), ['MIN']],
  ['max', measureOf('MAX'), ['MAX']],
];

function groupRule(name: string, make: (editor: Editor) => Expr, brings: string[]): Rule {
  return {
    name: `group ${name}`,
    brings: ['GROUP BY', ...brings],
    weight: 2,
    applies: lists,
    apply(editor) {
      const key = editor.column('text', 'category');
      editor.put(key, make(editor));
      editor.group(key);
    },
  };
}

const lastItem = (editor: Editor): Expr => editor.select!.items[editor.select!.items.length - 1]!.expr;

function having(name: string, brings: string[], condition: (editor: Editor) => Expr): Rule {
  return {
    name: `having ${name}`,
    brings: ['HAVING', ...brings],
    applies: (base) =>
      base.isGrouped && base.select!.having === null && !base.isOrdered && base.query.ctes.length === 0,
    apply(editor) {
      editor.select!.having = condition(editor);
    },
  };
}

export const outputRules: Rule[] = [
  ...aggregates.map(([name, make, brings]) => aggregateRule(name, make, brings)),
  aggregateRule('max date', (e) => call('MAX', [e.column('date', 'time')]), ['MAX'], 1),
  aggregateRule('min date', (e) => call('MIN', [e.column('date', 'time')]), ['MIN'], 1),
  {
    name: 'aggregate two',
    brings: ['MIN', 'MAX'],
    applies: lists,
    apply(editor) {
      const measure = editor.column('number', 'measure');
      editor.put(call('MIN', [measure]), call('MAX', [measure]));
    },
  },
  ...aggregates.map(([name, make, brings]) => groupRule(name, make, brings)),
  {
    name: 'group by two keys',
    brings: ['GROUP BY'],
    applies: lists,
    apply(editor) {
      const keys = [editor.column('text', 'category'), editor.column('text', 'category')];
      editor.put(...keys, count());
      editor.group(...keys);
    },
  },
  {
    name: 'group two aggregates',
    brings: ['GROUP BY', 'AVG'],
    applies: lists,
    apply(editor) {
      const key = editor.column('text', 'category');
      editor.put(key, count(), call('AVG', [editor.column('number', 'measure')]));
      editor.group(key);
    },
  },
  having('count', ['COUNT'], (editor) => binary(count(), '>', editor.value('count'))),
  having('count at least', ['COUNT'], (editor) => binary(count(), '>=', editor.value('count'))),
  having('average', ['AVG'], (editor) => {
    const measure = editor.column('number', 'measure');
    return binary(call('AVG', [measure]), '>', editor.value('threshold', measure));
  }),
  {
    name: 'group key only',
    brings: ['GROUP BY', 'HAVING'],
    applies: (base) =>
      base.select?.groupBy.length === 1 &&
      base.select.having !== null &&
      base.width > 1 &&
      !base.isOrdered &&
      base.query.ctes.length === 0,
    apply: (editor) => editor.put(editor.first),
  },
  {
    name: 'second output',
    brings: [],
    weight: 4,
    applies: (base) => lists(base) && base.width === 1,
    apply: (editor) => editor.put(editor.first, editor.column('other', 'any')),
  },
  {
    name: 'third output',
    brings: [],
    applies: (base) => lists(base) && base.width === 2 && base.filters < 2,
    apply: (editor) => editor.put(...editor.select!.items.map((item) => item.expr), editor.column('other', 'any')),
  },
  {
    name: 'all columns',
    brings: ['*'],
    applies: (base) => lists(base) && base.isSingle && base.width === 1,
    apply: (editor) => editor.put(star()),
  },
  {
    name: 'distinct',
    brings: ['DISTINCT'],
    weight: 2,
    applies: (base) => lists(base) && base.isSingle && base.width === 1,
    apply(editor) {
      editor.put(editor.column('text', 'category'));
      editor.select!.distinct = true;
    },
  },
  {
    name: 'arithmetic',
    brings: [],
    applies: (base) => lists(base) && base.width === 1,
    apply(editor) {
      const operator = editor.random.pick(['*', '+', '-']);
      editor.put(
        editor.first,
        binary(editor.column('number', 'measure'), operator, editor.column('number', 'measure')),
      );
    },
  },
  ...([true, false] as const).flatMap((down): Rule[] => [
    {
      name: `order by measure ${down ? 'descending' : 'ascending'}`,
      brings: ['ORDER BY'],
      weight: 2,
      applies: (base) => base.isListing && !base.isOrdered && base.query.ctes.length === 0 && !base.hasWindow,
      apply(editor) {
        const key = editor.column('number', 'measure');
        editor.query.orderBy = [down ? descending(key) : ascending(key)];
      },
    },
    {
      name: `order by date ${down ? 'descending' : 'ascending'}`,
      brings: ['ORDER BY'],
      applies: (base) => base.isListing && !base.isOrdered && base.query.ctes.length === 0 && !base.hasWindow,
      apply(editor) {
        const key = editor.column('date', 'time');
        editor.query.orderBy = [down ? descending(key) : ascending(key)];
      },
    },
    {
      name: `order groups ${down ? 'descending' : 'ascending'}`,
      brings: ['GROUP BY', 'ORDER BY'],
      weight: 2,
      applies: (base) =>
        base.isGrouped &&
        !base.isOrdered &&
        base.width > 1 &&
        base.query.ctes.length === 0 &&
        base.last?.kind === 'call',
      apply(editor) {
        editor.query.orderBy = [down ? descending(lastItem(editor)) : ascending(lastItem(editor))];
      },
    },
  ]),
  {
    name: 'order by output',
    brings: ['ORDER BY'],
    applies: (base) => lists(base) && base.select!.items[0]!.expr.kind === 'column',
    apply(editor) {
      editor.query.orderBy = [ascending(editor.first)];
    },
  },
  {
    name: 'limit',
    brings: ['LIMIT', 'ORDER BY'],
    weight: 4,
    applies: (base) =>
      base.query.orderBy.length > 0 && base.query.limit === null && !base.hasWindow && base.query.ctes.length === 0,
    apply(editor) {
      editor.query.limit = editor.value('limit');
    },
  },
  {
    name: 'offset',
    brings: ['OFFSET'],
    applies: (base) => base.query.limit !== null && base.query.offset === null && base.isSingle,
    apply(editor) {
      editor.query.offset = number(1);
    },
  },
];
