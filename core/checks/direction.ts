import type { Query } from '../sql/ast.js';
import { calls, columns, walk } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

/** Superlatives that name one end of a scale and nothing else: not "first", "top" or "best", whose end the column decides. */
const most = /\b(highest|largest|biggest|greatest|heaviest|most expensive|maximum|the most)\b/i;
const least = /\b(lowest|smallest|fewest|cheapest|lightest|least expensive|minimum|(?<!at )the least)\b/i;
/** Columns of which the smallest value is called the highest: the highest rank is 1. */
const turnedRound = /rank|position|place|standing|priority|grade|order|seed|tier/i;

/**
 * Whether a statement takes the first rows of the other end than the one its question asks for: "the largest store" of `ORDER BY floor_area LIMIT 1`.
 * It speaks only where one order and one superlative are all that can be meant. No rule of an engine sees this, and small models do it often.
 */
export function checkDirection(question: string, query: Query): Rejection | null {
  const [order] = query.orderBy;
  if (!order || query.limit === null || orders(query) !== 1) return null;
  if (calls(query).some(({ name }) => /^(MAX|MIN)(_BY)?$|^ARG_M|RANK|^NTILE$|^ROW_NUMBER$/i.test(name))) return null;
  if (columns(order.expr).some(({ name }) => turnedRound.test(name))) return null;
  // `ORDER BY -price`.
  if (order.expr.kind === 'unary') return null;
  const asked = most.exec(question);
  const opposite = least.exec(question);
  const [wanted, unwanted] = order.descending ? [asked, opposite] : [opposite, asked];
  if (wanted !== null || unwanted === null) return null;
  const way = order.descending ? 'a descending' : 'an ascending';
  return reject('contradicts-order', `"${unwanted[0]}" for the first of ${way} order`);
}

/** Places that order: of queries, windows and aggregates. */
function orders(query: Query): number {
  let found = 0;
  walk(query, (node) => {
    if ('orderBy' in node && Array.isArray(node.orderBy) && node.orderBy.length > 0) found += 1;
  });
  return found;
}
