import type { Expr, Query, QueryBody, SetOperation } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseSelect } from './select.js';
import { parseOrder } from './windows.js';

const writers = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE']);

/** A query with its CTEs, set operations, order and limit. */
export function parseQuery(cursor: Cursor): Query {
  const recursive = cursor.is('WITH', 'RECURSIVE');
  const ctes = cursor.accept('WITH') ? parseCtes(cursor, recursive) : [];
  if (cursor.isOneOf(writers)) cursor.unsupported(cursor.peek().value, true);
  const body = parseBody(cursor);
  const orderBy = cursor.accept('ORDER', 'BY') ? parseOrder(cursor) : [];
  const query: Query = { kind: 'query', recursive, ctes, body, orderBy, limit: null, offset: null };
  parseLimit(cursor, query);
  refuse(cursor);
  return unwrap(query);
}

function parseCtes(cursor: Cursor, recursive: boolean): Query['ctes'] {
  if (recursive) cursor.next();
  return cursor.list(() => {
    const name = cursor.name();
    const columns = cursor.optionalNames();
    cursor.expect('AS');
    const materialized = cursor.accept('MATERIALIZED')
      ? true
      : cursor.accept('NOT', 'MATERIALIZED')
        ? false
        : undefined;
    const query = cursor.parenthesised(() => {
      if (cursor.isOneOf(writers)) cursor.unsupported(cursor.peek().value, true);
      return cursor.query();
    });
    return materialized === undefined ? { name, columns, query } : { name, columns, query, materialized };
  });
}

// INTERSECT binds tighter in PostgreSQL (and BigQuery forbids the mixture without parentheses); SQLite reads from the left.
function parseBody(cursor: Cursor): QueryBody {
  const operators = ['UNION', 'INTERSECT', 'EXCEPT'] as const;
  if (cursor.grammar === 'sqlite') return parseSets(cursor, operators, () => parseTerm(cursor));
  return parseSets(cursor, ['UNION', 'EXCEPT'], () => parseSets(cursor, ['INTERSECT'], () => parseTerm(cursor)));
}

function parseSets(
  cursor: Cursor,
  operators: readonly SetOperation['operator'][],
  operand: () => QueryBody,
): QueryBody {
  let left = operand();
  for (;;) {
    const operator = operators.find((word) => cursor.accept(word));
    if (operator === undefined) return left;
    const all = cursor.accept('ALL');
    if (!all) cursor.accept('DISTINCT');
    if (cursor.is('BY', 'NAME') || cursor.is('CORRESPONDING')) cursor.unsupported(cursor.peek().value);
    left = { kind: 'set', operator, all, left: bare(left), right: bare(operand()) };
  }
}

// A set operation in parentheses stays a tree below its parent; the printer knows where the parentheses are needed.
function bare(body: QueryBody): QueryBody {
  return body.kind === 'nested' && isPlain(body.query) ? body.query.body : body;
}

function isPlain(query: Query): boolean {
  return query.ctes.length === 0 && query.orderBy.length === 0 && query.limit === null && query.offset === null;
}

function parseTerm(cursor: Cursor): QueryBody {
  if (cursor.isSymbol('(')) return { kind: 'nested', query: cursor.parenthesised(() => cursor.query()) };
  if (cursor.is('VALUES')) {
    cursor.next();
    return {
      kind: 'values',
      rows: cursor.list(() => cursor.parenthesised(() => cursor.list(() => cursor.expression()))),
    };
  }
  if (!cursor.is('SELECT')) cursor.fail('expected a query');
  return parseSelect(cursor);
}

function parseLimit(cursor: Cursor, query: Query): void {
  for (;;) {
    if (query.limit === null && cursor.accept('LIMIT')) {
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

function refuse(cursor: Cursor): void {
  for (const strength of ['UPDATE', 'SHARE', 'NO', 'KEY'])
    if (cursor.is('FOR', strength)) cursor.unsupported(`FOR ${strength}`, true);
  if (cursor.isSymbol('|>')) cursor.unsupported('pipe syntax');
}

// `(SELECT …)` alone is the query inside; around it there must be nothing of its own.
function unwrap(query: Query): Query {
  if (query.body.kind !== 'nested') return query;
  if (isPlain(query)) return query.body.query;
  return isPlain(query.body.query) ? { ...query, body: query.body.query.body } : query;
}
