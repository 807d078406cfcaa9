import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import type { Links } from './links.js';
import { sentinelIndex } from './sentinels.js';

type Join = FromItem & { kind: 'join' };

/**
 * Writes inner joins as the prompt does: tables in its order, each with the conditions that concern it and those before
 * it, the earlier table's column on the left of an equality. The result of an unlimited, unordered bag is the same;
 * statements whose result may depend on the order in which rows come keep their own order of tables.
 */
export function canonicalJoins(select: Select, query: Query, links: Links): void {
  const { from } = select;
  if (from?.kind !== 'join') return;
  const order = (table: number): number => {
    const at = links.joinOrder.indexOf(table);
    return at < 0 ? links.joinOrder.length + table : at;
  };
  const chain = innerChain(from);
  const tables = chain?.leaves.map(tableOf);
  if (chain && tables && !tables.includes(null) && !dependsOnRowOrder(query)) {
    const reordered = rebuild(chain, order, links);
    if (reordered) select.from = reordered;
  }
  eachCondition(select.from!, (condition) => turn(condition, order, links));
}

interface Chain {
  leaves: FromItem[];
  conditions: Expr[];
}

/** The leaves and conditions of joins that are all inner and ON; null where any is not. */
function innerChain(item: FromItem): Chain | null {
  if (item.kind !== 'join') return { leaves: [item], conditions: [] };
  if (item.type !== 'inner' || item.using.length > 0 || item.natural || !item.on) return null;
  const [left, right] = [innerChain(item.left), innerChain(item.right)];
  if (!left || !right) return null;
  return {
    leaves: [...left.leaves, ...right.leaves],
    conditions: [...left.conditions, ...right.conditions, ...conjuncts(item.on)],
  };
}

const conjuncts = (expr: Expr): Expr[] =>
  expr.kind === 'binary' && expr.operator === 'AND' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];

const tableOf = (item: FromItem): number | null =>
  item.kind === 'table' && item.alias === null && item.name.length === 1 ? sentinelIndex('t', item.name[0]!) : null;

const orderedCalls =
  /^(GROUP_CONCAT|STRING_AGG|ARRAY_AGG|JSON_GROUP_ARRAY|JSON_GROUP_OBJECT|JSONB?_AGG|JSONB?_OBJECT_AGG|ANY_VALUE|ARRAY|STRING_AGG|ARRAY_CONCAT_AGG)$/;

/** Anywhere in the statement: a limit, a window, an aggregate that keeps an order, a DISTINCT ON. */
function dependsOnRowOrder(node: unknown): boolean {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some(dependsOnRowOrder);
  const { kind, limit, over, name, distinctOn } = node as Record<string, unknown>;
  if (kind === 'query' && limit) return true;
  if (kind === 'call' && (over || (typeof name === 'string' && orderedCalls.test(name)))) return true;
  if (kind === 'array-query' || (Array.isArray(distinctOn) && distinctOn.length > 0)) return true;
  return Object.values(node).some(dependsOnRowOrder);
}

function rebuild({ leaves, conditions }: Chain, order: (table: number) => number, links: Links): FromItem | null {
  const waiting = [...leaves].sort((a, b) => order(tableOf(a)!) - order(tableOf(b)!));
  let open = conditions.map((condition) => ({ condition, needs: tablesIn(condition, links) }));
  let joined: FromItem = waiting.shift()!;
  const there = new Set([tableOf(joined)!]);
  while (waiting.length > 0) {
    const at = waiting.findIndex((leaf) =>
      open.some(
        ({ needs }) =>
          needs.has(tableOf(leaf)!) &&
          [...needs].every((table) => table === tableOf(leaf) || there.has(table)) &&
          needs.size > 1,
      ),
    );
    if (at < 0) return null;
    const [leaf] = waiting.splice(at, 1);
    there.add(tableOf(leaf!)!);
    const ready = open.filter(({ needs }) => [...needs].every((table) => there.has(table)));
    open = open.filter((entry) => !ready.includes(entry));
    const on = ready
      .map(({ condition }) => condition)
      .reduce((left, right) => ({ kind: 'binary', operator: 'AND', left, right }));
    joined = { kind: 'join', type: 'inner', left: joined, right: leaf!, on, using: [], natural: false };
  }
  return open.length === 0 ? joined : null;
}

function tablesIn(node: unknown, links: Links, found = new Set<number>()): Set<number> {
  if (node === null || typeof node !== 'object') return found;
  const { kind, name } = node as { kind?: string; name?: unknown };
  const column = kind === 'column' && typeof name === 'string' ? sentinelIndex('c', name) : null;
  if (column !== null) found.add(links.columns[column]!.table);
  for (const child of Object.values(node)) tablesIn(child, links, found);
  return found;
}

function eachCondition(item: FromItem, visit: (condition: Expr) => void): void {
  if (item.kind !== 'join') return;
  eachCondition((item as Join).left, visit);
  eachCondition((item as Join).right, visit);
  if (item.on) for (const condition of conjuncts(item.on)) visit(condition);
}

/** Puts the column of the earlier table on the left of an equality between two bare columns. */
function turn(condition: Expr, order: (table: number) => number, links: Links): void {
  if (condition.kind !== 'binary' || condition.operator !== '=') return;
  const [left, right] = [ownerOf(condition.left, links), ownerOf(condition.right, links)];
  if (left === null || right === null || order(left) <= order(right)) return;
  [condition.left, condition.right] = [condition.right, condition.left];
}

function ownerOf(expr: Expr, links: Links): number | null {
  const column = expr.kind === 'column' && expr.table === null ? sentinelIndex('c', expr.name) : null;
  return column === null ? null : links.columns[column]!.table;
}
