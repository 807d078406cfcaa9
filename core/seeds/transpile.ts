import type { DialectManifest, Grammar } from '../dialect.js';
import type { Expr, GroupItem, OrderItem, Query, QueryBody, Select } from '../sql/ast.js';
import { isAggregate } from '../sql/aggregates.js';
import { grammarOf, likePostgres } from '../sql/grammar.js';
import { call } from '../sql/parse/calls.js';
import { calls, columns, rewrite } from '../sql/walk.js';
import type { ColumnSlot, ValueSlot } from '../template.js';
import type { Draft } from '../templates/draft.js';
import { sameTree } from '../templates/same-tree.js';
import { SeedRefusal } from './refusal.js';
import { translate } from './translate.js';

/**
 * Makes a SQLite seed legal and unambiguous in another dialect, or throws SeedRefusal. What changes: columns that are put out or sorted by
 * beside a GROUP BY are added to it (where the dialect does not infer them from a primary key); LIKE becomes ILIKE in PostgreSQL and DuckDB and
 * compares lower case in BigQuery, for SQLite's LIKE has no case; functions, operators and types of casts become the dialect's own (translate.ts).
 * INTERSECT and EXCEPT get BigQuery's DISTINCT from the printer. What is refused: what has no counterpart there, a bare
 * column beside an aggregate without GROUP BY, `*` beside GROUP BY, sorting a DISTINCT or a set operation by what is not put out, and set operations
 * of different types. A column that is put out twice is put out once. SQLite itself gets the first repair and the refusals that make an answer arbitrary, too.
 */
export function transpileDraft(draft: Draft, target: DialectManifest): Draft {
  const grammar = grammarOf(target);
  const slots = new Map(draft.columns.map((slot) => [slot.id, slot]));
  const strict = rewrite(draft.query, (node) => (node.kind === 'query' ? strictQuery(node, slots, grammar) : node));
  if (grammar === 'sqlite') return { ...draft, query: strict };
  return likeOf({ ...draft, query: translate(strict, grammar) }, grammar);
}

type Slots = ReadonlyMap<string, ColumnSlot>;

function strictQuery(query: Query, slots: Slots, grammar: Grammar): Query {
  if (query.body.kind === 'set') return strictSet(query, query.body, slots, grammar);
  if (query.body.kind !== 'select') return query;
  const select = strictSelect(withoutRepeats(query.body), query.orderBy, slots, grammar);
  if (select.distinct && grammar !== 'sqlite') {
    const shown = (item: OrderItem) => select.items.some(({ expr }) => sameTree(expr, item.expr));
    if (!query.orderBy.every(shown)) throw new SeedRefusal('order-beside-distinct');
  }
  return { ...query, body: select };
}

// Putting the same column out twice says nothing, and BigQuery refuses results with two columns of one name.
function withoutRepeats(select: Select): Select {
  const items = select.items.filter(
    ({ expr }, index) => select.items.findIndex((item) => sameTree(item.expr, expr)) === index,
  );
  return { ...select, items };
}

function strictSet(query: Query, body: QueryBody & { kind: 'set' }, slots: Slots, grammar: Grammar): Query {
  if (query.orderBy.length > 0 && grammar !== 'sqlite') throw new SeedRefusal('order-of-set-operation');
  const side = (each: QueryBody): QueryBody => {
    if (each.kind === 'set') return { ...each, left: side(each.left), right: side(each.right) };
    return each.kind === 'select' ? strictSelect(each, [], slots, grammar) : each;
  };
  if (grammar !== 'sqlite') sameTypes(body, slots);
  return { ...query, body: side(body) };
}

function sameTypes(body: QueryBody & { kind: 'set' }, slots: Slots): void {
  const typeOf = (expr: Expr) => (expr.kind === 'column' ? slots.get(expr.name)?.type : undefined);
  const [left, right] = [firstSelect(body.left), firstSelect(body.right)];
  left?.items.forEach(({ expr }, index) => {
    const other = right?.items[index]?.expr;
    if (other === undefined || sameTree(expr, other)) return;
    if (typeOf(expr) !== typeOf(other)) throw new SeedRefusal('mixed-set-operation');
  });
}

function firstSelect(body: QueryBody): Select | null {
  if (body.kind === 'select') return body;
  return body.kind === 'set' ? firstSelect(body.left) : null;
}

/** The columns of an expression that stand outside its aggregates. */
function bareColumns(expr: Expr): (Expr & { kind: 'column' })[] {
  const inside = new Set(
    calls(expr, { own: true })
      .filter(isAggregate)
      .flatMap((call) => columns(call, { own: true })),
  );
  return columns(expr, { own: true }).filter((column) => !inside.has(column));
}

function strictSelect(select: Select, orderBy: OrderItem[], slots: Slots, grammar: Grammar): Select {
  const shown = [
    ...select.items.map((item) => item.expr),
    ...orderBy.map((item) => item.expr),
    ...(select.having === null ? [] : [select.having]),
  ];
  const aggregated = shown.some((expr) => calls(expr, { own: true }).some(isAggregate));
  if (select.groupBy.length === 0) {
    if (aggregated && shown.some((expr) => bareColumns(expr).length > 0)) throw new SeedRefusal('ungrouped-output');
    if (aggregated && shown.some((expr) => expr.kind === 'star')) throw new SeedRefusal('grouped-star');
    return select;
  }
  if (shown.some((expr) => expr.kind === 'star')) throw new SeedRefusal('grouped-star');
  const groups: GroupItem[] = [...select.groupBy];
  for (const column of shown.flatMap(bareColumns)) {
    const grouped = groups.some((item) => item.kind === 'expr' && sameTree(item.expr, column));
    if (!grouped && !followsFromKey(column, groups, slots, grammar)) groups.push({ kind: 'expr', expr: column });
  }
  return { ...select, groupBy: groups };
}

// SQLite and PostgreSQL: a table's primary key among the groups determines its other columns.
function followsFromKey(
  column: Expr & { kind: 'column' },
  groups: GroupItem[],
  slots: Slots,
  grammar: Grammar,
): boolean {
  if (grammar !== 'sqlite' && grammar !== 'postgres') return false;
  const table = slots.get(column.name)?.table;
  return groups.some((item) => {
    if (item.kind !== 'expr' || item.expr.kind !== 'column' || item.expr.table !== column.table) return false;
    const slot = slots.get(item.expr.name);
    return slot?.role === 'key' && slot.path === 'primary' && slot.table === table;
  });
}

function likeOf(draft: Draft, grammar: Grammar): Draft {
  // MariaDB compares by a collation that has no case, as SQLite's LIKE does.
  if (grammar === 'mariadb') return draft;
  const lowered = new Set<string>();
  const query = rewrite(draft.query, (node) => {
    if (node.kind !== 'like' || node.operator !== 'LIKE') return node;
    if (likePostgres(grammar)) return { ...node, operator: 'ILIKE' };
    if (node.pattern.kind === 'placeholder') lowered.add(node.pattern.id);
    return { ...node, operand: call('LOWER', [node.operand]) };
  });
  const values = draft.values.map((slot): ValueSlot =>
    lowered.has(slot.id) ? { ...slot, form: slot.form!.replace('{}', '{lower}') } : slot,
  );
  return { ...draft, query, values };
}
