import { aggregates } from './aggregates.js';
import type { Query } from './ast.js';
import { calls, children, expressions, isFromItem, isQuery, joins, queries, walk, type SqlNode } from './walk.js';

/** What a query is made of, in numbers; queries inside it included. */
export interface SqlFeatures {
  tables: number;
  joins: number;
  /** Queries that group. */
  groupings: number;
  aggregates: number;
  /** Queries inside expressions and FROM clauses; not CTEs, not the sides of set operations. */
  subqueries: number;
  setOperations: number;
  windows: number;
  ctes: number;
  /** Queries that order, and queries that limit. */
  orders: number;
  limits: number;
  /** 1 for a query without another inside. */
  nestingDepth: number;
}

/** Counts what a query is made of. */
export function featuresOf(query: Query): SqlFeatures {
  const all = queries(query);
  let tables = 0;
  let joined = 0;
  let groupings = 0;
  let setOperations = 0;
  walk(query, (node) => {
    if (isFromItem(node)) tables += node.kind === 'table' ? 1 : 0;
    else if (node.kind === 'set') setOperations += 1;
    else if (node.kind === 'select') {
      joined += joins(node.from).length;
      groupings += node.groupBy.length > 0 ? 1 : 0;
    }
  });
  const ctes = all.reduce((sum, each) => sum + each.ctes.length, 0);
  return {
    tables,
    joins: joined,
    groupings,
    aggregates: all.reduce((sum, each) => sum + aggregates(each).length, 0),
    subqueries: countSubqueries(query),
    setOperations,
    windows: calls(query).filter((call) => call.over !== null).length,
    ctes,
    orders: all.filter((each) => each.orderBy.length > 0).length,
    limits: all.filter((each) => each.limit !== null).length,
    nestingDepth: depthOf(query),
  };
}

function countSubqueries(query: Query): number {
  const inExpressions = expressions(query).filter((expr) => ('query' in expr ? expr.query !== null : false)).length;
  let inFrom = 0;
  walk(query, (node) => {
    if (isFromItem(node) && node.kind === 'subquery') inFrom += 1;
  });
  return inExpressions + inFrom;
}

function depthOf(node: SqlNode): number {
  const below = Math.max(0, ...children(node).map(depthOf));
  return below + (isQuery(node) ? 1 : 0);
}

/** Names of the features by which reports break results down. */
export type FeatureTag =
  'join' | 'grouping' | 'aggregate' | 'subquery' | 'set operation' | 'window' | 'CTE' | 'order' | 'limit' | 'simple';

/** The features a query has, for breaking results down; `simple` where it has none of them. */
export function featureTags(query: Query): FeatureTag[] {
  const features = featuresOf(query);
  const tags: [FeatureTag, number][] = [
    ['join', features.joins],
    ['grouping', features.groupings],
    ['aggregate', features.aggregates],
    ['subquery', features.subqueries],
    ['set operation', features.setOperations],
    ['window', features.windows],
    ['CTE', features.ctes],
    ['order', features.orders],
    ['limit', features.limits],
  ];
  const present = tags.filter(([, count]) => count > 0).map(([tag]) => tag);
  return present.length > 0 ? present : ['simple'];
}
