import type { Grammar } from '../dialect.js';
import type { Call, Expr, FromItem, Query } from '../sql/ast.js';
import { call } from '../sql/parse/calls.js';
import { isFromItem, rewrite, type SqlNode } from '../sql/walk.js';
import { SeedRefusal } from './refusal.js';

type Target = Exclude<Grammar, 'sqlite'>;

/**
 * SQLite's functions, operators and types in another dialect's words. Throws SeedRefusal where it has none: a seed that would mean something
 * else, or nothing, there is lost and counted. Division is left to each dialect's own rule for whole numbers.
 */
export function translate(query: Query, target: Target): Query {
  return rewrite(query, (node) => (isFromItem(node) ? source(node, target) : translated(node, target)));
}

function source(item: FromItem, target: Target): FromItem {
  if (item.kind === 'join' && item.type === 'full' && target === 'mariadb') throw new SeedRefusal('full-join');
  return item;
}

function translated(node: SqlNode, target: Target): SqlNode {
  switch (node.kind) {
    case 'query':
      if (target === 'mariadb' && node.orderBy.some(({ nulls }) => nulls !== null))
        throw new SeedRefusal('nulls-order');
      return node;
    case 'call':
      return functionOf(node, target);
    case 'cast':
      return { ...node, type: typeOf(node.type, target) };
    case 'binary':
      return node.operator === '||' && target === 'mariadb'
        ? call('CONCAT', [node.left, node.right])
        : operatorOf(node);
    case 'like':
      if (node.operator === 'GLOB' && target === 'duckdb') return node;
      if (node.operator !== 'LIKE') throw new SeedRefusal('untranslated-operator');
      return node;
    case 'is':
      return node.test === 'VALUE' ? sameAs(node, target) : node;
    default:
      return node;
  }
}

const portableOperators = new Set(['=', '<>', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '||', 'AND', 'OR']);

function operatorOf(node: Expr & { kind: 'binary' }): Expr {
  if (!portableOperators.has(node.operator)) throw new SeedRefusal('untranslated-operator');
  return node;
}

// SQLite's `a IS b`, which holds for two NULLs, too.
function sameAs(node: Expr & { kind: 'is' }, target: Target): Expr {
  if (target !== 'mariadb') return { ...node, test: 'DISTINCT FROM', negated: !node.negated };
  const same: Expr = { kind: 'binary', operator: '<=>', left: node.operand, right: node.right! };
  return node.negated ? { kind: 'unary', operator: 'NOT', operand: same } : same;
}

const types: Record<'INTEGER' | 'REAL' | 'TEXT', Record<Target, string>> = {
  INTEGER: { postgres: 'BIGINT', bigquery: 'INT64', duckdb: 'BIGINT', mariadb: 'SIGNED' },
  REAL: { postgres: 'DOUBLE PRECISION', bigquery: 'FLOAT64', duckdb: 'DOUBLE', mariadb: 'DOUBLE' },
  TEXT: { postgres: 'TEXT', bigquery: 'STRING', duckdb: 'VARCHAR', mariadb: 'CHAR' },
};

// https://www.sqlite.org/datatype3.html, 3.1: affinity goes by parts of the type's name.
function typeOf(type: string, target: Target): string {
  if (/INT/.test(type)) return types.INTEGER[target];
  if (/CHAR|TEXT|CLOB/.test(type)) return types.TEXT[target];
  if (/REAL|FLOA|DOUB|NUMERIC|DECIMAL/.test(type)) return types.REAL[target];
  throw new SeedRefusal('untranslated-type');
}

/** Functions that are the same everywhere. */
const portable = new Set(
  `COUNT SUM AVG MIN MAX ABS LENGTH UPPER LOWER COALESCE NULLIF TRIM LTRIM RTRIM REPLACE SUBSTR ROW_NUMBER RANK DENSE_RANK
   LAG LEAD FIRST_VALUE LAST_VALUE NTILE CEIL FLOOR SIGN`.split(/\s+/),
);

function functionOf(node: Call, target: Target): Expr {
  const scalarExtreme = (node.name === 'MIN' || node.name === 'MAX') && node.args.length > 1;
  if (scalarExtreme) return { ...node, name: node.name === 'MIN' ? 'LEAST' : 'GREATEST' };
  if (portable.has(node.name)) return node;
  const own = translations[node.name]?.(node, target);
  if (own === undefined) throw new SeedRefusal('untranslated-function');
  return own;
}

const translations: Record<string, (node: Call, target: Target) => Expr | undefined> = {
  IFNULL: (node) => ({ ...node, name: 'COALESCE' }),
  IIF: ({ args: [when, then, otherwise] }) => ({
    kind: 'case',
    operand: null,
    whens: [{ when: when!, then: then! }],
    otherwise: otherwise ?? null,
  }),
  SUBSTRING: (node) => ({ ...node, name: 'SUBSTR' }),
  INSTR: (node, target) => ({ ...node, name: target === 'mariadb' ? 'INSTR' : 'STRPOS' }),
  TOTAL: (node) =>
    call('COALESCE', [
      { ...node, name: 'SUM' },
      { kind: 'number', text: '0' },
    ]),
  ROUND: (node, target) => {
    const [value, ...digits] = node.args;
    if (target !== 'postgres' || digits.length === 0) return node;
    const number: Expr = { kind: 'cast', style: '::', operand: value!, type: 'NUMERIC', format: null };
    return { ...node, args: [number, ...digits] };
  },
  GROUP_CONCAT: joined,
  STRING_AGG: joined,
  STRFTIME: formatted,
};

// GROUP_CONCAT(x, ', ') with what it joins as a text.
function joined(node: Call, target: Target): Expr {
  const [value, separator = { kind: 'string', value: ',', prefix: '' } as const] = node.args;
  if (target === 'mariadb')
    return { ...node, name: 'GROUP_CONCAT', args: [value!, separator], separators: [null, 'SEPARATOR'] };
  const text: Expr = { kind: 'cast', style: 'CAST', operand: value!, type: types.TEXT[target], format: null };
  return { ...node, name: 'STRING_AGG', args: [text, separator] };
}

const dateFields: Record<string, string> = { Y: 'YYYY', m: 'MM', d: 'DD', H: 'HH24', M: 'MI', S: 'SS' };

// STRFTIME('%Y-%m', d): the same marks in BigQuery, DuckDB and (but for the minutes and seconds) MariaDB, other ones in PostgreSQL.
function formatted(node: Call, target: Target): Expr | undefined {
  const [format, date, ...modifiers] = node.args;
  if (format?.kind !== 'string' || date === undefined || modifiers.length > 0) return undefined;
  const marks = [...format.value.matchAll(/%(.)/g)].map((match) => match[1]!);
  if (!marks.every((mark) => mark in dateFields)) return undefined;
  const text = (value: string): Expr => ({ ...format, value });
  switch (target) {
    case 'postgres':
      return call('TO_CHAR', [date, text(format.value.replace(/%(.)/g, (_, mark: string) => dateFields[mark]!))]);
    case 'bigquery':
      return call('FORMAT_DATE', [format, call('DATE', [date])]);
    case 'duckdb':
      return call('STRFTIME', [date, format]);
    case 'mariadb':
      return call('DATE_FORMAT', [date, text(format.value.replaceAll('%M', '%i'))]);
  }
}
