import type { Query, Select } from './ast.js';
import { rewrite, type SqlNode } from './walk.js';

/**
 * The statement with each `OVER w` replaced by what the WINDOW clause says of `w`. Null where a name is unknown, or is said by another.
 * @param select the SELECT with the clause; `query` holds the ORDER BY that may use its names
 */
export function withoutNamedWindows(query: Query, select: Select): { query: Query; select: Select } | null {
  if (select.windows.length === 0) return { query, select };
  const named = new Map(select.windows.map(({ name, window }) => [name.toLowerCase(), window]));
  let known = true;
  const inline = (node: SqlNode): SqlNode => {
    if (node.kind !== 'call' || node.over === null || node.over.base === null) return node;
    const base = named.get(node.over.base.toLowerCase());
    if (base === undefined || base.base !== null) {
      known = false;
      return node;
    }
    return {
      ...node,
      over: {
        base: null,
        partitionBy: [...base.partitionBy, ...node.over.partitionBy],
        orderBy: [...base.orderBy, ...node.over.orderBy],
        frame: node.over.frame ?? base.frame,
      },
    };
  };
  const inlined = { query: rewrite(query, inline), select: { ...rewrite(select, inline), windows: [] } };
  return known ? inlined : null;
}
