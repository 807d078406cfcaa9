import type { Expr, OrderItem, Window } from '../ast.js';
import type { Cursor } from './cursor.js';

/** The items of an ORDER BY, after its words. */
export function parseOrder(cursor: Cursor): OrderItem[] {
  return cursor.list(() => {
    const all = cursor.grammar === 'duckdb' && cursor.accept('ALL');
    const expr: Expr = all ? { kind: 'word', word: 'ALL' } : cursor.expression();
    const descending = cursor.accept('DESC');
    if (!descending) cursor.accept('ASC');
    const nulls = cursor.accept('NULLS', 'FIRST') ? 'first' : cursor.accept('NULLS', 'LAST') ? 'last' : null;
    return { expr, descending, nulls };
  });
}

/** What stands after OVER: a name or a specification in parentheses. */
export function parseOver(cursor: Cursor): Window {
  if (cursor.isSymbol('(')) return parseWindow(cursor);
  return { base: cursor.name(), partitionBy: [], orderBy: [], frame: null };
}

/** A window's specification in its parentheses. */
export function parseWindow(cursor: Cursor): Window {
  return cursor.parenthesised(() => {
    const starts =
      cursor.is('PARTITION', 'BY') || cursor.is('ORDER', 'BY') || frameStarts(cursor) || cursor.isSymbol(')');
    const base = starts ? null : cursor.name();
    const partitionBy = cursor.accept('PARTITION', 'BY') ? cursor.list(() => cursor.expression()) : [];
    const orderBy = cursor.accept('ORDER', 'BY') ? parseOrder(cursor) : [];
    return { base, partitionBy, orderBy, frame: frameStarts(cursor) ? frameText(cursor) : null };
  });
}

function frameStarts(cursor: Cursor): boolean {
  return cursor.isOneOf(new Set(['ROWS', 'RANGE', 'GROUPS']));
}

function frameText(cursor: Cursor): string {
  const parts: string[] = [];
  let depth = 0;
  while (depth > 0 || !cursor.isSymbol(')')) {
    const token = cursor.next();
    if (token.kind === 'end') cursor.fail('expected ")"');
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    parts.push(token.kind === 'word' ? token.value : token.text);
  }
  return parts.join(' ');
}
