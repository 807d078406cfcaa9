import type { DatabaseSchema } from '../database.js';
import type { Query, QueryBody, Select } from '../sql/ast.js';
import type { Random } from '../sampling/random.js';
import { bodyPhrase, joinFilters } from './body.js';
import { clause } from './condition.js';
import { nounPhrase } from './expression.js';
import { type Parts, readParts } from './parts.js';
import type { Lexicon } from './phrase.js';
import type { Reader } from './reader.js';
import { type Entity, outputSelect, type ResultColumn, type Scope } from './scope.js';
import { howMany, telegram, wrap } from './sentence.js';
import { readSource, type ReadDerived, type Source } from './source.js';
import { typeOf } from './type-of.js';
import { createVoice, type Style, the, Unreadable } from './voice.js';
import { capitalise, humanise } from './words.js';

export type Verbalisation = { outcome: 'read'; question: string } | { outcome: 'unreadable'; part: string };

export interface VerbaliseInput {
  /** A statement with real names, as populate fills it. */
  query: Query;
  schema: DatabaseSchema;
  lexicon: Lexicon;
  random: Random;
  style: Style;
}

/**
 * Asks for a statement in words. From the tree alone, part by part, so that every clause can be found in the question;
 * where a part has no words, the outcome names it.
 */
export function verbalise({ query, schema, lexicon, random, style }: VerbaliseInput): Verbalisation {
  const reader: Reader = {
    lexicon,
    schema,
    voice: createVoice(style, random),
    results: new Map(),
    clause: (expr, scope) => clause(expr, scope, reader),
    queryPhrase: (inner, outer) => queryPhrase(inner, outer, reader),
    existsClause: (inner, negated, outer) => existsClause(inner, negated, outer, reader),
  };
  try {
    const question = tidy(ask(query, reader));
    return {
      outcome: 'read',
      question: style === 'terse' || style === 'telegraphic' ? question : capitalise(question),
    };
  } catch (error) {
    if (error instanceof Unreadable) return { outcome: 'unreadable', part: error.message };
    throw error;
  }
}

function ask(query: Query, reader: Reader): string {
  const { voice } = reader;
  const steps = query.ctes.map((cte, index) => {
    const body = readResult(cte.name, cte.columns, cte.query, index, query.ctes.length, reader);
    const first =
      index === 0 ? ['First work out', 'First find', 'First compute', 'Start with'] : ['next work out', 'then find'];
    return `${voice.random.pick(first)} ${body}`;
  });
  const before =
    steps.length === 0 ? '' : `${steps.join('; ')}. ${voice.random.pick(['Then', 'From that', 'Based on that,'])} `;
  const main = askBody(query, reader, before === '');
  return before === '' ? main : `${before}${main}`;
}

function askBody(query: Query, reader: Reader, opens: boolean): string {
  const { voice } = reader;
  const { body } = query;
  if (body.kind === 'select') {
    const source = sourceOf(body, null, reader);
    const parts = readParts(query, body, source, reader);
    const lone = isLoneCount(body) && query.orderBy.length === 0 && query.limit === null && parts.lead === null;
    if (lone && opens && source.scope.rows !== 'rows')
      return howMany(parts.subject, joinFilters(parts.filters, voice), voice);
    if (
      voice.style === 'telegraphic' &&
      opens &&
      parts.subject !== '' &&
      parts.firstPer.length === 0 &&
      parts.lead === null
    )
      return telegram(parts);
    const phrase = bodyPhrase(parts, opens ? voice : { ...voice, nested: true });
    return opens
      ? wrap(phrase, isSingular(parts), voice)
      : `${voice.random.pick(['show', 'give', 'list', 'return'])} ${phrase}`;
  }
  const phrase = compoundPhrase(query, null, reader);
  return opens ? wrap(phrase, false, voice) : `${voice.random.pick(['show', 'give', 'list'])} ${phrase}`;
}

const isLoneCount = (select: Select): boolean => {
  const [item, ...more] = select.items;
  if (
    more.length > 0 ||
    item?.expr.kind !== 'call' ||
    select.groupBy.length > 0 ||
    select.having !== null ||
    select.distinct
  )
    return false;
  const { name, distinct, args, filter, over } = item.expr;
  return /^count$/i.test(name) && !distinct && args[0]?.kind === 'star' && filter === null && over === null;
};

const isSingular = (parts: Parts): boolean =>
  parts.groups.length === 0 &&
  parts.outputs.length === 1 &&
  !parts.distinct &&
  (parts.limit === '1' ||
    /^(number|average|mean|sum|highest|lowest|maximum|minimum|latest|earliest)\b/.test(parts.outputs[0]!));

