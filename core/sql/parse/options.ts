import type { Privacy } from '../ast.js';
import type { Cursor } from './cursor.js';

/** OPTIONS (a = 1, b = 'x') where it comes next, else none. */
export function parseOptions(cursor: Cursor): Privacy['options'] {
  if (!cursor.accept('OPTIONS')) return [];
  const option = () => {
    const name = cursor.name();
    cursor.expectSymbol('=');
    return { name, value: cursor.expression() };
  };
  return cursor.parenthesised(() => (cursor.isSymbol(')') ? [] : cursor.list(option)));
}
