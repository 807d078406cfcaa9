import type { Query } from './ast.js';

/** Whether the outermost query orders its rows, so that their order is part of its answer. */
export function ordersRows(query: Query): boolean {
  if (query.orderBy.length > 0) return true;
  return query.body.kind === 'nested' && ordersRows(query.body.query);
}
