import type { DialectManifest } from '../dialect.js';
import type { Expr, Query } from './ast.js';
import { Cursor } from './parse/cursor.js';
import { parseExpression as expression } from './parse/expressions.js';
import { parseSource as source } from './parse/from.js';
import { parseQuery as query } from './parse/query.js';

const rules = { expression, query, source };

/**
 * Reads one query of a dialect, or of a template of it (`{T1}`, `{C1}`, `{V1}`), into its tree. A semicolon may end it.
 * Throws ParseError with the position; what the tree has no place for is `unsupported construct: …`.
 */
export function parse(sql: string, manifest: DialectManifest): Query {
  const cursor = new Cursor(sql, manifest, rules);
  const result = cursor.query();
  while (cursor.acceptSymbol(';'));
  if (cursor.peek().kind !== 'end') cursor.fail('expected the end of the statement');
  return result;
}

/** Reads one expression. Throws ParseError. */
export function parseExpression(sql: string, manifest: DialectManifest): Expr {
  const cursor = new Cursor(sql, manifest, rules);
  const result = cursor.expression();
  if (cursor.peek().kind !== 'end') cursor.fail('expected the end of the expression');
  return result;
}
