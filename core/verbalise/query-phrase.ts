import type { Query, QueryBody, Select } from '../sql/ast.js';
import { bodyPhrase } from './body.js';
import { nounPhrase } from './expression.js';
import { readParts } from './parts.js';
import type { Reader } from './reader.js';
import { outputSelect, type Scope } from './scope.js';
import { Unreadable } from './voice.js';

/** A whole query as a noun phrase without article. */
export function queryPhrase(query: Query, outer: Scope, reader: Reader): string {
  if (query.ctes.length > 0) throw new Unreadable('WITH inside a query');
  if (query.body.kind !== 'select') return compoundPhrase(query, outer, reader);
  const source = reader.source(query.body, outer);
  const parts = readParts(query, query.body, source, reader);
  const body = bodyPhrase(parts, { ...reader.voice, style: 'terse', nested: true });
  return isAggregateOnly(query.body) && parts.filters.length === 0 && !parts.namesSubject
    ? body.replace(` of ${parts.subject}`, ` of all ${parts.subject}`)
    : body;
}

const isAggregateOnly = (select: Select): boolean =>
  select.groupBy.length === 0 &&
  select.items.every(
    (item) => item.expr.kind === 'call' && /^(avg|sum|min|max|count)$/i.test(item.expr.name) && item.expr.over === null,
  );

/** UNION, INTERSECT, EXCEPT: both sides in full, and words between them that tell the three apart. */
export function compoundPhrase(query: Query, outer: Scope | null, reader: Reader): string {
  if (query.body.kind !== 'set') throw new Unreadable(query.body.kind);
  const { operator, all, left, right } = query.body;
  const { random } = reader.voice;
  const words: Record<string, string[]> = {
    UNION: all
      ? ['followed by', 'stacked with', 'together with (keeping duplicates)']
      : ['combined with', 'together with', 'merged without duplicates with'],
    INTERSECT: ['that also appear in', 'that are also among', 'in common with'],
    EXCEPT: ['that do not appear in', 'that are not among', 'except', 'minus'],
  };
  const first = sidePhrase(left, outer, reader);
  const second = sidePhrase(right, outer, reader);
  const select = outputSelect(query);
  let tail = '';
  if (query.orderBy.length > 0) {
    const source = select === null ? null : reader.source(select, outer);
    if (select === null || source === null) throw new Unreadable('ordered set operation');
    const order = readParts(
      { ...query, limit: null, offset: null },
      { ...select, where: null, having: null },
      source,
      reader,
    ).order;
    tail = `, the whole sorted by ${order ?? ''}`;
  }
  if (query.offset !== null) throw new Unreadable('OFFSET of a set operation');
  if (query.limit !== null)
    tail += `, ${query.orderBy.length > 0 ? 'only the first' : 'any'} ${nounPhrase(query.limit, { entities: [], outer: null, aliases: new Map(), rows: 'rows' }, reader)} of all`;
  return `${first}, ${random.pick(words[operator]!)} ${second}${all && operator !== 'UNION' ? ', counting each repetition' : ''}${tail}`;
}

function sidePhrase(body: QueryBody, outer: Scope | null, reader: Reader): string {
  const query: Query =
    body.kind === 'nested'
      ? body.query
      : { kind: 'query', recursive: false, ctes: [], body, orderBy: [], limit: null, offset: null };
  if (query.body.kind !== 'select') return `(${compoundPhrase(query, outer, reader)})`;
  const source = reader.source(query.body, outer);
  return bodyPhrase(readParts(query, query.body, source, reader), {
    ...reader.voice,
    style: 'imperative',
    nested: true,
  });
}
