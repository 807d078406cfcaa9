import type { Call, Expr, FromItem, GroupItem, PipeOperator, Query, QueryBody } from './ast.js';

/** Anything in the tree that says its kind. */
export type SqlNode = Query | QueryBody | PipeOperator | FromItem | Expr | GroupItem;

const fromKinds = new Set([
  'table',
  'function',
  'rows-from',
  'join',
  'named-join',
  'as-of',
  'sample',
  'pivot',
  'unpivot',
  'match-recognize',
]);
const queryKinds = new Set(['query', 'select', 'set', 'values', 'nested', 'pipe']);
const groupKinds = new Set(['expr', 'all', 'rollup', 'cube', 'sets', 'nested-sets']);

/** Whether a node stands in a FROM clause. */
export function isFromItem(node: SqlNode): node is FromItem {
  return fromKinds.has(node.kind) || (node.kind === 'subquery' && 'lateral' in node);
}

/** Whether a node is an expression. */
export function isExpr(node: SqlNode): node is Expr {
  return !queryKinds.has(node.kind) && !groupKinds.has(node.kind) && !isPipeOperator(node) && !isFromItem(node);
}

/** Whether a node is a step of pipe syntax. */
export function isPipeOperator(node: SqlNode): node is PipeOperator {
  return node.kind.startsWith('pipe-');
}

/** Whether a node begins a scope of its own: a query below another. */
export function isQuery(node: SqlNode): node is Query {
  return node.kind === 'query';
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

/** The nodes directly below a node, in the order in which a statement writes them. */
export function children(node: SqlNode): SqlNode[] {
  const found: SqlNode[] = [];
  collect(Object.values(node), found);
  return found;
}

function collect(values: unknown[], found: SqlNode[]): void {
  for (const value of values) {
    if (isNode(value)) found.push(value);
    else if (typeof value === 'object' && value !== null) collect(Object.values(value), found);
  }
}

/** Visits a node and all below it, parents first. A visitor that returns false is not taken below that node. */
export function walk(root: SqlNode, visit: (node: SqlNode) => boolean | void): void {
  if (visit(root) === false) return;
  for (const child of children(root)) walk(child, visit);
}

/** A copy of a tree in which every node, children first, is replaced by what `change` makes of it. */
export function rewrite<T extends SqlNode>(root: T, change: (node: SqlNode) => SqlNode): T {
  return change(copyBelow(root, change) as T) as T;
}

function copyBelow(value: unknown, change: (node: SqlNode) => SqlNode): unknown {
  if (Array.isArray(value)) return value.map((item) => copyNode(item, change));
  if (typeof value !== 'object' || value === null) return value;
  // Not by Object.entries: statements are copied many times over, and lists of entries cost three times as much.
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyNode((value as Record<string, unknown>)[key], change);
  return copy;
}

function copyNode(value: unknown, change: (node: SqlNode) => SqlNode): unknown {
  const copy = copyBelow(value, change);
  return isNode(copy) ? change(copy) : copy;
}

/** Every expression below a node, nested queries included; `own` leaves nested queries out. */
export function expressions(root: SqlNode, { own = false }: { own?: boolean } = {}): Expr[] {
  const found: Expr[] = [];
  walk(root, (node) => {
    if (own && isQuery(node) && node !== root) return false;
    if (isExpr(node)) found.push(node);
    return true;
  });
  return found;
}

/** Every function call below a node. */
export function calls(root: SqlNode, options: { own?: boolean } = {}): Call[] {
  return expressions(root, options).filter((expr) => expr.kind === 'call');
}

/** Every column below a node. */
export function columns(root: SqlNode, options: { own?: boolean } = {}): (Expr & { kind: 'column' })[] {
  return expressions(root, options).filter((expr) => expr.kind === 'column');
}

/** Every query below a node, itself first where it is one. */
export function queries(root: SqlNode): Query[] {
  const found: Query[] = [];
  walk(root, (node) => {
    if (isQuery(node)) found.push(node);
  });
  return found;
}

/** Every item of a FROM clause that is no join, left to right. */
export function sources(from: FromItem | null): Exclude<FromItem, { kind: 'join' }>[] {
  if (from === null) return [];
  return from.kind === 'join' ? [...sources(from.left), ...sources(from.right)] : [from];
}

/** The joins of a FROM clause, left to right. */
export function joins(from: FromItem | null): (FromItem & { kind: 'join' })[] {
  if (from === null || from.kind !== 'join') return [];
  return [...joins(from.left), ...joins(from.right), from];
}

/** The parts of a condition that AND joins. */
export function conjuncts(condition: Expr | null): Expr[] {
  if (condition === null) return [];
  if (condition.kind !== 'binary' || condition.operator !== 'AND') return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}
