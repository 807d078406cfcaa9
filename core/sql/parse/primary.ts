import type { Expr } from '../ast.js';
import { valueWords } from '../grammar.js';
import type { Token } from '../lexer.js';
import { parseCall } from './calls.js';
import { parseArray, parseBraces, parseBrackets, parseMap, parseStruct } from './collections.js';
import type { Cursor } from './cursor.js';
import { parseLambda } from './lambdas.js';
import { parseInterval, parseTypedLiteral } from './literals.js';
import { parseParameter } from './parameters.js';
import { parseType } from './types.js';

/** A literal, name, call, subquery or anything else that stands on its own. */
export function parsePrimary(cursor: Cursor): Expr {
  const token = cursor.peek();
  switch (token.kind) {
    case 'number':
      return { kind: 'number', text: cursor.next().text };
    case 'string':
      return parseString(cursor);
    case 'placeholder':
      if (!token.value.startsWith('V')) return parseNamed(cursor);
      cursor.next();
      return { kind: 'placeholder', id: token.value };
    case 'quoted':
      return parseNamed(cursor);
    case 'word':
      return parseWord(cursor, token);
    default:
      return parseSymbol(cursor);
  }
}

// BigQuery joins adjacent literals nowhere, PostgreSQL only across lines; both are taken as one text.
function parseString(cursor: Cursor): Expr {
  const first = cursor.next();
  let value = first.value;
  while (cursor.likePostgres && cursor.peek().kind === 'string' && cursor.peek().mark === '')
    value += cursor.next().value;
  return { kind: 'string', value, prefix: first.mark };
}

function parseSymbol(cursor: Cursor): Expr {
  if (cursor.acceptSymbol('*')) return starOf(cursor, null);
  if (cursor.isSymbol('[')) return parseBrackets(cursor, null, 'brackets');
  if (cursor.isSymbol('{') && cursor.grammar === 'duckdb') return parseBraces(cursor);
  const parameter = parseParameter(cursor);
  if (parameter !== null) return parameter;
  if (!cursor.isSymbol('(')) cursor.fail('expected an expression');
  if (cursor.startsQuery()) {
    const query = cursor.parenthesisedQuery();
    if (query !== null) return { kind: 'subquery', query };
  }
  const items = cursor.parenthesised(() => (cursor.isSymbol(')') ? [] : cursor.list(() => cursor.expression())));
  return items.length === 1 ? items[0]! : { kind: 'tuple', items };
}

function parseWord(cursor: Cursor, token: Token): Expr {
  const special = words[token.value]?.(cursor);
  if (special !== undefined && special !== null) return special;
  const typed = parseTypedLiteral(cursor) ?? parseInterval(cursor);
  if (typed !== null) return typed;
  if (valueWords.has(token.value) && !cursor.isSymbol('(', 1) && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return { kind: 'word', word: token.value };
  }
  return parseNamed(cursor);
}

function constant(expr: Expr): (cursor: Cursor) => Expr {
  return (cursor) => {
    cursor.next();
    return { ...expr };
  };
}

/** Words that begin a form of their own; null where the word turns out to be a name. */
const words: Record<string, (cursor: Cursor) => Expr | null> = {
  NULL: constant({ kind: 'null' }),
  TRUE: constant({ kind: 'boolean', value: true }),
  FALSE: constant({ kind: 'boolean', value: false }),
  CASE: parseCase,
  CAST: parseCast,
  SAFE_CAST: parseCast,
  TRY_CAST: parseCast,
  EXISTS: (cursor) => parseExists(cursor, false),
  EXTRACT: parseExtract,
  ARRAY: parseArray,
  STRUCT: parseStruct,
  MAP: parseMap,
  LAMBDA: parseLambda,
  WITH: parseWith,
};

/** EXISTS (SELECT …), from the word on. */
export function parseExists(cursor: Cursor, negated: boolean): Expr {
  cursor.expect('EXISTS');
  return { kind: 'exists', query: cursor.parenthesised(() => cursor.query()), negated };
}

function parseCase(cursor: Cursor): Expr {
  cursor.expect('CASE');
  const operand = cursor.is('WHEN') ? null : cursor.expression();
  const whens: { when: Expr; then: Expr }[] = [];
  while (cursor.accept('WHEN')) {
    const when = cursor.expression();
    cursor.expect('THEN');
    whens.push({ when, then: cursor.expression() });
  }
  if (whens.length === 0) cursor.fail('expected WHEN');
  const otherwise = cursor.accept('ELSE') ? cursor.expression() : null;
  cursor.expect('END');
  return { kind: 'case', operand, whens, otherwise };
}

