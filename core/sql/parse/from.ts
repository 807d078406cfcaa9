import type { Expr, FromItem } from '../ast.js';
import { parseCall } from './calls.js';
import type { Cursor } from './cursor.js';
import { parsePrimary } from './primary.js';
import { parseType } from './types.js';

type Join = FromItem & { kind: 'join' };

/** What stands after FROM. A comma binds less tightly than a JOIN in PostgreSQL, and like one elsewhere. */
export function parseFrom(cursor: Cursor): FromItem {
  let left = parseJoins(cursor, parseItem(cursor));
  while (cursor.acceptSymbol(',')) {
    const item = parseItem(cursor);
    const right = cursor.grammar === 'postgres' ? parseJoins(cursor, item) : item;
    const comma: Join = { kind: 'join', type: 'comma', left, right, on: null, using: [], natural: false };
    left = cursor.grammar === 'postgres' ? comma : parseJoins(cursor, comma);
  }
  return left;
}

function parseJoins(cursor: Cursor, first: FromItem): FromItem {
  let left = first;
  for (;;) {
    const word = parseJoinWord(cursor);
    if (word === null) return left;
    const right = parseItem(cursor);
    const on = cursor.accept('ON') ? cursor.expression() : null;
    const using = on === null && cursor.accept('USING') ? cursor.optionalNames() : [];
    left = { kind: 'join', ...word, left, right, on, using };
  }
}

function parseJoinWord(cursor: Cursor): { type: Join['type']; natural: boolean } | null {
  const start = cursor.at;
  const natural = cursor.accept('NATURAL');
  for (const type of ['left', 'right', 'full'] as const) {
    if (!cursor.accept(type.toUpperCase())) continue;
    cursor.accept('OUTER');
    if (cursor.accept('JOIN')) return { type, natural };
  }
  if (cursor.accept('CROSS', 'JOIN')) return { type: 'cross', natural };
  if (cursor.accept('INNER', 'JOIN') || cursor.accept('JOIN')) return { type: 'inner', natural };
  cursor.at = start;
  return null;
}

function parseItem(cursor: Cursor): FromItem {
  const lateral = cursor.accept('LATERAL');
  cursor.accept('ONLY');
  if (cursor.isSymbol('(')) return parseParenthesised(cursor, lateral);
  if (cursor.is('ROWS', 'FROM') || cursor.is('JSON_TABLE') || cursor.is('XMLTABLE'))
    cursor.unsupported(cursor.peek().text);
  if (cursor.is('UNNEST') && cursor.isSymbol('(', 1)) return parseFunction(cursor, parsePrimary(cursor), lateral);
  const path = tablePath(cursor);
  if (cursor.isSymbol('(')) return parseFunction(cursor, parseCall(cursor, path.join('.').toUpperCase()), lateral);
  const alias = cursor.alias();
  const columns = alias !== null && cursor.isSymbol('(') ? cursor.optionalNames() : [];
  refuse(cursor);
  const offset = parseOffset(cursor);
  // BigQuery unnests a path that begins with another table's name: FROM orders, orders.items WITH OFFSET AS i.
  if (offset !== null) {
    const call = path.slice(1).reduce<Expr>((object, name) => ({ kind: 'field', object, name }), {
      kind: 'column',
      table: null,
      name: path[0]!,
    });
    return { kind: 'function', call, alias, columns: [], offset, ordinality: false, lateral };
  }
  return columns.length > 0 ? { kind: 'table', name: path, alias, columns } : { kind: 'table', name: path, alias };
}

function refuse(cursor: Cursor): void {
  for (const word of ['TABLESAMPLE', 'PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE', 'INDEXED']) {
    if (cursor.is(word)) cursor.unsupported(word);
  }
  if (cursor.is('FOR', 'SYSTEM_TIME')) cursor.unsupported('FOR SYSTEM_TIME');
}

function tablePath(cursor: Cursor): string[] {
  const token = cursor.peek();
  const text = token.kind === 'string' && cursor.grammar === 'sqlite';
  const path = [text ? cursor.anyName() : cursor.name()];
  // BigQuery quotes a whole path at once: `project.dataset.table`.
  if (token.kind === 'quoted' && cursor.grammar === 'bigquery') path.splice(0, 1, ...token.value.split('.'));
  while (cursor.isSymbol('.') && !cursor.isSymbol('*', 1)) {
    cursor.next();
    path.push(cursor.anyName());
  }
  return path;
}

function parseParenthesised(cursor: Cursor, lateral: boolean): FromItem {
  if (cursor.startsQuery()) {
    const query = cursor.parenthesisedQuery();
    if (query !== null) {
      const alias = cursor.alias();
      const columns = alias !== null ? cursor.optionalNames() : [];
      refuse(cursor);
      return { kind: 'subquery', query, alias, columns, lateral };
    }
  }
  const inner = cursor.parenthesised(() => parseFrom(cursor));
  if (cursor.alias() !== null) cursor.unsupported('alias of a join');
  return inner;
}

function parseFunction(cursor: Cursor, call: Expr, lateral: boolean): FromItem {
  let ordinality = cursor.accept('WITH', 'ORDINALITY');
  const anonymous = cursor.is('AS') && cursor.isSymbol('(', 1);
  if (anonymous) cursor.next();
  const alias = anonymous ? null : cursor.alias();
  const columns: string[] = [];
  const columnTypes: string[] = [];
  if (cursor.isSymbol('(') && (anonymous || alias !== null)) {
    cursor.parenthesised(() =>
      cursor.list(() => {
        columns.push(cursor.name());
        if (!cursor.isSymbol(',') && !cursor.isSymbol(')')) columnTypes.push(parseType(cursor));
      }),
    );
  }
  ordinality ||= cursor.accept('WITH', 'ORDINALITY');
  const item: FromItem = { kind: 'function', call, alias, columns, offset: parseOffset(cursor), ordinality, lateral };
  return columnTypes.length > 0 ? { ...item, columnTypes } : item;
}

function parseOffset(cursor: Cursor): string | null {
  return cursor.accept('WITH', 'OFFSET') ? (cursor.alias() ?? 'offset') : null;
}
