import type { SqlValue } from '../database.js';
import type { Expr, Query, Select } from '../sql/ast.js';
import { isQuery, walk } from '../sql/walk.js';
import { sameTree } from '../templates/same-tree.js';

/** A statement that shows whether a limit cuts through rows that are ordered alike. */
export interface TieProbe {
  query: Query;
  /** Rows that the probed query keeps; the probe asks for one more. */
  limit: number;
  /** Whether it is the statement itself that keeps them, and not a query in it. */
  whole: boolean;
  /** How many values at the end of each row are what the rows are ordered by. */
  keys: number;
}

/**
 * Of each query in a statement that keeps the first rows of an order, the same query with a row more and with what it orders by beside its outputs.
 * One that depends on rows outside of it is no statement by itself: its probe fails on the engine, and says nothing.
 */
export function tieProbes(query: Query): TieProbe[] {
  const found: TieProbe[] = [];
  const visit = (root: Query, outer: Query['ctes']): void => {
    const ctes = [...outer, ...root.ctes];
    const probe = probeOf({ ...root, ctes });
    if (probe !== null) found.push({ ...probe, whole: root === query });
    // A common table knows those before it; what stands in the body knows all.
    root.ctes.forEach((cte, at) => visit(cte.query, [...outer, ...root.ctes.slice(0, at)]));
    walk(root.body, (node) => {
      if (!isQuery(node)) return;
      visit(node, ctes);
      return false;
    });
  };
  visit(query, []);
  return found;
}

/** Whether the last row that is kept and the first that is not differ, though they are ordered alike: which of them comes first nobody has said. */
export function isTied({ limit, keys }: TieProbe, rows: readonly (readonly SqlValue[])[]): boolean {
  const [last, next] = [rows[limit - 1], rows[limit]];
  if (last === undefined || next === undefined) return false;
  const same = (from: number, to?: number): boolean =>
    JSON.stringify(last.slice(from, to)) === JSON.stringify(next.slice(from, to));
  return same(-keys) && !same(0, -keys);
}

function probeOf(query: Query): Omit<TieProbe, 'whole'> | null {
  const { body, orderBy, limit, offset } = query;
  if (body.kind !== 'select' || orderBy.length === 0 || limit?.kind !== 'number' || offset !== null) return null;
  if (query.withTies || query.percent || body.as !== null || body.distinctOn.length > 0 || body.privacy) return null;
  const rows = Number(limit.text);
  if (!Number.isSafeInteger(rows) || rows < 1) return null;
  const keys = orderBy.map(({ expr }) => standsFor(expr, body));
  if (keys.some((key) => key === null)) return null;
  const exprs = keys as Expr[];
  // Another output could make equal rows different.
  if (body.distinct && !exprs.every((key) => body.items.some(({ expr }) => sameTree(expr, key)))) return null;
  const items = exprs.map((expr, at) => ({ expr, alias: `tie_${at + 1}` }));
  return {
    query: {
      ...query,
      body: { ...body, items: [...body.items, ...items] },
      limit: { kind: 'number', text: String(rows + 1) },
    },
    ...{ limit: rows, keys: items.length },
  };
}

/** What a key of ORDER BY means: an output by its place or name, or the expression that it is. */
function standsFor(key: Expr, { items }: Select): Expr | null {
  if (key.kind === 'number')
    return items.some(({ expr }) => expr.kind === 'star') ? null : (items[Number(key.text) - 1]?.expr ?? null);
  if (key.kind !== 'column' || key.table !== null) return key;
  const name = key.name.toLowerCase();
  return items.find(({ alias }) => alias?.toLowerCase() === name)?.expr ?? key;
}
