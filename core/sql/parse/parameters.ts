import type { Expr } from '../ast.js';
import type { Cursor } from './cursor.js';

const marks = ['@@', '@', '$', ':'];

/** A query parameter, `@name`, `?`, `$1`, `:name`, or one of BigQuery's system variables, `@@name`; null where none comes next. */
export function parseParameter(cursor: Cursor): Expr | null {
  const mark = marks.find((symbol) => cursor.isSymbol(symbol));
  if (mark === undefined) return cursor.acceptSymbol('?') ? { kind: 'parameter', text: '?' } : null;
  cursor.next();
  const token = cursor.next();
  if (token.kind !== 'word' && token.kind !== 'number' && token.kind !== 'quoted') cursor.fail('expected a parameter');
  let text = mark + token.text;
  while (mark === '@@' && cursor.acceptSymbol('.')) text += `.${cursor.next().text}`;
  return { kind: 'parameter', text };
}
