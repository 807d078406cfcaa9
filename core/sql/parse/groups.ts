import type { Expr, GroupItem } from '../ast.js';
import type { Cursor } from './cursor.js';

/** The items after GROUP BY. MariaDB writes ROLLUP behind them: a, b WITH ROLLUP. */
export function parseGroups(cursor: Cursor): GroupItem[] {
  const items = cursor.list(() => parseGroup(cursor));
  if (cursor.grammar !== 'mariadb' || !cursor.accept('WITH', 'ROLLUP')) return items;
  return [{ kind: 'rollup', exprs: items.flatMap((item) => (item.kind === 'expr' ? [item.expr] : [])) }];
}

/** One item after GROUP BY: an expression, ROLLUP, CUBE, GROUPING SETS, or ALL. */
export function parseGroup(cursor: Cursor): GroupItem {
  const dialects = cursor.grammar === 'bigquery' || cursor.grammar === 'duckdb';
  if (dialects && cursor.accept('ALL')) return { kind: 'all' };
  return parseSets(cursor) ?? { kind: 'expr', expr: cursor.expression() };
}

function parseSets(cursor: Cursor): GroupItem | null {
  for (const kind of ['rollup', 'cube'] as const) {
    if (!cursor.is(kind.toUpperCase()) || !cursor.isSymbol('(', 1)) continue;
    cursor.next();
    return { kind, exprs: cursor.parenthesised(() => cursor.list(() => cursor.expression())) };
  }
  if (!cursor.accept('GROUPING', 'SETS')) return null;
  const items = cursor.parenthesised(() => cursor.list(() => parseSets(cursor) ?? plainSet(cursor)));
  const sets = items.flatMap((item) => (item.kind === 'sets' && item.sets.length === 1 ? item.sets : []));
  return sets.length === items.length ? { kind: 'sets', sets } : { kind: 'nested-sets', items };
}

function plainSet(cursor: Cursor): GroupItem {
  if (!cursor.isSymbol('(') || cursor.startsQuery()) return { kind: 'sets', sets: [[cursor.expression()]] };
  const set = cursor.parenthesised((): Expr[] => (cursor.isSymbol(')') ? [] : cursor.list(() => cursor.expression())));
  return { kind: 'sets', sets: [set] };
}
