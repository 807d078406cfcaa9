import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Expr, FromItem, OrderItem, Query, QueryBody, Select } from '../sql/ast.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import { printExpr } from '../sql/printer.js';
import { joins, rewrite, sources } from '../sql/walk.js';
import { nameColumns, type NamesColumns } from './set-match-columns.js';

/**
 * Spider's exact set match (Yu et al. 2018, `eval_exact_match` of its evaluation): whether two statements have the same parts, clause by
 * clause, columns and conditions as sets. As there, values and DISTINCT do not count, nor by what tables are joined; columns that foreign
 * keys tie together are one; an order's direction and a limit's presence count, its number does not. A query inside a condition or FROM is
 * compared strictly: parts in their order, DISTINCT counts, and in FROM values too. What Spider's grammar lacks is compared by its canonical text: CTEs, windows,
 * QUALIFY. A statement that the parser cannot read matches nothing.
 */
export function setMatch(gold: string, predicted: string, dialect: DialectManifest, schema?: DatabaseSchema): boolean {
  const parts = setParts(gold, dialect, schema);
  return parts !== null && parts === setParts(predicted, dialect, schema);
}

/** A text that statements have in common exactly when they match as `setMatch` says; null of what the parser cannot read. */
export function setParts(sql: string, dialect: DialectManifest, schema?: DatabaseSchema): string | null {
  try {
    return JSON.stringify(
      partsOf(parse(sql, dialect), { dialect, schema, strict: false, values: false, tiedTables: null }),
    );
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

interface Reading {
  dialect: DialectManifest;
  schema: DatabaseSchema | undefined;
  /** Of queries inside others: nothing is sorted, and DISTINCT, conditions of joins and foreign keys count. */
  strict: boolean;
  /** Of queries in FROM: values count. */
  values: boolean;
  /** Of set operations: the tables of the first side, whose columns foreign keys tie on every side. Null: those of each SELECT. */
  tiedTables: ReadonlySet<string> | null;
}

/** The clauses of one SELECT, and the query that a set operation ties to it. */
interface Parts {
  select: string[];
  tables: string[];
  where: string[];
  /** AND, OR: which of them stand in WHERE. */
  connectives: string[];
  groupBy: string[];
  /** Counts only beside a GROUP BY, as in Spider. */
  having: string[];
  order: string[];
  limit: string;
  /** HAVING, and OR, NOT, IN and LIKE in any condition, those of joins included. */
  keywords: string[];
  /** What Spider's grammar lacks, as text. */
  rest: string[];
  operation: { operator: string; right: Parts } | null;
}

const nothing: Parts = {
  ...{ select: [], tables: [], where: [], connectives: [], groupBy: [], having: [], order: [], limit: '' },
  ...{ keywords: [], rest: [], operation: null },
};

type Ending = Pick<Query, 'orderBy' | 'limit'>;
type Prints = (expr: Expr) => string;

function partsOf(query: Query, reading: Reading): Parts {
  const ctes = query.ctes.map(({ name, query: inner }) => `${name.toLowerCase()} ${nested(inner, reading)}`);
  const parts = partsOfBody(query.body, query, reading);
  return { ...parts, rest: [...ctes, ...parts.rest] };
}

/** Of `a UNION b ORDER BY c`, Spider's parser gives the order to b, and it reads `a UNION b UNION c` from the right. */
function partsOfBody(body: QueryBody, ending: Ending, reading: Reading): Parts {
  if (body.kind === 'nested') return partsOf(body.query, reading);
  if (body.kind === 'select') return partsOfSelect(body, ending, reading);
  if (body.kind !== 'set') return { ...nothing, rest: [JSON.stringify(body)] };
  const [first, ...others] = sidesOf(body);
  const side = { ...reading, tiedTables: reading.tiedTables ?? tablesOf(first!.body) };
  return {
    ...partsOfBody(first!.body, { orderBy: [], limit: null }, side),
    operation: tied(others, ending, side),
  };
}

function tablesOf(body: QueryBody): ReadonlySet<string> {
  if (body.kind === 'nested') return tablesOf(body.query.body);
  const from = body.kind === 'select' ? sources(body.from) : [];
  return new Set(from.flatMap((source) => (source.kind === 'table' ? [source.name.at(-1)!.toLowerCase()] : [])));
}

interface Side {
  /** UNION, INTERSECT or EXCEPT before it; Spider does not know ALL. */
  operator: string;
  body: QueryBody;
}

/** The sides of set operations in a row. */
function sidesOf(body: QueryBody, operator = ''): Side[] {
  if (body.kind !== 'set') return [{ operator, body }];
  return [...sidesOf(body.left, operator), ...sidesOf(body.right, body.operator)];
}

function tied([side, ...others]: Side[], ending: Ending, reading: Reading): Parts['operation'] {
  if (!side) return null;
  const own = others.length === 0 ? ending : { orderBy: [], limit: null };
  const right = partsOfBody(side.body, own, reading);
  return { operator: side.operator, right: { ...right, operation: tied(others, ending, reading) ?? right.operation } };
}

function partsOfSelect(select: Select, { orderBy, limit }: Ending, reading: Reading): Parts {
  const { strict, values, tiedTables } = reading;
  const isTied = (table: string): boolean => !strict && (tiedTables === null || tiedTables.has(table));
  const print = printsOf(reading, nameColumns(select.from, reading.schema, isTied));
  const set = (parts: string[]): string[] => (strict ? parts : [...parts].sort());
  const where = conditionsOf(select.where);
  const having = conditionsOf(select.having);
  const on = joins(select.from).map((join) => conditionsOf(join.on));
  const texts = ({ units }: Conditions): string[] => units.map((unit) => print(values ? unit : withoutValues(unit)));
  return {
    select: [...(strict && select.distinct ? ['DISTINCT'] : []), ...set(select.items.map(({ expr }) => print(expr)))],
    tables: set(sources(select.from).map((source) => tableOf(source, reading))),
    where: set(texts(where)),
    connectives: strict ? where.connectives : [...new Set(where.connectives)].sort(),
    groupBy: select.groupBy.map((item) => (item.kind === 'expr' ? print(item.expr) : JSON.stringify(item))),
    having: select.groupBy.length > 0 ? texts(having) : [],
    order: orderOf(orderBy, print),
    limit: limit === null ? '' : strict ? printExpr(limit, reading.dialect) : 'some',
    keywords: [...(select.having ? ['HAVING'] : []), ...keywordsOf([where, having, ...on])],
    rest: [...(select.qualify ? [print(select.qualify)] : []), ...(strict ? on.flatMap(texts) : [])],
    operation: null,
  };
}

/** Spider's tree holds one direction for all of an order. */
function orderOf(orderBy: OrderItem[], print: Prints): string[] {
  if (orderBy.length === 0) return [];
  return [...orderBy.map(({ expr }) => print(expr)), orderBy.at(-1)!.descending ? 'desc' : 'asc'];
}

interface Conditions {
  units: Expr[];
  connectives: string[];
}

function conditionsOf(expr: Expr | null): Conditions {
  if (expr === null) return { units: [], connectives: [] };
  if (expr.kind !== 'binary' || (expr.operator !== 'AND' && expr.operator !== 'OR'))
    return { units: [expr], connectives: [] };
  const [left, right] = [conditionsOf(expr.left), conditionsOf(expr.right)];
  return {
    units: [...left.units, ...right.units],
    connectives: [...left.connectives, expr.operator, ...right.connectives],
  };
}

function keywordsOf(conditions: Conditions[]): string[] {
  const found = new Set<string>();
  for (const { units, connectives } of conditions) {
    if (connectives.includes('OR')) found.add('OR');
    for (const unit of units) {
      const inner = unit.kind === 'unary' && unit.operator === 'NOT' ? unit.operand : unit;
      if (inner !== unit || ('negated' in inner && inner.negated)) found.add('NOT');
      if (inner.kind === 'in') found.add('IN');
      if (inner.kind === 'like') found.add('LIKE');
    }
  }
  return [...found].sort();
}

const anyValue: Expr = { kind: 'placeholder', id: 'V0' };

/** A condition without what it compares with, unless that is a query: Spider leaves out values, and columns on the right with them. */
function withoutValues(unit: Expr): Expr {
  const without = (expr: Expr): Expr => (expr.kind === 'subquery' ? expr : anyValue);
  switch (unit.kind) {
    case 'binary':
      return { ...unit, right: without(unit.right) };
    case 'between':
      return { ...unit, low: without(unit.low), high: without(unit.high) };
    case 'like':
      return { ...unit, pattern: without(unit.pattern) };
    case 'in':
      return unit.query ? unit : { ...unit, list: [anyValue] };
    default:
      return unit;
  }
}

function tableOf(source: FromItem, reading: Reading): string {
  if (source.kind === 'table') return source.name.at(-1)!.toLowerCase();
  if (source.kind === 'subquery') return `(${nested(source.query, { ...reading, values: true })})`;
  return JSON.stringify(source);
}

const nested = (query: Query, reading: Reading): string => JSON.stringify(partsOf(query, { ...reading, strict: true }));

const literals = new Set(['number', 'string', 'boolean', 'typed', 'parameter', 'placeholder']);

/** Prints an expression: columns by their tables, values as one sign, queries by their parts. */
function printsOf(reading: Reading, names: NamesColumns): Prints {
  // Queries are taken out first, innermost before what holds them, since their columns are of other tables.
  const plain = (expr: Expr): Expr => {
    const inner: string[] = [];
    const withoutQueries = rewrite(expr, (node) => {
      if (node.kind !== 'query') return node;
      inner.push(nested(node, reading));
      return empty;
    });
    const changed = rewrite(withoutQueries, (part) => {
      if (part.kind === 'column') return names(part);
      if (part.kind === 'call') return { ...part, distinct: part.distinct && reading.strict };
      if (part.kind === 'star') return { ...part, table: null };
      return literals.has(part.kind) && !reading.values ? anyValue : part;
    });
    return inner.length === 0 ? changed : { kind: 'tuple', items: [changed, ...inner.map(textValue)] };
  };
  return (expr) => printExpr(plain(expr), reading.dialect);
}

const textValue = (value: string): Expr => ({ kind: 'string', value, prefix: '' });

const empty: Query = {
  ...{ kind: 'query', recursive: false, ctes: [], orderBy: [], limit: null, offset: null },
  body: { kind: 'values', rows: [] },
};
