import type { Expr } from '../ast.js';
import type { Cursor } from './cursor.js';

/**
 * `x -> …` or `(a, b) -> …` as a lambda; null where the arrow is an operator on JSON. BigQuery's arrow always is a lambda's; DuckDB's
 * is where names of its own stand before it and no path (a text or number) behind it.
 */
export function lambdaOf(cursor: Cursor, operator: string, left: Expr, right: Expr): Expr | null {
  if (operator !== '->' || (cursor.grammar !== 'bigquery' && cursor.grammar !== 'duckdb')) return null;
  const items = left.kind === 'tuple' ? left.items : [left];
  const names = items.flatMap((item) => (item.kind === 'column' && item.table === null ? [item.name] : []));
  if (names.length !== items.length) return null;
  if (cursor.grammar === 'duckdb' && (right.kind === 'string' || right.kind === 'number')) return null;
  return { kind: 'lambda', style: 'arrow', parameters: names, body: right };
}

/** DuckDB's LAMBDA x, y: x + y; null where the word is a name. */
export function parseLambda(cursor: Cursor): Expr | null {
  if (cursor.grammar !== 'duckdb') return null;
  return cursor.attempt<Expr>(() => {
    cursor.expect('LAMBDA');
    const parameters = cursor.list(() => cursor.name());
    cursor.expectSymbol(':');
    return { kind: 'lambda', style: 'keyword', parameters, body: cursor.expression() };
  });
}
