import type { Query } from '../sql/ast.js';
import { joinFilters } from './body.js';
import type { Clause } from './clause.js';
import { readParts } from './parts.js';
import type { Reader } from './reader.js';
import type { Scope } from './scope.js';
import { Unreadable } from './voice.js';

/** EXISTS: `there is an order of that customer whose total is above 5`, or beside customers: `that have an order whose …`. */
export function existsClause(query: Query, negated: boolean, outer: Scope, reader: Reader): Clause {
  if (query.body.kind !== 'select' || query.body.groupBy.length > 0) throw new Unreadable('EXISTS variant');
  const source = reader.source(query.body, outer);
  if (source.scope.entities.length !== 1) throw new Unreadable('EXISTS over a join');
  const parts = readParts(
    { ...query, limit: null },
    { ...query.body, items: [{ expr: { kind: 'number', text: '1' }, alias: null }] },
    source,
    reader,
  );
  const { one } = source.scope.entities[0]!;
  const { random } = reader.voice;
  const filter = joinFilters(parts.filters, reader.voice);
  const finite = negated
    ? `there is ${random.pick(['no', 'not a single'])} ${one}${filter}`
    : `there is ${random.pick(['at least one', 'some', 'one or more'])} ${one}${filter}`;
  const owner = outer.entities.length === 1 ? `BELONGS ${outer.entities[0]!.one}` : null;
  const rest = parts.filters.filter((part) => part.finite !== owner);
  if (rest.length === parts.filters.length) return { subject: null, finite, bare: null, plain: false };
  const has = negated
    ? random.pick(['that have no', 'without any'])
    : random.pick(['that have at least one', 'with at least one', 'that have some']);
  return {
    subject: null,
    finite,
    bare: null,
    plain: false,
    relative: `${has} ${one}${joinFilters(rest, reader.voice)}`,
  };
}
