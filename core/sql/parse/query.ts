import type { Expr, Query, QueryBody, Select } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseCtes, writers } from './ctes.js';
import { parsePipes } from './pipes.js';
import { parseFromFirst, parseSelect, selectAll } from './select.js';
import { parsePivotStatement, startsPivotStatement } from './pivot.js';
import { parseSets } from './sets.js';
import { parseOrder } from './windows.js';

/** A query with its CTEs, set operations, order, limit and pipe operators. */
export function parseQuery(cursor: Cursor): Query {
  const recursive = cursor.is('WITH', 'RECURSIVE');
  const named = !cursor.isSymbol('(', 1) && cursor.accept('WITH');
  if (recursive) cursor.next();
  const ctes = named ? parseCtes(cursor) : [];
  if (cursor.isOneOf(writers)) cursor.unsupported(cursor.peek().value, true);
  const body = parseSets(cursor, () => parseTerm(cursor));
  const orderBy = cursor.accept('ORDER', 'BY') ? parseOrder(cursor) : [];
  const query: Query = { kind: 'query', recursive, ctes, body, orderBy, limit: null, offset: null };
  parseLimit(cursor, query);
  refuse(cursor);
  if (!cursor.isSymbol('|>')) return unwrap(query);
  return piped(query, parsePipes(cursor));
}

function piped(query: Query, operators: (QueryBody & { kind: 'pipe' })['operators']): Query {
  const bare: Query = { ...query, recursive: false, ctes: [] };
  const inner = unwrap(bare);
  const input = inner.ctes.length === 0 ? inner : bare;
  const body: QueryBody =
    input.body.kind === 'pipe' && isPlain(input)
      ? { kind: 'pipe', input: input.body.input, operators: [...input.body.operators, ...operators] }
      : { kind: 'pipe', input, operators };
  return { ...query, body, orderBy: [], limit: null, offset: null };
}

function isPlain(query: Query): boolean {
  return query.ctes.length === 0 && query.orderBy.length === 0 && query.limit === null && query.offset === null;
}

function parseTerm(cursor: Cursor): QueryBody {
  if (cursor.isSymbol('(')) return { kind: 'nested', query: cursor.parenthesised(() => cursor.query()) };
  if (startsPivotStatement(cursor)) return selectAll(parsePivotStatement(cursor), true);
  if (cursor.accept('VALUES')) {
    const row = () => cursor.parenthesised(() => cursor.list(() => cursor.expression()));
    return { kind: 'values', rows: cursor.list(row) };
  }
  if (cursor.startsQuery() && cursor.is('TABLE')) return parseTable(cursor);
  if (cursor.startsQuery() && cursor.is('FROM')) return parseFromFirst(cursor);
  if (!cursor.is('SELECT')) cursor.fail('expected a query');
  return parseSelect(cursor);
}

// TABLE t is SELECT * FROM t.
function parseTable(cursor: Cursor): Select {
  cursor.expect('TABLE');
  const name = [cursor.name()];
  while (cursor.acceptSymbol('.')) name.push(cursor.anyName());
  return selectAll({ kind: 'table', name, alias: null }, false);
}

function parseLimit(cursor: Cursor, query: Query): void {
  for (;;) {
    if (query.limit === null && cursor.accept('LIMIT')) {
      if (parsePercent(cursor, query)) continue;
      query.limit = cursor.accept('ALL') ? null : cursor.expression();
      // LIMIT offset, count
      if (cursor.acceptSymbol(',')) [query.offset, query.limit] = [query.limit, cursor.expression()];
    } else if (query.offset === null && cursor.accept('OFFSET')) {
      query.offset = cursor.expression();
      if (!cursor.accept('ROWS')) cursor.accept('ROW');
    } else if (query.limit === null && (cursor.is('FETCH', 'FIRST') || cursor.is('FETCH', 'NEXT'))) {
      cursor.at += 2;
      const one: Expr = { kind: 'number', text: '1' };
      query.limit = cursor.is('ROW') || cursor.is('ROWS') ? one : cursor.expression();
      if (!cursor.accept('ROWS')) cursor.expect('ROW');
      if (cursor.accept('WITH', 'TIES')) query.withTies = true;
      else cursor.expect('ONLY');
    } else return;
  }
}

// DuckDB's LIMIT 10%
function parsePercent(cursor: Cursor, query: Query): boolean {
  if (cursor.grammar !== 'duckdb' || cursor.peek().kind !== 'number') return false;
  if (!cursor.isSymbol('%', 1) && cursor.wordAt(1) !== 'PERCENT') return false;
  query.limit = { kind: 'number', text: cursor.next().text };
  query.percent = true;
  cursor.next();
  return true;
}

function refuse(cursor: Cursor): void {
  for (const strength of ['UPDATE', 'SHARE', 'NO', 'KEY'])
    if (cursor.is('FOR', strength)) cursor.unsupported(`FOR ${strength}`, true);
  if (cursor.is('INTO')) cursor.unsupported('INTO', true);
  if (cursor.is('LOCK', 'IN', 'SHARE', 'MODE')) cursor.unsupported('LOCK IN SHARE MODE', true);
}

// `(SELECT …)` alone is the query inside; around it there must be nothing of its own.
function unwrap(query: Query): Query {
  if (query.body.kind !== 'nested') return query;
  if (isPlain(query)) return query.body.query;
  return isPlain(query.body.query) && query.body.query.body.kind !== 'pipe'
    ? { ...query, body: query.body.query.body }
    : query;
}
