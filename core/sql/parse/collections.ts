import type { Expr, SelectItem } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseType } from './types.js';

/** ARRAY[…], ARRAY<type>[…] or ARRAY(SELECT …); null where the word is a name. */
export function parseArray(cursor: Cursor): Expr | null {
  if (cursor.isSymbol('<', 1)) {
    const type = parseType(cursor);
    return parseBrackets(cursor, type.slice('ARRAY<'.length, -1), 'brackets');
  }
  if (cursor.isSymbol('[', 1)) {
    cursor.next();
    return parseBrackets(cursor, null, 'keyword');
  }
  if (!cursor.isSymbol('(', 1)) return null;
  cursor.next();
  return { kind: 'array-query', query: cursor.parenthesised(() => cursor.query()) };
}

/** The items of an array or list in its brackets, or (DuckDB) a list comprehension. */
export function parseBrackets(cursor: Cursor, elementType: string | null, style: 'brackets' | 'keyword'): Expr {
  cursor.expectSymbol('[');
  const items: Expr[] = [];
  while (!cursor.isSymbol(']')) {
    items.push(cursor.expression());
    if (items.length === 1 && cursor.grammar === 'duckdb' && cursor.is('FOR')) return comprehension(cursor, items[0]!);
    if (!cursor.acceptSymbol(',')) break;
  }
  cursor.expectSymbol(']');
  return { kind: 'array', style, elementType, items };
}

// [x + 1 FOR x IN list IF x > 1], after the element.
function comprehension(cursor: Cursor, element: Expr): Expr {
  cursor.expect('FOR');
  const variables = cursor.list(() => cursor.name());
  cursor.expect('IN');
  const list = cursor.expression();
  const condition = cursor.accept('IF') ? cursor.expression() : null;
  cursor.expectSymbol(']');
  return { kind: 'list-comprehension', element, variables, list, condition };
}

/** STRUCT(…) or STRUCT<type>(…); null where the word is a name. */
export function parseStruct(cursor: Cursor): Expr | null {
  if (!cursor.isSymbol('<', 1) && !cursor.isSymbol('(', 1)) return null;
  const type = cursor.isSymbol('<', 1) ? parseType(cursor) : null;
  if (type === null) cursor.next();
  const items = cursor.parenthesised(() => (cursor.isSymbol(')') ? [] : cursor.list(() => structItem(cursor))));
  return { kind: 'struct', type, items };
}

function structItem(cursor: Cursor): SelectItem {
  const expr =
    cursor.startsQuery() && !cursor.isSymbol('(')
      ? { kind: 'subquery' as const, query: cursor.query() }
      : cursor.expression();
  return { expr, alias: cursor.accept('AS') ? cursor.anyName() : null };
}

/** DuckDB's {'a': 1, b: 2}. */
export function parseBraces(cursor: Cursor): Expr {
  const items = braced(cursor, () => {
    const token = cursor.peek();
    const alias = token.kind === 'string' ? cursor.next().value : cursor.anyName();
    cursor.expectSymbol(':');
    return { expr: cursor.expression(), alias };
  });
  return { kind: 'struct', type: null, items, style: 'braces' };
}

/** DuckDB's MAP {'a': 1}; null where the word is a name. */
export function parseMap(cursor: Cursor): Expr | null {
  if (!cursor.isSymbol('{', 1)) return null;
  cursor.next();
  const entries = braced(cursor, () => {
    const key = cursor.expression();
    cursor.expectSymbol(':');
    return { key, value: cursor.expression() };
  });
  return { kind: 'map', entries };
}

function braced<T>(cursor: Cursor, entry: () => T): T[] {
  cursor.expectSymbol('{');
  const entries: T[] = [];
  while (!cursor.isSymbol('}')) {
    entries.push(entry());
    if (!cursor.acceptSymbol(',')) break;
  }
  cursor.expectSymbol('}');
  return entries;
}
