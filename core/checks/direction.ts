import type { Expr, Query } from '../sql/ast.js';
import { calls, columns, walk } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

/** Superlatives that name one end of a scale and nothing else: not "first", "top" or "best", whose end the column decides. */
const most = /\b(highest|largest|biggest|greatest|heaviest|most expensive|maximum|the most)\b/i;
const least = /\b(lowest|smallest|fewest|cheapest|lightest|least expensive|minimum|(?<!at )the least)\b/i;
/** Of people and moments, the words for the smallest value of a column and for the largest. The first scale that a column fits counts. */
const scales = [
  {
    column: /birth|\bdob\b/i,
    smallest: /\b(oldest|eldest|earliest)\b/i,
    largest: /\b(youngest|newest|latest|most recent)\b/i,
  },
  { column: /(^|_)age$/i, smallest: /\byoungest\b/i, largest: /\b(oldest|eldest)\b/i },
  {
    column: /date|year|_on$|_at$|timestamp|founded|opened|since/i,
    smallest: /\b(oldest|earliest)\b/i,
    largest: /\b(newest|latest|most recent(ly)?)\b/i,
  },
];
/** Columns of which the smallest value is called the highest: the highest rank is 1. */
const turnedRound = /rank|position|place|standing|priority|grade|order|seed|tier/i;

/**
 * Whether a statement takes the first rows of the other end than the one its question asks for: "the largest store" of `ORDER BY floor_area LIMIT 1`,
 * "the oldest customer" of `ORDER BY birth_date DESC LIMIT 1`. It speaks only where one order and one superlative are all that can be meant.
 * No rule of an engine sees this, and small models do it often.
 */
export function checkDirection(question: string, query: Query): Rejection | null {
  const [order] = query.orderBy;
  if (!order || query.limit === null || orders(query) !== 1) return null;
  if (calls(query).some(({ name }) => /^(MAX|MIN)(_BY)?$|^ARG_M|RANK|^NTILE$|^ROW_NUMBER$/i.test(name))) return null;
  if (columns(order.expr).some(({ name }) => turnedRound.test(name))) return null;
  // `ORDER BY -price`.
  if (order.expr.kind === 'unary') return null;
  const { smallest, largest } = wordsFor(order.expr, question);
  const [wanted, unwanted] = order.descending ? [largest, smallest] : [smallest, largest];
  if (wanted !== null || unwanted === null) return null;
  const way = order.descending ? 'a descending' : 'an ascending';
  return reject('contradicts-order', `"${unwanted[0]}" for the first of ${way} order`);
}

/** The question's words for either end of what is ordered by. */
function wordsFor(expr: Expr, question: string): Record<'smallest' | 'largest', RegExpExecArray | null> {
  // What is counted or computed of a date is no date.
  const name = expr.kind === 'column' ? expr.name : null;
  const scale = name === null ? undefined : scales.find(({ column }) => column.test(name));
  return {
    smallest: least.exec(question) ?? scale?.smallest.exec(question) ?? null,
    largest: most.exec(question) ?? scale?.largest.exec(question) ?? null,
  };
}

/** Places that order: of queries, windows and aggregates. */
function orders(query: Query): number {
  let found = 0;
  walk(query, (node) => {
    if ('orderBy' in node && Array.isArray(node.orderBy) && node.orderBy.length > 0) found += 1;
  });
  return found;
}
