import type { Call } from './ast.js';
import { calls, type SqlNode } from './walk.js';

const names = new Set(
  `COUNT SUM AVG MIN MAX TOTAL GROUP_CONCAT STRING_AGG ARRAY_AGG ARRAY_CONCAT_AGG ANY_VALUE COUNTIF LOGICAL_AND LOGICAL_OR
   BOOL_AND BOOL_OR EVERY BIT_AND BIT_OR BIT_XOR CORR COVAR_POP COVAR_SAMP STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP
   VAR_SAMP MEDIAN MODE PERCENTILE PERCENTILE_CONT PERCENTILE_DISC APPROX_COUNT_DISTINCT APPROX_QUANTILES APPROX_TOP_COUNT JSON_AGG
   JSONB_AGG JSON_OBJECT_AGG JSONB_OBJECT_AGG JSON_GROUP_ARRAY JSON_GROUP_OBJECT JSONB_GROUP_ARRAY JSONB_GROUP_OBJECT XMLAGG
   RANGE_AGG REGR_SLOPE REGR_INTERCEPT REGR_COUNT REGR_R2 GROUPING MAX_BY MIN_BY JSON_ARRAYAGG JSON_OBJECTAGG`.split(
    /\s+/,
  ),
);

/** Whether a call makes one value of many rows. SQLite's MIN and MAX of several arguments do not. */
export function isAggregate(call: Call): boolean {
  const name = call.name.toUpperCase();
  if (call.over !== null || !names.has(name)) return false;
  return !((name === 'MIN' || name === 'MAX') && call.args.length > 1);
}

/** The aggregates of one query's own, not those of queries below it. */
export function aggregates(root: SqlNode): Call[] {
  return calls(root, { own: true }).filter(isAggregate);
}
