import type { Grammar } from '../../dialect.js';
import type { Call, Expr } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseOrder, parseOver } from './windows.js';

const dateFunction = /^(?:SAFE\.)?(?:(?:DATE|DATETIME|TIME|TIMESTAMP)_(?:TRUNC|DIFF)|LAST_DAY)$/;

/** A call with nothing but a name and arguments. */
export function call(name: string, args: Expr[] = []): Call {
  return {
    kind: 'call',
    name,
    distinct: false,
    args,
    named: [],
    orderBy: [],
    limit: null,
    nulls: null,
    filter: null,
    withinGroup: [],
    over: null,
  };
}

/** The rest of a call whose name was read; the cursor stands at the opening parenthesis. */
export function parseCall(cursor: Cursor, name: string): Call {
  return afterCall(
    cursor,
    cursor.parenthesised(() => parseArguments(cursor, name)),
  );
}

function parseArguments(cursor: Cursor, name: string): Call {
  const result = call(name);
  if (cursor.isSymbol(')')) return result;
  if (name === 'TRIM' && parseTrim(cursor, result)) return result;
  if (name === 'POSITION' && parsePosition(cursor, result)) return result;
  result.distinct = cursor.accept('DISTINCT');
  if (!result.distinct) cursor.accept('ALL');
  argument(cursor, result);
  if (parseSeparated(cursor, result)) return result;
  while (cursor.acceptSymbol(',')) argument(cursor, result);
  const part = datePartOf(cursor.grammar, name);
  result.args = result.args.map((arg, index) => (index === part ? datePart(arg) : arg));
  parseModifiers(cursor, result);
  return result;
}

function parseModifiers(cursor: Cursor, result: Call): void {
  while (!cursor.isSymbol(')')) {
    if (cursor.grammar === 'bigquery' && cursor.accept('WHERE')) result.filter = cursor.expression();
    else if (cursor.accept('GROUP', 'BY')) result.groupBy = cursor.list(() => cursor.expression());
    else if (cursor.accept('IGNORE', 'NULLS')) result.nulls = 'IGNORE';
    else if (cursor.accept('RESPECT', 'NULLS')) result.nulls = 'RESPECT';
    else if (cursor.accept('ORDER', 'BY')) result.orderBy = parseOrder(cursor);
    else if (cursor.grammar === 'mariadb' && cursor.accept('SEPARATOR')) parseSeparator(cursor, result);
    else if (cursor.accept('LIMIT')) result.limit = cursor.expression();
    else if (cursor.is('HAVING', 'MAX') || cursor.is('HAVING', 'MIN')) {
      cursor.next();
      result.having = { extreme: cursor.next().value as 'MAX' | 'MIN', expr: cursor.expression() };
    } else cursor.fail('expected ")"');
  }
}

// GROUP_CONCAT(a ORDER BY b SEPARATOR ', ')
function parseSeparator(cursor: Cursor, result: Call): void {
  result.separators = [...result.args.map((_, index) => (index === 0 ? null : ',')), 'SEPARATOR'];
  result.args.push(cursor.expression());
}

function argument(cursor: Cursor, result: Call): void {
  const token = cursor.peek();
  if ((token.kind === 'word' || token.kind === 'quoted') && (cursor.isSymbol('=>', 1) || cursor.isSymbol(':=', 1))) {
    const name = cursor.anyName();
    cursor.next();
    result.named.push({ name, value: parseTableArgument(cursor) ?? cursor.expression() });
    return;
  }
  if (cursor.likePostgres && cursor.accept('VARIADIC')) result.variadic = true;
  // PostgreSQL and BigQuery both let a subquery be the sole argument without parentheses of its own, as in ARRAY(SELECT …).
  const table = parseTableArgument(cursor);
  const query = table === null && cursor.startsQuery() && !cursor.isSymbol('(');
  result.args.push(table ?? (query ? { kind: 'subquery', query: cursor.query() } : cursor.expression()));
  if (cursor.grammar !== 'bigquery' || !cursor.accept('AS')) return;
  const before = result.args.slice(1).map((_, index) => result.aliases?.[index] ?? null);
  result.aliases = [...before, cursor.anyName()];
}

// TABLE t, MODEL ds.m
function parseTableArgument(cursor: Cursor): Expr | null {
  const word = cursor.is('TABLE') ? 'TABLE' : 'MODEL';
  const next = cursor.peek(1).kind;
  if (cursor.grammar !== 'bigquery' || !cursor.is(word) || (next !== 'word' && next !== 'quoted')) return null;
  cursor.next();
  const name = [cursor.anyName()];
  while (cursor.acceptSymbol('.')) name.push(cursor.anyName());
  return { kind: 'table-argument', word, name, query: null };
}

