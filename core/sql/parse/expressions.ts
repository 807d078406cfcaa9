import type { Expr, Query } from '../ast.js';
import { chains, levelOfBinary } from '../grammar.js';
import { parseChained } from './calls.js';
import type { Cursor } from './cursor.js';
import { parseIndex } from './indexes.js';
import { lambdaOf } from './lambdas.js';
import { parsePrimary, parseExists, starOf } from './primary.js';
import { parseType } from './types.js';

/** Symbols that are binary operators; what is not here ends an expression. */
const binarySymbols = new Set(
  `= == <> != < > <= >= + - * / % || -> ->> #> #>> & | << >> ^ # @> <@ ? ?| ?& @? @@ ~ ~* !~ !~* ~~ ~~* !~~ !~~* && <-> <=> ^@
   #- -|- &< &> <<= >>= ** // ## @-@ <@> ?|| ?-| ~=`.split(/\s+/),
);
const canonical: Record<string, string> = { '==': '=', '!=': '<>' };
// A chain of operators is a tree as deep as the chain is long.
const maxOperators = 1000;
const likeWords = ['LIKE', 'ILIKE', 'GLOB', 'REGEXP', 'MATCH', 'RLIKE'];

/** An expression by precedence climbing: reads operators that bind at least as tightly as `level`. */
export function parseExpression(cursor: Cursor, level: number): Expr {
  let left = parseUnary(cursor);
  for (let operators = 0; operators < maxOperators; operators += 1) {
    const longer = parseSuffix(cursor, left, level);
    if (longer === null) return left;
    left = longer;
  }
  cursor.fail(`more than ${maxOperators} operators in a row`);
}

const signs = ['-', '+', '~'] as const;
const postgresSigns = [...signs, '@', '|/', '||/'] as const;

function parseUnary(cursor: Cursor): Expr {
  const { levels } = cursor;
  if (cursor.is('NOT')) {
    cursor.next();
    if (cursor.is('EXISTS')) return parseExists(cursor, true);
    return { kind: 'unary', operator: 'NOT', operand: parseExpression(cursor, levels.not) };
  }
  for (const operator of cursor.grammar === 'postgres' ? postgresSigns : signs) {
    if (!cursor.acceptSymbol(operator)) continue;
    return { kind: 'unary', operator, operand: parseExpression(cursor, levels.unary) };
  }
  return parsePostfix(cursor);
}

function parsePostfix(cursor: Cursor): Expr {
  const parenthesised = cursor.isSymbol('(');
  let expr = parsePrimary(cursor);
  for (let first = true; ; first = false) {
    if (cursor.isSymbol('.') && expr.kind !== 'star') {
      cursor.next();
      if (cursor.acceptSymbol('*')) return { ...starOf(cursor, null), object: expr };
      const chained = parseChained(cursor, expr);
      if (chained !== null) {
        expr = chained;
        continue;
      }
      const name = cursor.anyName();
      const row = first && parenthesised && cursor.likePostgres;
      expr = row ? { kind: 'field', object: expr, name, parenthesised: true } : { kind: 'field', object: expr, name };
    } else if (cursor.isSymbol('[')) expr = parseIndex(cursor, expr);
    else if (cursor.acceptSymbol('::'))
      expr = { kind: 'cast', style: '::', operand: expr, type: parseType(cursor), format: null };
    else return expr;
  }
}

/** One operator and its right side after `left`, or null where none that binds at least as tightly as `level` comes next. */
function parseSuffix(cursor: Cursor, left: Expr, level: number): Expr | null {
  const token = cursor.peek();
  if (token.kind === 'operator') return parseBinary(cursor, left, level, token.text);
  if (token.kind !== 'word') return null;
  const infix = Object.hasOwn(cursor.levels.binary, token.value);
  if (infix || token.value === 'AND' || token.value === 'OR' || token.value === 'OVERLAPS')
    return parseBinary(cursor, left, level, token.value);
  if (token.value === 'COLLATE') return parseCollate(cursor, left, level);
  if (cursor.is('AT', 'TIME', 'ZONE')) return parseAtTimeZone(cursor, left, level);
  return parsePredicate(cursor, left, level);
}

function parseBinary(cursor: Cursor, left: Expr, level: number, symbol: string): Expr | null {
  if (cursor.peek().kind === 'operator' && !binarySymbols.has(symbol)) return null;
  const operator = canonical[symbol] ?? symbol;
  const own = levelOfBinary(operator, cursor.levels);
  if (own < level) return null;
  cursor.next();
  if (!chains(operator)) {
    const quantified = parseQuantified(cursor);
    if (quantified !== null) return { kind: 'binary', operator, left, right: quantified };
  }
  const right = parseExpression(cursor, operator === '->' ? own : own + 0.1);
  return lambdaOf(cursor, operator, left, right) ?? { kind: 'binary', operator, left, right };
}

/** ANY / ALL / SOME and what it ranges over, or null where none comes next. */
function parseQuantified(cursor: Cursor): Expr | null {
  const quantifier = (['ANY', 'ALL', 'SOME'] as const).find((word) => cursor.is(word));
  if (quantifier === undefined) return null;
  if (cursor.is(quantifier, 'UNNEST')) {
    cursor.next();
    return { kind: 'quantified', quantifier, query: null, array: parsePrimary(cursor) };
  }
  if (!cursor.isSymbol('(', 1)) return null;
  cursor.next();
  return cursor.parenthesised(() => {
    const query = cursor.startsQuery() ? subqueryOnly(cursor) : null;
    if (query !== null) return { kind: 'quantified', quantifier, query, array: null };
    const items = cursor.list(() => cursor.expression());
    const array: Expr = items.length === 1 ? items[0]! : { kind: 'tuple', items };
    return { kind: 'quantified', quantifier, query: null, array };
  });
}

