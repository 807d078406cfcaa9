import type { Call, Expr, FromItem, OrderItem, Query, QueryBody, Select, Window } from '../sql/ast.js';

/** Short constructors for the tree's nodes; every field that is left out has its empty value. */
export const column = (name: string, table: string | null = null): Expr => ({ kind: 'column', table, name });
export const number = (value: number | string): Expr => ({ kind: 'number', text: String(value) });
export const star = (): Expr => ({ kind: 'star', table: null, except: [], replace: [] });
export const binary = (left: Expr, operator: string, right: Expr): Expr => ({ kind: 'binary', operator, left, right });
export const isNull = (operand: Expr, negated = false): Extract<Expr, { kind: 'is' }> => ({
  kind: 'is',
  operand,
  test: 'NULL',
  right: null,
  negated,
});
export const inQuery = (operand: Expr, query: Query, negated = false): Expr => ({
  kind: 'in',
  operand,
  list: [],
  query,
  unnest: null,
  negated,
});

export function call(name: string, args: Expr[], extra: Partial<Call> = {}): Call {
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
    ...extra,
  };
}

export const window = (extra: Partial<Window> = {}): Window => ({
  base: null,
  partitionBy: [],
  orderBy: [],
  frame: null,
  ...extra,
});

export const ascending = (expr: Expr): OrderItem => ({ expr, descending: false, nulls: null });
export const descending = (expr: Expr): OrderItem => ({ expr, descending: true, nulls: null });

export const table = (name: string, alias: string | null = null): FromItem => ({ kind: 'table', name: [name], alias });

export function join(left: FromItem, right: FromItem, on: Expr, type: 'inner' | 'left' = 'inner'): FromItem {
  return { kind: 'join', type, left, right, on, using: [], natural: false };
}

export function select(items: Expr[], from: FromItem | null, extra: Partial<Select> = {}): Select {
  return {
    kind: 'select',
    distinct: false,
    distinctOn: [],
    as: null,
    items: items.map((expr) => ({ expr, alias: null })),
    from,
    where: null,
    groupBy: [],
    having: null,
    qualify: null,
    windows: [],
    ...extra,
  };
}

export function query(body: QueryBody, extra: Partial<Query> = {}): Query {
  return { kind: 'query', recursive: false, ctes: [], body, orderBy: [], limit: null, offset: null, ...extra };
}
