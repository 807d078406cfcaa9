import type { Expr, FromItem, Query } from '../sql/ast.js';

/** Any node of the tree, or a list of them: what a rewriting function is shown. */
export type TreeNode = Expr | Query | FromItem | object;

/**
 * A copy of the tree in which `change` has replaced nodes, from the leaves up. `change` returns the node itself where it changes nothing.
 * The tree is plain data, so that one function serves queries, expressions and parts of them.
 */
export function rewriteTree<T>(node: T, change: (node: TreeNode) => TreeNode): T {
  if (Array.isArray(node)) return node.map((item: unknown) => rewriteTree(item, change)) as T;
  if (node === null || typeof node !== 'object') return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) copy[key] = rewriteTree(value, change);
  return change(copy) as T;
}

/** Calls `visit` for every object of the tree, parents before children. */
export function visitTree(node: unknown, visit: (node: TreeNode) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visitTree(item, visit);
  } else if (node !== null && typeof node === 'object') {
    visit(node);
    for (const value of Object.values(node)) visitTree(value, visit);
  }
}

/** Whether two parts of trees are the same, without regard to the order of keys. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => sameTree(x, b[i]));
  }
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return (
    Object.keys(left).length === Object.keys(right).length &&
    Object.keys(left).every((key) => sameTree(left[key], right[key]))
  );
}
