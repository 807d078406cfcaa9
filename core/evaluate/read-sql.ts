import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { featuresOf } from '../sql/features.js';
import { hardness } from '../sql/hardness.js';
import { ordersRows } from '../sql/order.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import type { Hardness } from '../template.js';

/** The tree of a statement; null where the parser cannot read it. */
export function tryParse(sql: string, dialect: DialectManifest): Query | null {
  try {
    return parse(sql, dialect);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** Whether the order of a statement's rows is part of its answer; not of one that cannot be read. */
export function statementOrdersRows(sql: string, dialect: DialectManifest): boolean {
  const query = tryParse(sql, dialect);
  return query !== null && ordersRows(query);
}

/** Hardness and the parts by which results are broken down; what cannot be read counts as the hardest. */
export function describeSql(query: Query | null): { hardness: Hardness; features: string[] } {
  if (!query) return { hardness: 'extra', features: ['unread'] };
  const found = featuresOf(query);
  const features = Object.entries({
    join: found.joins,
    group: found.groupings,
    aggregate: found.aggregates,
    subquery: found.subqueries,
    'set operation': found.setOperations,
    window: found.windows,
    CTE: found.ctes,
    order: found.orders,
  })
    .filter(([, count]) => count > 0)
    .map(([name]) => name);
  return { hardness: hardness(query), features: features.length > 0 ? features : ['plain'] };
}
