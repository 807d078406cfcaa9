import type { ExecutionOutcome, SqlValue } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Expr, Query, Select, Window } from '../sql/ast.js';
import { withoutNamedWindows } from '../sql/named-windows.js';
import { outputAt } from '../sql/position.js';
import { print } from '../sql/printer.js';
import { isQuery, walk } from '../sql/walk.js';
import { call, star, window } from '../templates/build.js';
import { sameTree } from '../templates/same-tree.js';

/** A statement that shows whether rows are ordered alike where the answer depends on which of them comes first. */
export interface TieProbe {
  query: Query;
  /** Rows that a LIMIT keeps, of which the probe asks for one more; null where a window is probed. */
  limit: number | null;
  /** How many values at the end of each row tell: what the rows are ordered by, or how many are ordered alike. */
  keys: number;
  /** Whether it is of the statement itself, and not of a query in it. */
  whole: boolean;
}

/** What runs a probe. */
export interface Engine {
  manifest: DialectManifest;
  execute(sql: string): Promise<ExecutionOutcome>;
}

/**
 * Where rows are ordered alike and their order decides the answer: then the answer is what the engine happened to read first. Null where they
 * are not, or nothing can be told.
 * @param rows how many the statement gave
 */
export async function findTie(query: Query, rows: number, { manifest, execute }: Engine): Promise<string | null> {
  for (const probe of tieProbes(query)) {
    // The statement's own limit left nothing out.
    if (probe.whole && probe.limit !== null && rows < probe.limit) continue;
    const outcome = await execute(print(probe.query, manifest));
    if (outcome.kind !== 'rows' || !isTied(probe, outcome.rows)) continue;
    return probe.limit === null ? 'in a window' : `at the limit of ${probe.limit}`;
  }
  return null;
}

/**
 * The probes of a statement. Of each query that keeps the first rows of an order, the same with a row more and with what it orders by beside its
 * outputs; of each with a window in which the order of rows decides, how many rows of a partition share a place in that order. A query that depends
 * on rows outside of it is no statement by itself: its probe fails on the engine, and says nothing.
 */
export function tieProbes(query: Query): TieProbe[] {
  return standalone(query, []).flatMap((each) => {
    const whole = each.body === query.body;
    return [limitProbe(each), windowProbe(each)].flatMap((probe) => (probe === null ? [] : [{ ...probe, whole }]));
  });
}

/** Whether the answer depends on what the engine happened to read first. */
export function isTied({ limit, keys }: TieProbe, rows: readonly (readonly SqlValue[])[]): boolean {
  if (limit === null) return rows.some((row) => row.slice(-keys).some((alike) => Number(alike) > 1));
  const [last, next] = [rows[limit - 1], rows[limit]];
  if (last === undefined || next === undefined) return false;
  const same = (from: number, to?: number): boolean =>
    JSON.stringify(last.slice(from, to)) === JSON.stringify(next.slice(from, to));
  return same(-keys) && !same(0, -keys);
}

/** A query and those in it, each with the common tables that it may name. */
function standalone(query: Query, outer: Query['ctes']): Query[] {
  const ctes = [...outer, ...query.ctes];
  const found = [{ ...query, ctes }];
  query.ctes.forEach((cte, at) => found.push(...standalone(cte.query, [...outer, ...query.ctes.slice(0, at)])));
  walk(query.body, (node) => {
    if (!isQuery(node)) return;
    found.push(...standalone(node, ctes));
    return false;
  });
  return found;
}

type Probe = Omit<TieProbe, 'whole'>;

function limitProbe(query: Query): Probe | null {
  const { body, orderBy, limit, offset } = query;
  if (body.kind !== 'select' || orderBy.length === 0 || limit?.kind !== 'number' || offset !== null) return null;
  if (query.withTies || query.percent || body.as !== null || body.distinctOn.length > 0) return null;
  const rows = Number(limit.text);
  if (!Number.isSafeInteger(rows) || rows < 1) return null;
  const keys = orderBy.flatMap(({ expr }) => standsFor(expr, body) ?? []);
  if (keys.length < orderBy.length) return null;
  // Another output could make equal rows different.
  if (body.distinct && !keys.every((key) => body.items.some(({ expr }) => sameTree(expr, key)))) return null;
  return {
    query: {
      ...query,
      body: { ...body, items: [...body.items, ...named(keys)] },
      limit: { kind: 'number', text: String(rows + 1) },
    },
    ...{ limit: rows, keys: keys.length },
  };
}

/** Functions whose value for a row depends on which of equal rows stands before it. */
const placing = /^(ROW_NUMBER|NTILE|LAG|LEAD|FIRST_VALUE|LAST_VALUE|NTH_VALUE)$/;

function windowProbe(query: Query): Probe | null {
  if (query.body.kind !== 'select') return null;
  const unnamed = withoutNamedWindows(query, query.body);
  if (unnamed === null) return null;
  const counts = placingWindows(unnamed.query, unnamed.select).map(({ partitionBy, orderBy }): Expr => {
    const over = window({ partitionBy: [...partitionBy, ...orderBy.map(({ expr }) => expr)] });
    return call('COUNT', [star()], { over });
  });
  if (counts.length === 0) return null;
  const body: Select = {
    ...unnamed.select,
    distinct: false,
    distinctOn: [],
    as: null,
    items: named(counts),
    qualify: null,
  };
  return { query: { ...query, body, orderBy: [], limit: null, offset: null }, limit: null, keys: counts.length };
}

/** Windows of a SELECT, and of its ORDER BY, in which places decide. */
function placingWindows({ orderBy }: Query, body: Select): Window[] {
  const found: Window[] = [];
  const roots = [...body.items, ...orderBy].map(({ expr }) => expr).concat(body.qualify ?? []);
  for (const root of roots)
    walk(root, (node) => {
      if (isQuery(node)) return false;
      if (node.kind !== 'call' || node.over === null) return;
      if (placing.test(node.name) || (node.over.frame ?? '').startsWith('ROWS')) found.push(node.over);
    });
  return found;
}

const named = (exprs: Expr[]): Select['items'] => exprs.map((expr, at) => ({ expr, alias: `tie_${at + 1}` }));

/** What a key of ORDER BY means: an output by its place or name, or the expression that it is. */
function standsFor(key: Expr, select: Select): Expr | null {
  if (key.kind === 'number') {
    return select.items.some(({ expr }) => expr.kind === 'star') ? null : (outputAt(key, select) ?? null);
  }
  if (key.kind !== 'column' || key.table !== null) return key;
  const name = key.name.toLowerCase();
  return select.items.find(({ alias }) => alias?.toLowerCase() === name)?.expr ?? key;
}
