import type { Expr, FromItem, JoinWords } from '../ast.js';
import { parseCall } from './calls.js';
import type { Cursor } from './cursor.js';
import { parseMatchRecognize } from './match-recognize.js';
import { parsePivot, parseUnpivot } from './pivot.js';
import { parsePrimary } from './primary.js';
import { parseTableSample } from './sample.js';
import { parseFunction, parseOffset, parseRowsFrom } from './table-functions.js';

type Join = FromItem & { kind: 'join' };

/** What stands after FROM. A comma binds less tightly than a JOIN in PostgreSQL, and like one elsewhere. */
export function parseFrom(cursor: Cursor): FromItem {
  let left = parseJoins(cursor, cursor.source());
  while (cursor.acceptSymbol(',')) {
    const item = cursor.source();
    const right = cursor.likePostgres ? parseJoins(cursor, item) : item;
    const comma: Join = { kind: 'join', type: 'comma', left, right, on: null, using: [], natural: false };
    left = cursor.likePostgres ? comma : parseJoins(cursor, comma);
  }
  return left;
}

function parseJoins(cursor: Cursor, first: FromItem): FromItem {
  let left = first;
  for (;;) {
    const words = parseJoinWords(cursor);
    if (words === null) return left;
    const right = cursor.source();
    // Where a join must have a condition, it may wait behind another: a JOIN b JOIN c ON … ON …
    const waits = cursor.grammar !== 'sqlite' && needsCondition(words) && !cursor.is('ON') && !cursor.is('USING');
    const whole = waits ? cursor.deeper(() => parseJoins(cursor, right)) : right;
    left = { kind: 'join', ...words, left, right: whole, ...parseJoinCondition(cursor) };
  }
}

function needsCondition({ type, natural }: JoinWords): boolean {
  return !natural && type !== 'cross' && type !== 'comma' && type !== 'positional';
}

/** ON … or USING (…), or neither. */
export function parseJoinCondition(cursor: Cursor): { on: Expr | null; using: string[] } {
  const on = cursor.accept('ON') ? cursor.expression() : null;
  const using = on === null && !cursor.is('USING', 'SAMPLE') && cursor.accept('USING') ? cursor.optionalNames() : [];
  return { on, using };
}

/** The words of a join; null where none comes next. */
export function parseJoinWords(cursor: Cursor): JoinWords | null {
  const start = cursor.at;
  const type = joinType(cursor, cursor.accept('NATURAL'));
  if (type === null) cursor.at = start;
  return type;
}

function joinType(cursor: Cursor, natural: boolean): JoinWords | null {
  const asof = cursor.grammar === 'duckdb' && cursor.accept('ASOF');
  for (const type of ['left', 'right', 'full'] as const) {
    if (!cursor.accept(type.toUpperCase())) continue;
    cursor.accept('OUTER');
    return cursor.accept('JOIN') ? { type: asof ? `asof ${type}` : type, natural } : null;
  }
  if (cursor.accept('CROSS', 'JOIN')) return { type: 'cross', natural };
  if (cursor.accept('INNER', 'JOIN') || cursor.accept('JOIN')) return { type: asof ? 'asof' : 'inner', natural };
  if (cursor.grammar !== 'duckdb') return null;
  const own = (['semi', 'anti', 'positional'] as const).find((type) => cursor.accept(type.toUpperCase(), 'JOIN'));
  return own === undefined ? null : { type: own, natural };
}

/** One source: a table, subquery, table function or join in parentheses, with what is done to it (PIVOT, TABLESAMPLE). */
export function parseSource(cursor: Cursor): FromItem {
  let source = parseBare(cursor);
  for (;;) {
    if (cursor.is('TABLESAMPLE')) source = { kind: 'sample', source, sample: parseTableSample(cursor) };
    else if (cursor.is('PIVOT') && cursor.isSymbol('(', 1)) source = parsePivot(cursor, source);
    else if (cursor.is('MATCH_RECOGNIZE') && cursor.isSymbol('(', 1)) source = parseMatchRecognize(cursor, source);
    else if (cursor.is('UNPIVOT')) source = parseUnpivot(cursor, source);
    else if (cursor.accept('FOR', 'SYSTEM_TIME', 'AS', 'OF'))
      source = { kind: 'as-of', source, time: cursor.expression() };
    else return source;
  }
}

function parseBare(cursor: Cursor): FromItem {
  const before = cursor.prefixAlias();
  const lateral = cursor.accept('LATERAL');
  if (cursor.grammar === 'postgres') cursor.accept('ONLY');
  if (cursor.isSymbol('(')) return parseParenthesised(cursor, lateral);
  if (cursor.is('ROWS', 'FROM')) return parseRowsFrom(cursor, lateral);
  for (const word of ['JSON_TABLE', 'XMLTABLE', 'GRAPH_TABLE'])
    if (cursor.is(word) && cursor.isSymbol('(', 1)) cursor.unsupported(word);
  if (cursor.is('UNNEST') && cursor.isSymbol('(', 1)) return parseFunction(cursor, parsePrimary(cursor), lateral);
  if (cursor.is('VALUES') && cursor.grammar === 'duckdb') return parseValues(cursor, lateral);
  const path = tablePath(cursor);
  if (cursor.isSymbol('(')) return parseFunction(cursor, parseCall(cursor, path.join('.').toUpperCase()), lateral);
  return parseTable(cursor, path, before, lateral);
}

function parseTable(cursor: Cursor, path: string[], before: string | null, lateral: boolean): FromItem {
  const alias = before ?? cursor.alias();
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
  if (cursor.is('INDEXED')) cursor.unsupported('INDEXED');
}

function tablePath(cursor: Cursor): string[] {
  const token = cursor.peek();
  if (token.kind === 'string' && cursor.grammar !== 'sqlite') cursor.unsupported('reading a file', true);
  const path = [token.kind === 'string' ? cursor.anyName() : cursor.name()];
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
    if (query !== null) return subquery(cursor, query, lateral);
  }
  const inner = cursor.parenthesised(() => parseFrom(cursor));
  const alias = cursor.alias();
  return alias === null ? inner : { kind: 'named-join', join: inner, alias, columns: cursor.optionalNames() };
}

function subquery(cursor: Cursor, query: (FromItem & { kind: 'subquery' })['query'], lateral: boolean): FromItem {
  const alias = cursor.alias();
  const columns = alias !== null ? cursor.optionalNames() : [];
  refuse(cursor);
  return { kind: 'subquery', query, alias, columns, lateral };
}

// DuckDB: FROM VALUES (1), (2) AS t(x)
function parseValues(cursor: Cursor, lateral: boolean): FromItem {
  cursor.expect('VALUES');
  const rows = cursor.list(() => cursor.parenthesised(() => cursor.list(() => cursor.expression())));
  const body = { kind: 'values' as const, rows };
  const query = { kind: 'query' as const, recursive: false, ctes: [], body, orderBy: [], limit: null, offset: null };
  return subquery(cursor, query, lateral);
}
