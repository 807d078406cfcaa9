import type { Expr, GroupItem, Select, SelectItem } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseFrom } from './from.js';
import { parseWindow } from './windows.js';

/** One SELECT with its clauses, without order and limit. */
export function parseSelect(cursor: Cursor): Select {
  cursor.expect('SELECT');
  const { distinct, distinctOn } = parseDistinct(cursor);
  const as = cursor.accept('AS', 'STRUCT') ? 'struct' : cursor.accept('AS', 'VALUE') ? 'value' : null;
  const items = parseItems(cursor);
  if (cursor.is('INTO')) cursor.unsupported('SELECT INTO', true);
  const from = cursor.accept('FROM') ? parseFrom(cursor) : null;
  const where = cursor.accept('WHERE') ? cursor.expression() : null;
  const groupBy = cursor.accept('GROUP', 'BY') ? parseGroup(cursor) : [];
  const rest = { having: null as Expr | null, qualify: null as Expr | null, windows: [] as Select['windows'] };
  for (;;) {
    if (cursor.accept('HAVING')) rest.having = cursor.expression();
    else if (cursor.accept('QUALIFY')) rest.qualify = cursor.expression();
    else if (cursor.is('WINDOW') && cursor.peek(2).value === 'AS') rest.windows = parseWindows(cursor);
    else break;
  }
  return { kind: 'select', distinct, distinctOn, as, items, from, where, groupBy, ...rest };
}

function parseDistinct(cursor: Cursor): { distinct: boolean; distinctOn: Expr[] } {
  const distinct = cursor.accept('DISTINCT');
  if (!distinct) cursor.accept('ALL');
  if (!distinct || !cursor.accept('ON')) return { distinct, distinctOn: [] };
  return { distinct: true, distinctOn: cursor.parenthesised(() => cursor.list(() => cursor.expression())) };
}

// PostgreSQL allows a SELECT of no columns, BigQuery a trailing comma.
function parseItems(cursor: Cursor): SelectItem[] {
  const items: SelectItem[] = [];
  if (cursor.grammar === 'postgres' && (cursor.is('FROM') || cursor.isSymbol(')'))) return items;
  do {
    if (items.length > 0 && cursor.grammar === 'bigquery' && (cursor.is('FROM') || cursor.isSymbol(')'))) break;
    const expr = cursor.expression();
    items.push({ expr, alias: cursor.alias() });
  } while (cursor.acceptSymbol(','));
  return items;
}

function parseGroup(cursor: Cursor): GroupItem[] {
  if (cursor.is('ALL') && cursor.grammar === 'bigquery') {
    cursor.next();
    return [{ kind: 'all' }];
  }
  return cursor.list(() => groupItem(cursor));
}

function groupItem(cursor: Cursor): GroupItem {
  for (const kind of ['rollup', 'cube'] as const) {
    if (cursor.is(kind.toUpperCase()) && cursor.isSymbol('(', 1)) {
      cursor.next();
      return { kind, exprs: cursor.parenthesised(() => cursor.list(() => cursor.expression())) };
    }
  }
  if (cursor.accept('GROUPING', 'SETS')) {
    return { kind: 'sets', sets: cursor.parenthesised(() => cursor.list(() => groupingSet(cursor))) };
  }
  return { kind: 'expr', expr: cursor.expression() };
}

function groupingSet(cursor: Cursor): Expr[] {
  if (cursor.is('ROLLUP') || cursor.is('CUBE')) cursor.unsupported(`${cursor.peek().value} inside GROUPING SETS`);
  if (!cursor.isSymbol('(')) return [cursor.expression()];
  return cursor.parenthesised(() => (cursor.isSymbol(')') ? [] : cursor.list(() => cursor.expression())));
}

function parseWindows(cursor: Cursor): Select['windows'] {
  cursor.expect('WINDOW');
  return cursor.list(() => {
    const name = cursor.name();
    cursor.expect('AS');
    return { name, window: parseWindow(cursor) };
  });
}
