import type { DatabaseSchema } from '../database.js';
import type { Query, Select } from '../sql/ast.js';
import { rareConstructs } from '../sql/rare.js';
import type { Random } from '../sampling/random.js';
import { bodyPhrase, joinFilters } from './body.js';
import { clause } from './condition.js';
import { existsClause } from './exists.js';
import { type Parts, readParts } from './parts.js';
import { plainTerms } from './plain-terms.js';
import type { Lexicon } from './phrase.js';
import { plainQuery } from './pipe.js';
import { pivotPhrase } from './pivot.js';
import { compoundPhrase, queryPhrase } from './query-phrase.js';
import type { Reader } from './reader.js';
import { readResult, sourceOf } from './results.js';
import { outputSelect } from './scope.js';
import { howMany, lowerFirst, telegram, wrap } from './sentence.js';
import { createVoice, type Style, Unreadable } from './voice.js';
import { capitalise } from './words.js';

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
  const [rare] = rareConstructs(query);
  if (rare !== undefined) return { outcome: 'unreadable', part: rare };
  const reader: Reader = {
    lexicon,
    schema,
    voice: createVoice(style, random),
    results: new Map(),
    clause: (expr, scope) => clause(expr, scope, reader),
    queryPhrase: (inner, outer) => queryPhrase(inner, outer, reader),
    existsClause: (inner, negated, outer) => existsClause(inner, negated, outer, reader),
    source: (select, outer) => sourceOf(select, outer, reader),
  };
  try {
    const question = tidy(ask(plainTerms(query), reader));
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
  if (query.body.kind === 'pipe') {
    const plain = ask(plainQuery(query, query.body), reader);
    const how = voice.random.pick(['In pipe syntax', 'Using pipe syntax', 'As a pipe query', 'With pipes']);
    return `${how}: ${lowerFirst(plain)}`;
  }
  const steps = query.ctes.map((cte, index) => {
    const body = readResult(cte, query.ctes.length, query.recursive, reader);
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
    const pivot = pivotPhrase(body, reader);
    if (pivot !== null && query.orderBy.length === 0 && query.limit === null) return wrap(pivot, false, voice);
    const source = reader.source(body, null);
    const parts = readParts(query, body, source, reader);
    const lone = isLoneCount(body) && query.orderBy.length === 0 && query.limit === null && parts.lead === null;
    if (lone && opens && source.scope.rows !== 'rows')
      return howMany(parts.subject.replace(' and their ', ' with their '), joinFilters(parts.filters, voice), voice);
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
  return opens
    ? wrap(phrase, isSingularSelect(outputSelect(query)), voice)
    : `${voice.random.pick(['show', 'give', 'list'])} ${phrase}`;
}

/** The same of the first side of a set operation, before it has words. */
const isSingularSelect = (select: Select | null): boolean =>
  select?.items.length === 1 &&
  select.items[0]!.expr.kind !== 'star' &&
  !select.distinct &&
  select.groupBy.length === 0;

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

/** Whether one noun phrase is asked for, whatever the number of rows: `what is the average price for each city?` */
const isSingular = ({ outputs, distinct }: Parts): boolean =>
  outputs.length === 1 && !distinct && !/^[^ ]+ values\b/.test(outputs[0]!);

const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ,/g, ',')
    .replace(/\bthe the\b/g, 'the')
    .replace(/ of all (that result|the \w+ result)/g, ' of $1')
    .replace(/\b1 (row|decimal|decimal place|character|letter)s\b/g, '1 $1')
    .trim();
