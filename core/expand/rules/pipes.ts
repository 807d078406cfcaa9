import type { Expr, PipeOperator, Query } from '../../sql/ast.js';
import { call, query, select, star } from '../../templates/build.js';
import { sameTree } from '../../templates/same-tree.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const aliases = ['n', 'amount', 'value'];

/** A query as a pipeline: what FROM gives, then a step for each clause. */
function piped(plain: Query): Query {
  const body = plain.body as Extract<Query['body'], { kind: 'select' }>;
  const operators: PipeOperator[] = [];
  if (body.where !== null) operators.push({ kind: 'pipe-where', condition: body.where });
  const keys = body.groupBy.flatMap((item) => (item.kind === 'expr' ? [item.expr] : []));
  const isKey = (expr: Expr): boolean => keys.some((key) => sameTree(key, expr));
  const made = body.items.filter(({ expr }) => !isKey(expr));
  const aggregates = keys.length > 0 || made.some(({ expr }) => expr.kind === 'call');
  if (aggregates) {
    operators.push({
      kind: 'pipe-aggregate',
      items: made.map(({ expr }, index) => ({ expr, alias: aliases[index]!, order: null, nulls: null })),
      groupBy: keys.map((expr) => ({ group: { kind: 'expr', expr }, alias: null, order: null, nulls: null })),
      orders: false,
    });
  }
  const outcome = (expr: Expr): Expr => {
    const index = aggregates ? made.findIndex((item) => sameTree(item.expr, expr)) : -1;
    return index < 0 ? expr : { kind: 'column', table: null, name: aliases[index]! };
  };
  if (plain.orderBy.length > 0)
    operators.push({
      kind: 'pipe-order',
      orderBy: plain.orderBy.map((item) => ({ ...item, expr: outcome(item.expr) })),
    });
  if (plain.limit !== null) operators.push({ kind: 'pipe-limit', limit: plain.limit, offset: plain.offset });
  if (!aggregates)
    operators.push({
      kind: 'pipe-select',
      select: select(
        body.items.map(({ expr }) => expr),
        null,
      ),
    });
  const input = query(select([star()], body.from, { fromFirst: true }));
  return query({ kind: 'pipe', input, operators });
}

/** Queries that list, that aggregate and that group each have their rule, so that each becomes a pipeline often enough. */
const kinds: Record<string, (base: Shape) => boolean> = {
  listing: (base) => base.isListing,
  aggregating: (base) => base.hasAggregate && !base.isGrouped,
  grouping: (base) => base.isGrouped && base.hasAggregate,
};

const pipeable = ({ select: body, tables, isSingle, hasWindow, query: base }: Shape): boolean =>
  body !== null &&
  isSingle &&
  tables.length === 1 &&
  !hasWindow &&
  base.ctes.length === 0 &&
  body.having === null &&
  body.qualify === null &&
  !body.distinct &&
  body.distinctOn.length === 0 &&
  body.items.length <= 3 &&
  body.groupBy.every((item) => item.kind === 'expr' && body.items.some(({ expr }) => sameTree(expr, item.expr))) &&
  body.items.every(
    ({ expr }) => expr.kind === 'column' || (expr.kind === 'call' && /^(COUNT|SUM|AVG|MIN|MAX)$/.test(expr.name)),
  );

const pipelines = Object.entries(kinds).map(([kind, fits]): Rule => ({
  name: `as a pipeline, ${kind}`,
  brings: ['|>'],
  needs: ['|>'],
  weight: 4,
  applies: (base) => fits(base) && pipeable(base),
  apply(editor) {
    editor.draft.query = piped(editor.query);
  },
}));

/** Totals with a column for each of two values: PIVOT over a subquery. */
const pivotRules = (['SUM', 'AVG', 'MAX', 'COUNT'] as const).flatMap((name) =>
  [false, true].map((grouped): Rule => ({
    name: `pivot ${name}${grouped ? ' by group' : ''}`,
    brings: ['PIVOT', name],
    needs: ['PIVOT'],
    applies: (base) => base.isPlain && base.width === 1 && base.filters < 2,
    apply(editor: Editor) {
      const measure = editor.column('number', 'measure');
      const spread = editor.column('text', 'category');
      const inner = query(
        select([...(grouped ? [editor.column('text', 'category')] : []), spread, measure], editor.select!.from, {
          where: editor.select!.where,
        }),
      );
      const values = [0, 1].map(() => ({ expr: editor.value('existing', spread), alias: null }));
      editor.draft.query = query(
        select([star()], {
          kind: 'pivot',
          style: 'clause',
          source: { kind: 'subquery', query: inner, alias: null, columns: [], lateral: false },
          aggregates: [{ expr: call(name, [measure]), alias: null }],
          columns: [{ expr: spread, values }],
          groupBy: [],
          alias: null,
        }),
      );
    },
  })),
);

export const pipeRules: Rule[] = [...pipelines, ...pivotRules];
