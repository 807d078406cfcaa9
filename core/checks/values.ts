import type { Expr, Query, SelectItem } from '../sql/ast.js';
import { conditionsOf, isConditionCall } from './value-places.js';
import { isQuery, queries, walk, type SqlNode } from '../sql/walk.js';

/** What a value is: the month of a date, its day of the week, a pattern, a count, an exponent, or nothing special. */
export type ValueHint = 'month' | 'weekday' | 'pattern' | 'regex' | 'limit' | 'offset' | 'power' | 'plain';

/** A value of a statement that a question about it must mention. */
export interface NeededValue {
  kind: 'number' | 'text';
  /** As in the statement, without quotes; a number with its sign. */
  text: string;
  hint: ValueHint;
  /** The comparison around it, '' where there is none: `> 1` may be said as "at least 2". */
  operator: string;
}

// Units and percentages in arithmetic, and the numbers that words say without a digit.
const conversions = new Set(
  '0 1 -1 2 4 7 10 12 24 30 60 100 100.0 1.0 0.0 365 365.25 1000 1000.0 1e3 1024 3600 86400 1000000'.split(' '),
);
const flags = new Set(['y', 'n', 't', 'f', 'yes', 'no', 'true', 'false']);
/** Functions whose text arguments show in the result or decide a comparison; those of all others are formats, paths, parts and modifiers. */
const speaking =
  /^(?:COALESCE|IFNULL|NVL|IIF|IF|NULLIF|CONCAT|CONCAT_WS|REPLACE|LOWER|UPPER|TRIM|STARTS_WITH|ENDS_WITH|INSTR|STRPOS|POSITION|REGEXP_CONTAINS|REGEXP_LIKE|ARRAY_TO_STRING|GREATEST|LEAST)$/;
/** Functions that make or move a date: of their texts the dates and the distances (`-7 days`) count. */
const dateCalls =
  /^(?:DATE|DATETIME|TIMESTAMP|JULIANDAY|UNIXEPOCH|STRFTIME|TO_DATE|TO_TIMESTAMP|(?:SAFE\.)?PARSE_\w+)$/;
const regexCalls = /^(?:SAFE\.)?REGEXP_\w+$/;

/**
 * The values that a question must mention, by their place in the tree. Needed are operands of comparisons, BETWEEN, IN and LIKE
 * (whatever function or cast they pass through), results of CASE that are texts, LIMIT n, and texts among the outputs. Exempt are
 * values that the wording implies or that are no data: LIMIT 1 ("the most …"), 0, formats, JSON paths and keys, date modifiers, precisions,
 * conversions of units (100, 60, 24, …), flags (Y, N, true, …), texts without a letter or digit, and small function arguments (2 and below).
 */
