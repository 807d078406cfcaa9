import type { Query } from '../sql/ast.js';
import { calls, walk } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

const average = /\b(average|mean)\b/i;
/** Functions that a question may call an average, or that take one out of many values. */
const averages = /AVG|MEAN|MEDIAN|PERCENTILE|QUANTILE|MODE|REGR/i;

/**
 * Whether a statement adds up where its question asks for a mean: "the average rating" of `SUM(rating)`. A sum that is divided may be one.
 * Other aggregates are not told: "the lower of" may be a `MAX`, and a column itself may hold a mean.
 */
export function checkAggregate(question: string, query: Query): Rejection | null {
  const asked = average.exec(question);
  if (asked === null) return null;
  const names = calls(query).map(({ name }) => name);
  if (!names.some((name) => /^SUM$/i.test(name)) || names.some((name) => averages.test(name))) return null;
  let divides = false;
  walk(query, (node) => {
    if (node.kind === 'binary' && /^(\/|\/\/|DIV)$/i.test(node.operator)) divides = true;
  });
  return divides ? null : reject('contradicts-aggregate', `"${asked[0]}" for a sum`);
}
