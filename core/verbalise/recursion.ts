import type { Expr, Query, Select } from '../sql/ast.js';
import { joinFilters } from './body.js';
import { nounPhrase } from './expression.js';
import { readParts } from './parts.js';
import { conjuncts, type Reader } from './reader.js';
import { type Entity, findColumn, flattenFrom, type ResultColumn, type Scope } from './scope.js';
import { typeOf } from './type-of.js';
import { Unreadable } from './voice.js';
import { enumerate } from './words.js';

const nowhere = (): Scope => ({ entities: [], outer: null, aliases: new Map(), rows: 'rows' });

/**
 * Reads a recursive CTE: a series of numbers (`1, and from each the next as long as …`), or a hierarchy that is walked along a key
 * (`the employees whose manager id is missing at level 0, then those whose manager id is the id of one found before`).
 */
export function readRecursion(
  name: string,
  names: string[],
  query: Query,
  reader: Reader,
): { phrase: string; entity: Entity } | null {
  const { body } = query;
  if (body.kind !== 'set' || body.operator !== 'UNION') return null;
  const { left, right } = body;
  if (left.kind !== 'select' || right.kind !== 'select' || query.orderBy.length > 0 || query.limit !== null)
    return null;
  const columnNames = left.items.map((item, index) => names[index] ?? item.alias ?? columnName(item.expr) ?? '');
  return left.from === null
    ? readSeries(name, columnNames, left, right, reader)
    : readHierarchy(name, columnNames, left, right, reader);
}

const columnName = (expr: Expr): string | null => (expr.kind === 'column' ? expr.name : null);

const result = (alias: string, columns: Map<string, ResultColumn>): Entity => ({
  ...{ alias, one: 'result', many: 'that result', kind: 'result', table: null, columns },
});

function readSeries(alias: string, names: string[], first: Select, next: Select, reader: Reader) {
  const from = flattenFrom(next.from).items;
  if (from.length !== 1 || from[0]!.kind !== 'table' || from[0]!.name[0]!.toLowerCase() !== alias.toLowerCase())
    throw new Unreadable('recursive query');
  const columns = new Map<string, ResultColumn>();
  names.forEach((name, index) => {
    const words = names.length === 1 ? 'number' : `${name.replace(/_/g, ' ')} value`;
    columns.set(name, { phrase: words, type: typeOf(first.items[index]!.expr, nowhere(), reader.lexicon) });
  });
  const entity = { ...result(alias, columns), alias: from[0]!.alias ?? alias };
  const scope: Scope = { ...nowhere(), entities: [entity] };
  const steps = names.map((_, index) => {
    const start = nounPhrase(first.items[index]!.expr, nowhere(), reader);
    const then = nounPhrase(next.items[index]!.expr, scope, reader);
    return names.length === 1
      ? `${start}, and then each time the ${then}`
      : `${[...columns.values()][index]!.phrase} ${start}, and then each time the ${then}`;
  });
  const limit = conjuncts(next.where).map((condition) => reader.clause(condition, scope));
  const until = limit.length === 0 ? '' : `, going on as long as ${limit.join(' and ')}`;
  return {
    phrase: `a series that starts with ${enumerate(steps, 'and with')}${until}`,
    entity: result(alias, columns),
  };
}

function readHierarchy(alias: string, names: string[], first: Select, next: Select, reader: Reader) {
  const { items, joins } = flattenFrom(next.from);
  const own = items.find((item) => item.kind === 'table' && item.name[0]!.toLowerCase() === alias.toLowerCase());
  const table = items.find((item) => item !== own);
  const [join, ...more] = joins;
  if (own?.kind !== 'table' || table?.kind !== 'table' || join === undefined || more.length > 0 || next.where !== null)
    throw new Unreadable('recursive query');
  const source = reader.source(first, null);
  const columns = new Map<string, ResultColumn>();
  first.items.forEach(({ expr }, index) => {
    const phrase = expr.kind === 'number' ? 'level' : nounPhrase(expr, source.scope, reader);
    columns.set(names[index]!, { phrase, type: typeOf(expr, source.scope, reader.lexicon) });
  });
  const on = join.on;
  if (on?.kind !== 'binary' || on.operator !== '=' || on.left.kind !== 'column' || on.right.kind !== 'column')
    throw new Unreadable('recursive query');
  const ownAlias = (own.alias ?? alias).toLowerCase();
  const [mine, found] = on.left.table?.toLowerCase() === ownAlias ? [on.right, on.left] : [on.left, on.right];
  const key = columns.get(found.name);
  if (key === undefined || findColumn(mine.name, null, source.scope) === null) throw new Unreadable('recursive query');
  const parts = readParts(
    { kind: 'query', recursive: false, ctes: [], body: first, orderBy: [], limit: null, offset: null },
    first,
    source,
    reader,
  );
  const level = first.items.findIndex(({ expr }) => expr.kind === 'number');
  const start = level < 0 ? '' : ` at level ${(first.items[level]!.expr as { text: string }).text}`;
  const further = level < 0 ? '' : ', one level further each time';
  const reference = nounPhrase({ ...mine, table: null }, source.scope, reader);
  return {
    phrase: `the ${parts.subject}${joinFilters(parts.filters, reader.voice)}${start}, and then step by step all ${parts.subject} whose ${reference} is the ${key.phrase} of one found before${further}`,
    entity: result(alias, columns),
  };
}
