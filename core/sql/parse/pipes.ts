import type { Expr, PipeGroup, PipeItem, PipeOperator, Query, SelectItem } from '../ast.js';
import { parseCall } from './calls.js';
import { parseCtes } from './ctes.js';
import type { Cursor } from './cursor.js';
import { parseJoinCondition, parseJoinWords } from './from.js';
import { parseGroup } from './groups.js';
import { parseItem } from './item.js';
import { parseMatchRecognize } from './match-recognize.js';
import { parsePivot, parseUnpivot } from './pivot.js';
import { parseTableSample } from './sample.js';
import { parseOutputs, parsePrivacy, parseWindows } from './select.js';
import { parseSetWords } from './sets.js';
import { parseOrder } from './windows.js';

/** Operators that write, or hand rows to something that does. */
const writing = new Set(['CREATE', 'INSERT', 'EXPORT', 'UPDATE', 'DELETE', 'MERGE']);

/** The pipe operators of GoogleSQL that come next, at least one. https://cloud.google.com/bigquery/docs/reference/standard-sql/pipe-syntax */
export function parsePipes(cursor: Cursor): PipeOperator[] {
  const operators: PipeOperator[] = [];
  while (cursor.acceptSymbol('|>')) operators.push(parsePipe(cursor));
  return operators;
}

function parsePipe(cursor: Cursor): PipeOperator {
  if (cursor.isOneOf(writing)) cursor.unsupported(`|> ${cursor.peek().value}`, true);
  const word = cursor.wordAt(0);
  const read = readers[word];
  if (read !== undefined) return read(cursor);
  const words = parseSetWords(cursor);
  if (words !== null) return { kind: 'pipe-set-operation', words, queries: cursor.list(() => parenthesised(cursor)) };
  const join = parseJoinWords(cursor);
  if (join === null) cursor.unsupported(`pipe operator ${cursor.peek().text}`);
  const right = cursor.source();
  return { kind: 'pipe-join', join, right, ...parseJoinCondition(cursor) };
}

const readers: Record<string, (cursor: Cursor) => PipeOperator> = {
  SELECT: (cursor) => {
    const select = parseOutputs(cursor);
    if (cursor.is('WINDOW')) select.windows = parseWindows(cursor);
    return { kind: 'pipe-select', select };
  },
  EXTEND: (cursor) => ({ kind: 'pipe-extend', items: items(cursor) }),
  WINDOW: (cursor) => ({ kind: 'pipe-extend', items: items(cursor) }),
  SET: (cursor) => {
    cursor.next();
    const assignment = () => {
      const name = cursor.name();
      cursor.expectSymbol('=');
      return { name, value: cursor.expression() };
    };
    return { kind: 'pipe-set', assignments: trailing(cursor, assignment) };
  },
  DROP: (cursor) => {
    cursor.next();
    return { kind: 'pipe-drop', names: trailing(cursor, () => cursor.name()) };
  },
  RENAME: (cursor) => {
    cursor.next();
    const rename = () => {
      const from = cursor.name();
      cursor.accept('AS');
      return { from, to: cursor.name() };
    };
    return { kind: 'pipe-rename', renames: trailing(cursor, rename) };
  },
  AS: (cursor) => {
    cursor.next();
    return { kind: 'pipe-as', alias: cursor.name() };
  },
  WHERE: (cursor) => {
    cursor.next();
    return { kind: 'pipe-where', condition: cursor.expression() };
  },
  AGGREGATE: parseAggregate,
  DISTINCT: (cursor) => {
    cursor.next();
    return { kind: 'pipe-distinct' };
  },
  CALL: (cursor) => {
    cursor.next();
    const name = [cursor.anyName()];
    while (cursor.acceptSymbol('.')) name.push(cursor.anyName());
    const call = parseCall(cursor, name.join('.').toUpperCase());
    return { kind: 'pipe-call', call, alias: cursor.alias() };
  },
  ORDER: (cursor) => {
    cursor.expect('ORDER', 'BY');
    return { kind: 'pipe-order', orderBy: trailing(cursor, () => parseOrder(cursor)).flat() };
  },
  LIMIT: (cursor) => {
    cursor.next();
    const limit = cursor.expression();
    return { kind: 'pipe-limit', limit, offset: cursor.accept('OFFSET') ? cursor.expression() : null };
  },
  TABLESAMPLE: (cursor) => ({
    kind: 'pipe-source',
    operation: { kind: 'sample', source: null, sample: parseTableSample(cursor) },
  }),
  PIVOT: (cursor) => ({ kind: 'pipe-source', operation: parsePivot(cursor, null) }),
  UNPIVOT: (cursor) => ({ kind: 'pipe-source', operation: parseUnpivot(cursor, null) }),
  MATCH_RECOGNIZE: (cursor) => ({ kind: 'pipe-source', operation: parseMatchRecognize(cursor, null) }),
  WITH: (cursor) => {
    cursor.next();
    return { kind: 'pipe-with', ctes: parseCtes(cursor) };
  },
  ASSERT: (cursor) => {
    cursor.next();
    const [condition, ...message] = cursor.list((): Expr => cursor.expression());
    return { kind: 'pipe-assert', condition: condition!, message };
  },
};

/** A list that may end in a comma. */
function trailing<T>(cursor: Cursor, item: () => T): T[] {
  const found = [item()];
  while (cursor.acceptSymbol(',')) {
    if (ends(cursor)) break;
    found.push(item());
  }
  return found;
}

function ends(cursor: Cursor): boolean {
  return ['|>', ')', ';'].some((symbol) => cursor.isSymbol(symbol)) || cursor.peek().kind === 'end';
}

function items(cursor: Cursor): SelectItem[] {
  cursor.next();
  return trailing(cursor, () => parseItem(cursor));
}

function parenthesised(cursor: Cursor): Query {
  return cursor.parenthesised(() => cursor.query());
}

function parseAggregate(cursor: Cursor): PipeOperator {
  cursor.expect('AGGREGATE');
  const privacy = parsePrivacy(cursor);
  const none = ends(cursor) || cursor.is('GROUP');
  const aggregates = none ? [] : trailing(cursor, () => ({ ...parseItem(cursor), ...parseDirection(cursor) }));
  const orders = cursor.is('GROUP', 'AND', 'ORDER');
  const grouped = orders ? cursor.accept('GROUP', 'AND', 'ORDER', 'BY') : cursor.accept('GROUP', 'BY');
  const groupBy = grouped ? trailing(cursor, () => parsePipeGroup(cursor)) : [];
  const operator = { kind: 'pipe-aggregate' as const, items: aggregates as PipeItem[], groupBy, orders };
  return privacy === null ? operator : { ...operator, privacy };
}

function parsePipeGroup(cursor: Cursor): PipeGroup {
  return { group: parseGroup(cursor), alias: cursor.alias(), ...parseDirection(cursor) };
}

function parseDirection(cursor: Cursor): Pick<PipeItem, 'order' | 'nulls'> {
  const order = cursor.accept('ASC') ? 'ASC' : cursor.accept('DESC') ? 'DESC' : null;
  const nulls = cursor.accept('NULLS', 'FIRST') ? 'first' : cursor.accept('NULLS', 'LAST') ? 'last' : null;
  return { order, nulls };
}