function parseCollate(cursor: Cursor, operand: Expr, level: number): Expr | null {
  if (cursor.levels.collate < level) return null;
  cursor.next();
  const text = cursor.grammar === 'bigquery' && cursor.peek().kind === 'string';
  return { kind: 'collate', operand, collation: text ? cursor.next().value : cursor.anyName() };
}

function parseAtTimeZone(cursor: Cursor, operand: Expr, level: number): Expr | null {
  const { levels } = cursor;
  if (levels.atTimeZone < level) return null;
  cursor.at += 3;
  return { kind: 'at-time-zone', operand, zone: parseExpression(cursor, levels.atTimeZone + 0.1) };
}

function parsePredicate(cursor: Cursor, operand: Expr, level: number): Expr | null {
  const { levels } = cursor;
  if (cursor.is('IS') || cursor.is('ISNULL') || cursor.is('NOTNULL'))
    return levels.is < level ? null : parseIs(cursor, operand);
  if (levels.predicate < level) return null;
  const start = cursor.at;
  const negated = cursor.accept('NOT');
  if (negated && cursor.accept('NULL')) return { kind: 'is', operand, test: 'NULL', right: null, negated: true };
  if (cursor.accept('BETWEEN')) return parseBetween(cursor, operand, negated);
  if (cursor.accept('IN')) return parseIn(cursor, operand, negated);
  const operator = cursor.accept('SIMILAR', 'TO') ? 'SIMILAR TO' : likeWords.find((word) => cursor.accept(word));
  if (operator !== undefined) return parseLike(cursor, operand, operator, negated);
  cursor.at = start;
  return null;
}

function parseBetween(cursor: Cursor, operand: Expr, negated: boolean): Expr {
  const symmetric = cursor.accept('SYMMETRIC');
  if (!symmetric) cursor.accept('ASYMMETRIC');
  const low = parseExpression(cursor, cursor.levels.predicate + 1);
  cursor.expect('AND');
  const high = parseExpression(cursor, cursor.levels.predicate + 1);
  const between: Expr = { kind: 'between', operand, low, high, negated };
  return symmetric ? { ...between, symmetric } : between;
}

function parseIn(cursor: Cursor, operand: Expr, negated: boolean): Expr {
  const base = { kind: 'in' as const, operand, negated };
  if (cursor.accept('UNNEST')) {
    return { ...base, list: [], query: null, unnest: cursor.parenthesised(() => cursor.expression()) };
  }
  if (!cursor.isSymbol('(')) {
    if (cursor.grammar !== 'duckdb') cursor.fail('expected "("');
    return { ...base, list: [], query: null, unnest: parseExpression(cursor, cursor.levels.predicate + 1) };
  }
  return cursor.parenthesised(() => {
    const query = cursor.startsQuery() ? subqueryOnly(cursor) : null;
    if (query !== null) return { ...base, list: [], query, unnest: null };
    const list = cursor.isSymbol(')') ? [] : cursor.list(() => cursor.expression());
    return { ...base, list, query: null, unnest: null };
  });
}

// `IN ((SELECT …), 3)` is a list, `IN ((SELECT …))` a query.
function subqueryOnly(cursor: Cursor): Query | null {
  return cursor.attempt(() => {
    const query = cursor.query();
    if (!cursor.isSymbol(')')) cursor.fail('expected ")"');
    return query;
  });
}

function parseLike(cursor: Cursor, operand: Expr, operator: string, negated: boolean): Expr {
  const level = cursor.levels.predicate + 1;
  const pattern = parseQuantified(cursor) ?? parseExpression(cursor, level);
  const escape = cursor.accept('ESCAPE') ? parseExpression(cursor, level) : null;
  return { kind: 'like', operator, operand, pattern, escape, negated };
}

function parseIs(cursor: Cursor, operand: Expr): Expr {
  if (cursor.accept('ISNULL')) return { kind: 'is', operand, test: 'NULL', right: null, negated: false, oneWord: true };
  if (cursor.accept('NOTNULL')) return { kind: 'is', operand, test: 'NULL', right: null, negated: true, oneWord: true };
  cursor.expect('IS');
  const negated = cursor.accept('NOT');
  for (const test of ['NULL', 'TRUE', 'FALSE', 'UNKNOWN'] as const) {
    if (cursor.accept(test)) return { kind: 'is', operand, test, right: null, negated };
  }
  const level = cursor.levels.is + 1;
  if (cursor.accept('DISTINCT', 'FROM')) {
    return { kind: 'is', operand, test: 'DISTINCT FROM', right: parseExpression(cursor, level), negated };
  }
  if (cursor.grammar === 'postgres') return { kind: 'is', operand, test: parseKind(cursor), right: null, negated };
  if (cursor.grammar !== 'sqlite') cursor.unsupported(`IS ${cursor.peek().text}`);
  return { kind: 'is', operand, test: 'VALUE', right: parseExpression(cursor, level), negated };
}

const kinds = ['JSON VALUE', 'JSON SCALAR', 'JSON ARRAY', 'JSON OBJECT', 'JSON', 'NORMALIZED', 'DOCUMENT'] as const;

// x IS JSON OBJECT
function parseKind(cursor: Cursor): (typeof kinds)[number] {
  const kind = kinds.find((words) => cursor.accept(...words.split(' ')));
  return kind ?? cursor.unsupported(`IS ${cursor.peek().text}`);
}