/**
 * A call that is chained to its first argument, after the dot: `x.upper()` is UPPER(x), `x.(net.host)()` NET.HOST(x). Null where none comes
 * next, and where the dialect has none.
 */
export function parseChained(cursor: Cursor, object: Expr): Call | null {
  if (cursor.grammar !== 'bigquery' && cursor.grammar !== 'duckdb') return null;
  if (cursor.peek().kind === 'word' && cursor.isSymbol('(', 1))
    return withFirst(parseCall(cursor, cursor.next().value), object);
  if (!cursor.isSymbol('(')) return null;
  return cursor.attempt(() => {
    const name = cursor.parenthesised(() => {
      const parts = [cursor.anyName()];
      while (cursor.acceptSymbol('.')) parts.push(cursor.anyName());
      return parts.join('.').toUpperCase();
    });
    return withFirst(parseCall(cursor, name), object);
  });
}

function withFirst(call: Call, first: Expr): Call {
  return { ...call, args: [first, ...call.args], ...(call.aliases && { aliases: [null, ...call.aliases] }) };
}

/** Which argument of a call is a date part; null where none is. */
function datePartOf(grammar: Grammar, name: string): number | null {
  if (grammar === 'bigquery' && dateFunction.test(name)) return name.endsWith('_DIFF') ? 2 : 1;
  if (grammar === 'mariadb' && /^TIMESTAMP(ADD|DIFF)$/.test(name)) return 0;
  return null;
}

// In BigQuery MONTH is a word, and WEEK(MONDAY) a word with one more.
function datePart(expr: Expr): Expr {
  if (expr.kind === 'column' && expr.table === null) return { kind: 'word', word: expr.name.toUpperCase() };
  if (expr.kind === 'call' && expr.args.length === 1 && expr.name === 'WEEK')
    return { ...expr, args: expr.args.map(datePart) };
  return expr;
}

/** Words that stand in place of a comma: SUBSTRING(a FROM b FOR c), OVERLAY(a PLACING b FROM c), TRIM(a FROM b). */
const separators: Record<string, string[]> = {
  SUBSTRING: ['FROM', 'FOR', 'SIMILAR', 'ESCAPE'],
  OVERLAY: ['PLACING', 'FROM', 'FOR'],
  TRIM: ['FROM'],
  CONVERT: ['USING'],
};

function parseSeparated(cursor: Cursor, result: Call): boolean {
  const words = separators[result.name];
  if (words === undefined || !words.includes(cursor.wordAt(0))) return false;
  result.separators = [null];
  while (words.includes(cursor.wordAt(0))) {
    result.separators.push(cursor.next().value);
    result.args.push(cursor.expression());
  }
  return true;
}

// TRIM(BOTH a FROM b), TRIM(BOTH FROM b)
function parseTrim(cursor: Cursor, result: Call): boolean {
  const side = ['BOTH', 'LEADING', 'TRAILING'].find(
    (word) => cursor.is(word) && !cursor.isSymbol(',', 1) && !cursor.isSymbol(')', 1),
  );
  if (side === undefined) return false;
  cursor.next();
  if (cursor.accept('FROM')) {
    result.args = [cursor.expression()];
    result.separators = [`${side} FROM`];
    return true;
  }
  result.args = [cursor.expression()];
  cursor.expect('FROM');
  result.args.push(cursor.expression());
  result.separators = [side, 'FROM'];
  return true;
}

// POSITION(a IN b): the IN is no comparison, so its operands bind more tightly.
function parsePosition(cursor: Cursor, result: Call): boolean {
  const operand = () => cursor.expression(cursor.levels.predicate + 1);
  const args = cursor.attempt(() => {
    const first = operand();
    cursor.expect('IN');
    return [first, operand()];
  });
  if (args === null) return false;
  result.args = args;
  result.separators = [null, 'IN'];
  return true;
}

function afterCall(cursor: Cursor, result: Call): Call {
  if (cursor.accept('WITHIN', 'GROUP')) {
    result.withinGroup = cursor.parenthesised(() => {
      cursor.expect('ORDER', 'BY');
      return parseOrder(cursor);
    });
  }
  if (cursor.accept('IGNORE', 'NULLS')) result.nulls = 'IGNORE';
  if (cursor.accept('RESPECT', 'NULLS')) result.nulls = 'RESPECT';
  if (cursor.is('FILTER') && cursor.isSymbol('(', 1)) {
    cursor.next();
    result.filter = cursor.parenthesised(() => {
      // DuckDB lets WHERE away.
      if (cursor.grammar !== 'duckdb' || cursor.is('WHERE')) cursor.expect('WHERE');
      return cursor.expression();
    });
  }
  if (cursor.accept('OVER')) result.over = parseOver(cursor);
  return result;
}