export function neededValues(query: Query): NeededValue[] {
  const found: NeededValue[] = [];
  for (const each of queries(query)) {
    if (each.limit !== null) addLimit(each.limit, 'limit', found);
    if (each.offset !== null) addLimit(each.offset, 'offset', found);
    collectQuery(each, found);
  }
  const seen = new Set<string>();
  return found.filter((value) => {
    const key = `${value.kind}\u0000${value.text}\u0000${value.hint}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}

function addLimit(expr: Expr, hint: 'limit' | 'offset', found: NeededValue[]): void {
  if (expr.kind === 'number' && !(hint === 'limit' ? ['1'] : ['0', '1']).includes(expr.text)) {
    found.push({ kind: 'number', text: expr.text, hint, operator: '' });
  }
}

/** The values of one query's own clauses; the queries below it come on their own. */
function collectQuery(query: Query, found: NeededValue[]): void {
  walk(query.body, (node) => {
    if (isQuery(node)) return false;
    if (node.kind === 'select') {
      node.items.forEach((item) => collectOutput(item, found));
      conditionsOf(node).forEach((condition) => collectCondition(condition, found));
    }
    return true;
  });
}

// Texts among the outputs stand in the result, so they are part of the answer; numbers there nearly always convert or weigh.
function collectOutput({ expr }: SelectItem, found: NeededValue[]): void {
  if (expr.kind === 'string') return addText(expr.value, 'plain', '', found);
  below(expr, (node) => {
    if (node.kind === 'case') {
      for (const { when, then } of node.whens) {
        if (node.operand === null) collectCondition(when, found);
        else collectOperand(when, 'plain', '=', found);
        if (then.kind === 'string') addText(then.value, 'plain', '', found);
      }
      if (node.otherwise?.kind === 'string') addText(node.otherwise.value, 'plain', '', found);
    }
    if (node.kind === 'call') {
      if (node.filter !== null) collectCondition(node.filter, found);
      if (isConditionCall(node.name) && node.args[0] !== undefined) collectCondition(node.args[0], found);
      collectArguments(node, found);
    }
    if (isPredicate(node)) collectCondition(node as Expr, found);
  });
}

function isPredicate(node: SqlNode): boolean {
  if (node.kind === 'binary') return /^(?:=|<>|<|>|<=|>=)$/.test(node.operator);
  return node.kind === 'between' || node.kind === 'in' || node.kind === 'like' || node.kind === 'is';
}

function below(expr: Expr, visit: (node: SqlNode) => void): void {
  walk(expr, (node) => {
    if (isQuery(node)) return false;
    visit(node);
    return true;
  });
}

function collectCondition(condition: Expr, found: NeededValue[]): void {
  below(condition, (node) => {
    switch (node.kind) {
      case 'binary':
        if (!isPredicate(node) || isFlag(node)) break;
        collectOperand(node.left, hintOf(node.right), node.operator, found);
        collectOperand(node.right, hintOf(node.left), node.operator, found);
        break;
      case 'between':
        [node.low, node.high].forEach((operand) => collectOperand(operand, hintOf(node.operand), 'BETWEEN', found));
        break;
      case 'in':
        node.list.forEach((item) => collectOperand(item, hintOf(node.operand), '=', found));
        if (node.unnest?.kind === 'array')
          node.unnest.items.forEach((item) => collectOperand(item, 'plain', '=', found));
        collectOperand(node.operand, 'plain', '=', found);
        break;
      case 'like':
        collectOperand(node.pattern, /LIKE|GLOB/.test(node.operator) ? 'pattern' : 'regex', 'LIKE', found);
        break;
      case 'is':
        if (node.right !== null) collectOperand(node.right, hintOf(node.operand), '=', found);
        break;
      case 'call':
        collectArguments(node, found);
        break;
      case 'quantified':
        if (node.array !== null) collectOperand(node.array, 'plain', '=', found);
        break;
      default:
        break;
    }
  });
}

const flagNames =
  /^(?:is|has|have|can|was|were|are|does|did|allow|allows|in)_|_(?:flag|yn)$|^(?:active|enabled|available|paid)$/i;

// SQLite has no booleans: `is_active = 1` says no number, nor does a member of a JSON document that is true.
function isFlag({ operator, left, right }: Expr & { kind: 'binary' }): boolean {
  if ((operator !== '=' && operator !== '<>') || right.kind !== 'number' || right.text !== '1') return false;
  if (left.kind === 'column') return flagNames.test(left.name);
  return (
    (left.kind === 'binary' && left.operator.startsWith('->')) ||
    (left.kind === 'call' && /^JSON_(?:EXTRACT|VALUE)$/i.test(left.name))
  );
}

function collectArguments(call: Expr & { kind: 'call' }, found: NeededValue[]): void {
  const name = call.name.toUpperCase();
  const regex = regexCalls.test(name);
  for (const [index, argument] of call.args.entries()) {
    if (argument.kind === 'interval') collectOperand(argument, 'plain', '', found);
    const value = literalOf(argument);
    if (value === null) continue;
    if (value.kind === 'text') {
      if (regex && index === 1) addText(value.text, 'regex', '', found);
      else if (dateCalls.test(name)) addDate(value.text, found);
      else if (speaking.test(name)) addText(value.text, 'plain', '', found);
    } else if (!/^(?:ROUND|TRUNC|FORMAT|PRINTF|PERCENTILE_\w+)$/.test(name) && Math.abs(Number(value.text)) > 2) {
      addNumber(value.text, /^POW(?:ER)?$/.test(name) ? 'power' : 'plain', '', found);
    }
  }
}

function collectOperand(expr: Expr, hint: ValueHint, operator: string, found: NeededValue[]): void {
  const value = literalOf(expr);
  if (value?.kind === 'number') return addNumber(value.text, hint, operator, found);
  if (value?.kind === 'text') return addText(value.text, hint, operator, found);
  if (expr.kind === 'cast' || expr.kind === 'collate') return collectOperand(expr.operand, hint, operator, found);
  if (expr.kind === 'tuple' || expr.kind === 'array')
    expr.items.forEach((item) => collectOperand(item, hint, operator, found));
  if (expr.kind === 'interval') return collectOperand(expr.value, hint, operator, found);
  // `age > 2 * 30`, `d > CURRENT_DATE - INTERVAL 7 DAY`: conversions are exempt, other numbers are not.
  if (expr.kind === 'binary' && /^[-+*/]$/.test(expr.operator)) {
    for (const side of [expr.left, expr.right]) {
      const part = literalOf(side);
      if (part?.kind === 'number' && conversions.has(part.text)) continue;
      if (side.kind === 'column') continue;
      collectOperand(side, hint, operator, found);
    }
  }
}

function literalOf(expr: Expr): { kind: 'number' | 'text'; text: string } | null {
  switch (expr.kind) {
    case 'number':
      return { kind: 'number', text: expr.text };
    case 'string':
      return { kind: 'text', text: expr.value };
    case 'typed':
      return { kind: 'text', text: expr.value };
    case 'unary': {
      const inner = literalOf(expr.operand);
      return inner?.kind === 'number' && expr.operator === '-' ? { kind: 'number', text: `-${inner.text}` } : null;
    }
    default:
      return null;
  }
}

function hintOf(other: Expr): ValueHint {
  let hint: ValueHint = 'plain';
  below(other, (node) => {
    if (node.kind === 'extract') hint = partHint(node.part) ?? hint;
    if (node.kind !== 'call') return;
    for (const argument of node.args) if (argument.kind === 'string') hint = partHint(argument.value) ?? hint;
  });
  return hint;
}

function partHint(part: string): ValueHint | null {
  if (/^(?:%m|month|mm|%B|%b)$/i.test(part)) return 'month';
  return /^(?:%w|%u|dow|isodow|dayofweek|weekday|%A|%a)$/i.test(part) ? 'weekday' : null;
}

function addDate(text: string, found: NeededValue[]): void {
  const distance = /^[+-]?(\d+(?:\.\d+)? \w+)$/.exec(text)?.[1];
  if (/^\d{4}-\d{1,2}/.test(text)) addText(text, 'plain', '', found);
  else if (distance !== undefined && !/^1 /.test(distance)) addText(distance, 'plain', '', found);
}

function addNumber(text: string, hint: ValueHint, operator: string, found: NeededValue[]): void {
  if (Number(text) !== 0) found.push({ kind: 'number', text, hint, operator });
}

function addText(text: string, hint: ValueHint, operator: string, found: NeededValue[]): void {
  if (/[\p{L}\p{N}]/u.test(text) && !flags.has(text.toLowerCase())) found.push({ kind: 'text', text, hint, operator });
}
