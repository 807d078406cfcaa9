import type { Expr } from '../ast.js';
import type { Cursor } from './cursor.js';

/** An index or slice after what it is taken of: `a[1]`, `a[1:2]`, and with open ends or a step `a[:2]`, `a[1:]`, `a[1:-:2]`. */
export function parseIndex(cursor: Cursor, object: Expr): Expr {
  cursor.expectSymbol('[');
  const lower = bound(cursor);
  if (lower !== null && cursor.acceptSymbol(']')) return { kind: 'index', object, index: lower, upper: null };
  cursor.expectSymbol(':');
  const upper = bound(cursor);
  const step = cursor.acceptSymbol(':') ? bound(cursor) : null;
  cursor.expectSymbol(']');
  const closed = lower !== null && upper !== null && step === null;
  return closed ? { kind: 'index', object, index: lower, upper } : { kind: 'slice', object, lower, upper, step };
}

// DuckDB writes an open end before a step as `-`.
function bound(cursor: Cursor): Expr | null {
  if (cursor.isSymbol(':') || cursor.isSymbol(']')) return null;
  if (cursor.isSymbol('-') && cursor.isSymbol(':', 1)) {
    cursor.next();
    return null;
  }
  return cursor.expression();
}
