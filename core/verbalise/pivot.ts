import type { Expr, Select } from '../sql/ast.js';
import { columns } from '../sql/walk.js';
import { joinFilters } from './body.js';
import { literalPhrase, nounPhrase } from './expression.js';
import { readParts } from './parts.js';
import type { Reader } from './reader.js';
import { the, Unreadable } from './voice.js';
import { enumerate, singular } from './words.js';

/** SELECT * FROM (SELECT …) PIVOT (…): `sum of the total of orders for each channel, with a column for each status of 'open' and 'paid'`. */
export function pivotPhrase(select: Select, reader: Reader): string | null {
  const { from } = select;
  if (from?.kind !== 'pivot') return null;
  const [item, ...more] = select.items;
  const inner = from.source?.kind === 'subquery' ? from.source.query : null;
  const [spread, ...others] = from.columns;
  const plain = more.length === 0 && item?.expr.kind === 'star' && select.where === null;
  if (!plain || inner?.body.kind !== 'select' || spread?.values == null || others.length > 0 || from.groupBy.length > 0)
    throw new Unreadable('pivot');
  const source = reader.source(inner.body, null);
  const parts = readParts(inner, inner.body, source, reader);
  const spoken = (expr: Expr): string => nounPhrase(expr, source.scope, reader);
  const used = new Set([...from.aggregates.map(({ expr }) => expr), spread.expr].flatMap(named));
  const keys = inner.body.items.filter(
    ({ expr, alias }) => !used.has(alias ?? (expr.kind === 'column' ? expr.name : '')),
  );
  const values = enumerate(spread.values.map(({ expr }) => literalPhrase(expr, reader)));
  const per = keys.length === 0 ? '' : ` for each ${enumerate(keys.map(({ expr }) => singular(spoken(expr))))}`;
  const what = enumerate(from.aggregates.map(({ expr }) => the(spoken(expr))));
  const filter = joinFilters(parts.filters, reader.voice);
  return `${what} of ${parts.subject}${filter}${per}, with a column for each ${singular(spoken(spread.expr))} of ${values}`;
}

const named = (expr: Expr): string[] => columns(expr).map(({ name }) => name);
