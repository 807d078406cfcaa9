import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import { rewrite } from '../sql/walk.js';

type Join = Extract<FromItem, { kind: 'join' }>;

/** A query in terms that there are words for: a SEMI JOIN keeps the rows for which another exists, an ANTI JOIN those without. */
export function plainTerms(query: Query): Query {
  return rewrite(query, (node) => (node.kind === 'select' ? withoutHalfJoins(node) : node));
}

function withoutHalfJoins(select: Select): Select {
  const { from, where } = select;
  if (from?.kind !== 'join' || (from.type !== 'semi' && from.type !== 'anti') || from.on === null) return select;
  const exists: Expr = { kind: 'exists', query: partners(from, from.on), negated: from.type === 'anti' };
  const both: Expr = where === null ? exists : { kind: 'binary', operator: 'AND', left: exists, right: where };
  return withoutHalfJoins({ ...select, from: from.left, where: both });
}

function partners({ right }: Join, on: Expr): Query {
  const body: Select = {
    ...{ kind: 'select', distinct: false, distinctOn: [], as: null, from: right, where: on, groupBy: [] },
    ...{ items: [{ expr: { kind: 'number', text: '1' }, alias: null }], having: null, qualify: null, windows: [] },
  };
  return { kind: 'query', recursive: false, ctes: [], body, orderBy: [], limit: null, offset: null };
}
