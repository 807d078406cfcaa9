import type { Expr, Query } from '../sql/ast.js';
import { conjuncts, rewrite, walk } from '../sql/walk.js';

/** Which end of a column's range a threshold should be near, so that rows are left on the side that the comparison keeps. */
export interface Lean {
  end: 'low' | 'high';
  /** Whether the limit itself is kept. */
  inclusive: boolean;
}

const isLower = (operator: string): boolean => operator === '>' || operator === '>=';
const isUpper = (operator: string): boolean => operator === '<' || operator === '<=';

/** By value slot: a limit that rows must exceed leans low, one that they must stay below leans high. */
export function leansOf(query: Query): Map<string, Lean> {
  const leans = new Map<string, Lean>();
  walk(query, (node) => {
    if (node.kind !== 'binary' || node.right.kind !== 'placeholder') return;
    const inclusive = node.operator.endsWith('=');
    if (isLower(node.operator)) leans.set(node.right.id, { end: 'low', inclusive });
    if (isUpper(node.operator)) leans.set(node.right.id, { end: 'high', inclusive });
  });
  return leans;
}

type Comparison = Extract<Expr, { kind: 'binary' }>;

/** Puts the limits of `x >= 72 AND x <= 43` right, which nothing fits, and of `x > 43 OR x < 72`, which everything does. */
export function orderBounds(query: Query): Query {
  return rewrite(query, (node) => {
    if (node.kind === 'select') return { ...node, where: orderIn(node.where) };
    return node.kind === 'binary' && node.operator === 'OR' ? partBounds(node) : node;
  });
}

function partBounds(either: Comparison): Comparison {
  const { left, right } = either;
  if (left.kind !== 'binary' || right.kind !== 'binary' || JSON.stringify(left.left) !== JSON.stringify(right.left))
    return either;
  const [lower, upper] = isLower(left.operator) ? [left, right] : [right, left];
  if (!isLower(lower.operator) || !isUpper(upper.operator) || !exceeds(upper.right, lower.right)) return either;
  return { ...either, left: { ...left, right: right.right }, right: { ...right, right: left.right } };
}

function orderIn(where: Expr | null): Expr | null {
  if (where === null) return null;
  const bounds = conjuncts(where).filter((part): part is Comparison => part.kind === 'binary');
  const swaps = new Map<Expr, Expr>();
  for (const lower of bounds.filter(({ operator }) => isLower(operator))) {
    const upper = bounds.find(
      (other) => isUpper(other.operator) && JSON.stringify(other.left) === JSON.stringify(lower.left),
    );
    if (upper === undefined || !exceeds(lower.right, upper.right)) continue;
    swaps.set(lower.right, upper.right);
    swaps.set(upper.right, lower.right);
  }
  return swaps.size === 0 ? where : replaceLimits(where, swaps);
}

function replaceLimits(expr: Expr, swaps: Map<Expr, Expr>): Expr {
  if (expr.kind !== 'binary') return expr;
  if (expr.operator === 'AND')
    return { ...expr, left: replaceLimits(expr.left, swaps), right: replaceLimits(expr.right, swaps) };
  return { ...expr, right: swaps.get(expr.right) ?? expr.right };
}

function exceeds(a: Expr, b: Expr): boolean {
  if (a.kind === 'number' && b.kind === 'number') return Number(a.text) > Number(b.text);
  return a.kind === 'string' && b.kind === 'string' && a.value > b.value;
}
