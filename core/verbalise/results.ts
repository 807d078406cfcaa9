import type { Query, Select } from '../sql/ast.js';
import { nounPhrase } from './expression.js';
import type { Reader } from './reader.js';
import { readRecursion } from './recursion.js';
import { type Entity, outputSelect, type ResultColumn, type Scope } from './scope.js';
import { readSource, type ReadDerived, type Source } from './source.js';
import { typeOf } from './type-of.js';
import { the, Unreadable } from './voice.js';
import { humanise } from './words.js';

/** Reads a SELECT's FROM; a query in it becomes a result with words of its own. */
export function sourceOf(select: Select, outer: Scope | null, reader: Reader): Source {
  const readDerived: ReadDerived = (item) => {
    if (item.lateral || item.columns.length > 0) throw new Unreadable('lateral subquery');
    const phrase = the(reader.queryPhrase(item.query, { entities: [], outer, aliases: new Map(), rows: 'rows' }));
    const entity = resultEntity(item.alias ?? '', item.query, [], reader);
    return { entity: { ...entity, many: 'that result' }, lead: `taking ${phrase} as an intermediate result` };
  };
  return readSource(select.from, outer, reader, readDerived);
}

/**
 * Reads a CTE's query as the words of a first step, and lets its name stand for the result from then on. `count` says of how
 * many steps it is one.
 */
export function readResult(
  { name, columns, query }: Query['ctes'][number],
  count: number,
  recursive: boolean,
  reader: Reader,
): string {
  const label = humanise(name);
  const called = { one: count > 1 ? label : 'result', many: count > 1 ? `the ${label} result` : 'that result' };
  const recursion = recursive ? readRecursion(name, columns, query, reader) : null;
  const phrase =
    recursion?.phrase ??
    the(reader.queryPhrase(query, { entities: [], outer: null, aliases: new Map(), rows: 'rows' }));
  const entity = recursion?.entity ?? resultEntity(name, query, columns, reader);
  reader.results.set(name.toLowerCase(), { ...entity, ...called });
  return count > 1 ? `${phrase} (call it ${label})` : phrase;
}

/** The columns of a query, with the words for what each means. */
function resultEntity(alias: string, query: Query, names: string[], reader: Reader): Entity {
  const select = outputSelect(query);
  if (select === null) throw new Unreadable('result without columns');
  const { scope } = reader.source(select, null);
  const columns = new Map<string, ResultColumn>();
  select.items.forEach((item, index) => {
    const name = names[index] ?? item.alias ?? (item.expr.kind === 'column' ? item.expr.name : null);
    if (name === null || item.expr.kind === 'star') return;
    columns.set(name, { phrase: nounPhrase(item.expr, scope, reader), type: typeOf(item.expr, scope, reader.lexicon) });
  });
  return { alias, one: 'result', many: 'that result', kind: 'result', table: null, columns };
}
