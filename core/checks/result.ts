import type { SqlValue } from '../database.js';
import type { FromItem, Query, QueryBody, Select } from '../sql/ast.js';
import { isAggregate } from '../sql/aggregates.js';
import { expressions, sources } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

export interface ExecutedRows {
  rows: SqlValue[][];
  /** The engine stopped before the end. */
  truncated: boolean;
}

/** Whether a result can teach anything: not too large, not empty, not all NULL, and not the same whatever the data are. */
export function checkResult(query: Query, { rows, truncated }: ExecutedRows, maxRows: number): Rejection | null {
  if (truncated || rows.length > maxRows) return reject('too-large', `more than ${maxRows} rows or the cap on bytes`);
  if (rows.length === 0) return reject('empty-result', 'no rows');
  if (rows.every((row) => row.every((value) => value === null)))
    return reject('all-null', `${rows.length} rows of NULL`);
  if (!dependsOnData(query)) return reject('constant-result', 'no output is read from a table');
  return null;
}

/**
 * Whether a query's output is read from stored data: it has a real table below it, and an output that is a column or an aggregate of
 * rows of such data. `SELECT 1 FROM t` and a recursive CTE that counts from 1 to 5 do not.
 */
export function dependsOnData(query: Query, constantTables: ReadonlySet<string> = new Set()): boolean {
  const constant = new Set(constantTables);
  for (const cte of query.ctes) {
    // A recursive CTE sees itself; on its own it is no data.
    const inside = new Set([...constant, cte.name.toLowerCase()]);
    if (dependsOnData(cte.query, query.recursive ? inside : constant)) constant.delete(cte.name.toLowerCase());
    else constant.add(cte.name.toLowerCase());
  }
  return bodyDepends(query.body, constant);
}

function bodyDepends(body: QueryBody, constant: ReadonlySet<string>): boolean {
  switch (body.kind) {
    case 'select':
      return selectDepends(body, constant);
    case 'set':
      return bodyDepends(body.left, constant) || bodyDepends(body.right, constant);
    case 'nested':
      return dependsOnData(body.query, constant);
    case 'values':
      return body.rows.some((row) => row.some((expr) => hasDataQuery(expr, constant)));
    case 'pipe':
      return dependsOnData(body.input, constant);
  }
}

function selectDepends(select: Select, constant: ReadonlySet<string>): boolean {
  const reads = sources(select.from).some((source) => sourceDepends(source, constant));
  return select.items.some(({ expr }) => {
    if (hasDataQuery(expr, constant)) return true;
    const reader = expressions(expr, { own: true }).some(
      (part) =>
        part.kind === 'column' ||
        part.kind === 'star' ||
        (part.kind === 'call' && (isAggregate(part) || part.over !== null)),
    );
    return reads && reader;
  });
}

function sourceDepends(source: Exclude<FromItem, { kind: 'join' }>, constant: ReadonlySet<string>): boolean {
  if (source.kind === 'table') return source.name.length > 1 || !constant.has(source.name[0]!.toLowerCase());
  if (source.kind === 'subquery') return dependsOnData(source.query, constant);
  if (source.kind === 'function' || source.kind === 'rows-from') {
    const calls = source.kind === 'function' ? [source.call] : source.calls.map(({ call }) => call);
    return calls.some(
      (call) => expressions(call, { own: true }).some((part) => part.kind === 'column') || hasDataQuery(call, constant),
    );
  }
  const below = source.kind === 'named-join' ? source.join : source.source;
  return sources(below).some((each) => sourceDepends(each, constant));
}

function hasDataQuery(expr: Parameters<typeof expressions>[0], constant: ReadonlySet<string>): boolean {
  return expressions(expr).some(
    (part) => 'query' in part && part.query !== null && dependsOnData(part.query, constant),
  );
}