function parseCast(cursor: Cursor): Expr | null {
  if (!cursor.isSymbol('(', 1)) return null;
  const word = cursor.next().value;
  return cursor.parenthesised(() => {
    const operand = cursor.expression();
    cursor.expect('AS');
    const type = parseType(cursor);
    const format = cursor.accept('FORMAT') ? cursor.expression() : null;
    return { kind: 'cast', style: word as 'CAST' | 'SAFE_CAST' | 'TRY_CAST', operand, type, format };
  });
}

function parseExtract(cursor: Cursor): Expr | null {
  if (!cursor.isSymbol('(', 1)) return null;
  cursor.next();
  return cursor.parenthesised(() => {
    const token = cursor.next();
    let part = token.kind === 'string' ? token.value.toUpperCase() : token.value;
    if (cursor.isSymbol('(')) part += `(${cursor.parenthesised(() => cursor.next().value)})`;
    cursor.expect('FROM');
    const source = cursor.expression();
    if (source.kind !== 'at-time-zone') return { kind: 'extract', part, source, timezone: null };
    return { kind: 'extract', part, source: source.operand, timezone: source.zone };
  });
}

// BigQuery's WITH(a AS 1, b AS a + 1, a + b)
function parseWith(cursor: Cursor): Expr | null {
  if (!cursor.isSymbol('(', 1) || cursor.grammar !== 'bigquery') return null;
  cursor.next();
  return cursor.parenthesised(() => {
    const bindings: { name: string; value: Expr }[] = [];
    while (cursor.isName() && cursor.peek(1).value === 'AS') {
      const name = cursor.name();
      cursor.expect('AS');
      bindings.push({ name, value: cursor.expression() });
      cursor.expectSymbol(',');
    }
    return { kind: 'with', bindings, result: cursor.expression() };
  });
}

// LEFT(…), RIGHT(…), IF(…) and such are calls although their names are keywords elsewhere.
const calledKeywords = new Set(['LEFT', 'RIGHT', 'EXCEPT', 'LIKE', 'ALL']);

/** A column, `t.*`, or a call; the cursor stands at a name. */
function parseNamed(cursor: Cursor): Expr {
  const token = cursor.peek();
  const keyword = token.kind === 'word' && !cursor.isName();
  if (keyword && !(cursor.isSymbol('(', 1) && calledKeywords.has(token.value))) cursor.fail('expected an expression');
  if (cursor.isSymbol('(', 1) && token.kind === 'word') return parseCall(cursor, cursor.next().value);
  const dotted = startsDottedCall(cursor) ? cursor.attempt(() => dottedCall(cursor)) : null;
  if (dotted !== null) return dotted;
  const name = cursor.name();
  if (!cursor.isSymbol('.')) {
    const quoted = cursor.grammar === 'sqlite' && token.kind === 'quoted';
    return quoted ? { kind: 'column', table: null, name, quoted: true } : { kind: 'column', table: null, name };
  }
  cursor.next();
  if (cursor.acceptSymbol('*')) return starOf(cursor, name);
  return { kind: 'column', table: name, name: cursor.anyName() };
}

// SAFE.PARSE_DATE(…), NET.HOST(…), pg_catalog.lower(…)
function startsDottedCall(cursor: Cursor): boolean {
  let last = 0;
  while (cursor.isSymbol('.', last + 1) && cursor.peek(last + 2).kind === 'word') last += 2;
  return last > 0 && cursor.isSymbol('(', last + 1);
}

function dottedCall(cursor: Cursor): Expr {
  const names = [cursor.next().value];
  while (cursor.acceptSymbol('.')) names.push(cursor.next().value);
  return parseCall(cursor, names.join('.'));
}

/** `*` or `t.*` with what it leaves out (EXCEPT; DuckDB's EXCLUDE) and REPLACE, after the star. */
export function starOf(cursor: Cursor, table: string | null): Expr & { kind: 'star' } {
  const except = exceptNames(cursor);
  const replaces = cursor.is('REPLACE') && (cursor.isSymbol('(', 1) || cursor.grammar === 'duckdb');
  if (replaces) cursor.next();
  return { kind: 'star', table, except, replace: replaces ? listed(cursor, () => replacement(cursor)) : [] };
}

function exceptNames(cursor: Cursor): string[] {
  const excludes = cursor.grammar === 'duckdb' && cursor.is('EXCLUDE');
  const excepts = cursor.is('EXCEPT') && cursor.isSymbol('(', 1) && !cursor.startsQuery(2);
  if (!excludes && !excepts) return [];
  cursor.next();
  return listed(cursor, () => cursor.name());
}

// DuckDB leaves the parentheses of one item out.
function listed<T>(cursor: Cursor, item: () => T): T[] {
  return cursor.isSymbol('(') ? cursor.parenthesised(() => cursor.list(item)) : [item()];
}

function replacement(cursor: Cursor): { expr: Expr; name: string } {
  const expr = cursor.expression();
  cursor.expect('AS');
  return { expr, name: cursor.anyName() };
}
