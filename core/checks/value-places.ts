import type { Expr, Select } from '../sql/ast.js';
import { joins } from '../sql/walk.js';

/** The conditions of a SELECT: WHERE, HAVING, QUALIFY and what its joins say. */
export function conditionsOf(select: Select): Expr[] {
  const all = [select.where, select.having, select.qualify, ...joins(select.from).map((join) => join.on)];
  return all.filter((condition) => condition !== null);
}

/** Functions whose first argument is a condition. */
export function isConditionCall(name: string): boolean {
  return /^(?:COUNTIF|IIF|IF)$/i.test(name);
}