/** A whole query as a noun phrase without article. */
function queryPhrase(query: Query, outer: Scope, reader: Reader): string {
  if (query.ctes.length > 0) throw new Unreadable('WITH inside a query');
  if (query.body.kind !== 'select') return compoundPhrase(query, outer, reader);
  const source = sourceOf(query.body, outer, reader);
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
function compoundPhrase(query: Query, outer: Scope | null, reader: Reader): string {
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
  if (all && operator !== 'UNION') throw new Unreadable(`${operator} ALL`);
  const first = sidePhrase(left, outer, reader);
  const second = sidePhrase(right, outer, reader);
  const select = outputSelect(query);
  let tail = '';
  if (query.orderBy.length > 0) {
    const source = select === null ? null : sourceOf(select, outer, reader);
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
  return `${first}, ${random.pick(words[operator]!)} ${second}${tail}`;
}

function sidePhrase(body: QueryBody, outer: Scope | null, reader: Reader): string {
  const query: Query =
    body.kind === 'nested'
      ? body.query
      : { kind: 'query', recursive: false, ctes: [], body, orderBy: [], limit: null, offset: null };
  if (query.body.kind !== 'select') return `(${compoundPhrase(query, outer, reader)})`;
  const source = sourceOf(query.body, outer, reader);
  return bodyPhrase(readParts(query, query.body, source, reader), {
    ...reader.voice,
    style: 'imperative',
    nested: true,
  });
}

function sourceOf(select: Select, outer: Scope | null, reader: Reader): Source {
  const readDerived: ReadDerived = (item) => {
    if (item.lateral || item.columns.length > 0) throw new Unreadable('lateral subquery');
    const phrase = the(queryPhrase(item.query, { entities: [], outer, aliases: new Map(), rows: 'rows' }, reader));
    const entity = resultEntity(item.alias ?? '', item.query, [], reader);
    return { entity: { ...entity, many: 'that result' }, lead: `taking ${phrase} as an intermediate result` };
  };
  return readSource(select.from, outer, reader, readDerived);
}

/** Reads a CTE's query as the words of a first step, and lets its name stand for the result from then on. */
function readResult(
  name: string,
  columns: string[],
  query: Query,
  index: number,
  count: number,
  reader: Reader,
): string {
  const phrase = queryPhrase(query, { entities: [], outer: null, aliases: new Map(), rows: 'rows' }, reader);
  const entity = resultEntity(name, query, columns, reader);
  const label = humanise(name);
  reader.results.set(name.toLowerCase(), {
    ...entity,
    one: count > 1 ? label : 'result',
    many: count > 1 ? `the ${label} result` : 'that result',
  });
  return count > 1 ? `${the(phrase)} (call it ${label})` : the(phrase);
}

/** The columns of a query, with the words for what each means. */
function resultEntity(alias: string, query: Query, names: string[], reader: Reader): Entity {
  const select = outputSelect(query);
  if (select === null) throw new Unreadable('result without columns');
  const { scope } = sourceOf(select, null, reader);
  const columns = new Map<string, ResultColumn>();
  select.items.forEach((item, index) => {
    const name = names[index] ?? item.alias ?? (item.expr.kind === 'column' ? item.expr.name : null);
    if (name === null || item.expr.kind === 'star') return;
    columns.set(name, { phrase: nounPhrase(item.expr, scope, reader), type: typeOf(item.expr, scope, reader.lexicon) });
  });
  return { alias, one: 'result', many: 'that result', kind: 'result', table: null, columns };
}

/** EXISTS: `there is an order of that customer whose total is above 5`. */
function existsClause(query: Query, negated: boolean, outer: Scope, reader: Reader): string {
  if (query.body.kind !== 'select' || query.body.groupBy.length > 0) throw new Unreadable('EXISTS variant');
  const source = sourceOf(query.body, outer, reader);
  if (source.scope.entities.length !== 1) throw new Unreadable('EXISTS over a join');
  const parts = readParts(
    { ...query, limit: null },
    { ...query.body, items: [{ expr: { kind: 'number', text: '1' }, alias: null }] },
    source,
    reader,
  );
  const entity = source.scope.entities[0]!;
  const filter = joinFilters(parts.filters, reader.voice);
  const { random } = reader.voice;
  if (negated)
    return `${random.pick(['there is no', 'no'])} ${entity.one}${filter}${''}`.replace(
      /^no (.*)$/,
      'there is not a single $1',
    );
  return `there is ${random.pick(['at least one', 'some', 'one or more'])} ${entity.one}${filter}`;
}

const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ,/g, ',')
    .replace(/\bthe the\b/g, 'the')
    .replace(/ of all (that result|the \w+ result)/g, ' of $1')
    .replace(/\b1 (row|decimal|decimal place|character|letter)s\b/g, '1 $1')
    .trim();
