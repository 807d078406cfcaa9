import type { Hardness } from '../template.js';
import { isAggregate } from './aggregates.js';
import type { Expr, Query, QueryBody, Select } from './ast.js';
import { calls, joins, sources } from './walk.js';

/** One SELECT with the order and limit that are its own, and how many set operations and CTEs stand around it. */
interface Outermost {
  select: Select | null;
  query: Query;
  around: number;
  ordered: boolean;
}

/**
 * Spider's four levels by its official rule (`eval_hardness` in evaluation.py of taoyds/spider), counted on our tree:
 * clauses, joins, OR and LIKE (components 1); set operations and subqueries in conditions (components 2); several aggregates,
 * columns, conditions or groupings (others). Of a set operation the first SELECT counts, as there.
 * The rule knows no CTEs and no windows; here each CTE counts like a subquery, and a windowed statement like a grouped one.
 */
export function hardness(query: Query): Hardness {
  const outermost = findOutermost(query, 0);
  const first = components1(outermost);
  const second = components2(outermost);
  const rest = others(outermost);
  if (first <= 1 && rest === 0 && second === 0) return 'easy';
  if (second === 0 && ((rest <= 2 && first <= 1) || (first <= 2 && rest < 2))) return 'medium';
  if (second === 0 && ((rest > 2 && first <= 2) || (first > 2 && first <= 3 && rest <= 2))) return 'hard';
  return first <= 1 && rest === 0 && second <= 1 ? 'hard' : 'extra';
}

// In `a UNION b ORDER BY c` Spider's parser gives the order to b.
function findOutermost(query: Query, around: number): Outermost {
  const within = around + query.ctes.length;
  const descend = (body: QueryBody, sets: number): Outermost => {
    if (body.kind === 'select') return { select: body, query, around: within + sets, ordered: sets === 0 };
    if (body.kind === 'set') return descend(body.left, sets + 1);
    if (body.kind === 'nested') return findOutermost(body.query, within + sets);
    return { select: null, query, around: within + sets, ordered: sets === 0 };
  };
  return descend(query.body, 0);
}

/** The conditions of a clause, cut at AND and OR, and how many ORs there were. */
function conditions(expr: Expr | null): { units: Expr[]; ors: number } {
  if (expr === null) return { units: [], ors: 0 };
  if (expr.kind !== 'binary' || (expr.operator !== 'AND' && expr.operator !== 'OR')) return { units: [expr], ors: 0 };
  const left = conditions(expr.left);
  const right = conditions(expr.right);
  return { units: [...left.units, ...right.units], ors: left.ors + right.ors + (expr.operator === 'OR' ? 1 : 0) };
}

function allConditions(select: Select): { units: Expr[]; ors: number } {
  const clauses = [...joins(select.from).map((join) => join.on), select.where, select.having, select.qualify].map(
    conditions,
  );
  return {
    units: clauses.flatMap((clause) => clause.units),
    ors: clauses.reduce((sum, clause) => sum + clause.ors, 0),
  };
}

function components1({ select, query, ordered }: Outermost): number {
  if (select === null) return 0;
  const { units, ors } = allConditions(select);
  const clauses = [
    select.where !== null,
    select.groupBy.length > 0,
    ordered && query.orderBy.length > 0,
    ordered && query.limit !== null,
    calls(select, { own: true }).some((call) => call.over !== null),
  ];
  const likes = units.filter((unit) => (unit.kind === 'unary' ? unit.operand.kind : unit.kind) === 'like').length;
  return clauses.filter(Boolean).length + Math.max(0, sources(select.from).length - 1) + ors + likes;
}

function components2({ select, around }: Outermost): number {
  if (select === null) return around;
  return around + allConditions(select).units.reduce((sum, unit) => sum + queriesBeside(unit), 0);
}

/** Queries that a condition compares with, not those below them. */
function queriesBeside(expr: Expr): number {
  switch (expr.kind) {
    case 'subquery':
    case 'exists':
      return 1;
    case 'in':
      return expr.query === null ? 0 : 1;
    case 'unary':
      return queriesBeside(expr.operand);
    case 'binary':
      return queriesBeside(expr.left) + queriesBeside(expr.right);
    case 'between':
      return queriesBeside(expr.low) + queriesBeside(expr.high);
    case 'quantified':
      return expr.query === null ? 0 : 1;
    case 'like':
      return queriesBeside(expr.pattern);
    default:
      return 0;
  }
}

// The original counts a negated condition of WHERE, and each AND, OR and negation of HAVING, as an aggregate. So do we: its figures are
// the ones that people compare with.
function others({ select, query, ordered }: Outermost): number {
  if (select === null) return 0;
  const aggregated = (expr: Expr) => calls(expr, { own: true }).some(isAggregate);
  const where = conditions(select.where);
  const having = conditions(select.having);
  const aggregates =
    select.items.filter((item) => aggregated(item.expr)).length +
    where.units.filter(isNegated).length +
    (ordered ? query.orderBy.filter((item) => aggregated(item.expr)).length : 0) +
    having.units.filter(isNegated).length +
    Math.max(0, having.units.length - 1);
  return [aggregates > 1, select.items.length > 1, where.units.length > 1, select.groupBy.length > 1].filter(Boolean)
    .length;
}

function isNegated(expr: Expr): boolean {
  return ('negated' in expr && expr.negated) || (expr.kind === 'unary' && expr.operator === 'NOT');
}
