import type { Expr, FromItem } from '../ast.js';
import { parseCall } from './calls.js';
import type { Cursor } from './cursor.js';
import { parseType } from './types.js';

/** What follows a table function's call: ordinality, alias, column names with or without types, BigQuery's offset. */
export function parseFunction(cursor: Cursor, call: Expr, lateral: boolean): FromItem {
  let ordinality = cursor.accept('WITH', 'ORDINALITY');
  const anonymous = cursor.is('AS') && cursor.isSymbol('(', 1);
  if (anonymous) cursor.next();
  const alias = anonymous ? null : cursor.alias();
  const named = cursor.isSymbol('(') && (anonymous || alias !== null);
  const { columns, columnTypes } = named ? parseColumns(cursor) : { columns: [], columnTypes: [] };
  ordinality ||= cursor.accept('WITH', 'ORDINALITY');
  const item: FromItem = { kind: 'function', call, alias, columns, offset: parseOffset(cursor), ordinality, lateral };
  return columnTypes.length > 0 ? { ...item, columnTypes } : item;
}

function parseColumns(cursor: Cursor): { columns: string[]; columnTypes: string[] } {
  const columns: string[] = [];
  const columnTypes: string[] = [];
  cursor.parenthesised(() =>
    cursor.list(() => {
      columns.push(cursor.name());
      if (!cursor.isSymbol(',') && !cursor.isSymbol(')')) columnTypes.push(parseType(cursor));
    }),
  );
  return { columns, columnTypes };
}

/** WITH OFFSET and its alias, or null. */
export function parseOffset(cursor: Cursor): string | null {
  return cursor.accept('WITH', 'OFFSET') ? (cursor.alias() ?? 'offset') : null;
}

/** PostgreSQL's ROWS FROM (f(…), g(…) AS (a INT)) WITH ORDINALITY AS t(x, y). */
export function parseRowsFrom(cursor: Cursor, lateral: boolean): FromItem {
  cursor.expect('ROWS', 'FROM');
  const calls = cursor.parenthesised(() =>
    cursor.list(() => {
      const name = [cursor.anyName()];
      while (cursor.acceptSymbol('.')) name.push(cursor.anyName());
      const call = parseCall(cursor, name.join('.').toUpperCase());
      return { call, ...(cursor.accept('AS') ? parseColumns(cursor) : { columns: [], columnTypes: [] }) };
    }),
  );
  const ordinality = cursor.accept('WITH', 'ORDINALITY');
  const alias = cursor.alias();
  const columns = alias === null ? [] : cursor.optionalNames();
  return { kind: 'rows-from', calls, alias, columns, ordinality, lateral };
}
