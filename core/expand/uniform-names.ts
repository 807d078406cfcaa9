import type { Expr, Query, Select } from '../sql/ast.js';

/** Uniform names for a result's columns: `n` counts, `amount` aggregates, `label` is a column, `value` anything else. */
export function uniformItems(select: Select): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const item of select.items) {
    const given = item.alias ?? (item.expr.kind === 'column' ? item.expr.name : null);
    if (given === null) continue;
    const base = uniformName(item.expr);
    let name = base;
    for (let i = 2; taken.has(name); i += 1) name = `${base}${i}`;
    taken.add(name);
    names.set(given.toLowerCase(), name);
  }
  return names;
}

function uniformName(expr: Expr): string {
  if (expr.kind === 'column') return 'label';
  if (expr.kind !== 'call') return 'value';
  if (/^count$/i.test(expr.name)) return 'n';
  return /^(sum|avg|min|max)$/i.test(expr.name) && expr.over === null ? 'amount' : 'value';
}

/** The same for a query: the names of its first SELECT. */
export function uniformNames(query: Query): Map<string, string> {
  const select = leftmost(query.body);
  return select === null ? new Map() : uniformItems(select);
}

/** The first SELECT of a set operation, which names its columns. */
export function leftmost(body: Query['body']): Select | null {
  if (body.kind === 'select') return body;
  if (body.kind === 'set') return leftmost(body.left);
  return body.kind === 'nested' ? leftmost(body.query.body) : null;
}
