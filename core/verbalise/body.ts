import { type Clause, sentence } from './clause.js';
import type { Parts } from './parts.js';
import type { Voice } from './voice.js';
import { the } from './voice.js';
import { enumerate, singular } from './words.js';

/** Parts a phrase that opens a sentence (`for each city`) from the rest, so that the verb can come between: `For each city, show …`. */
export const opening = '\u0001';

/** One noun phrase that says all of a SELECT: `the name of customers whose city is 'Paris', sorted by name from A to Z`. */
export function bodyPhrase(parts: Parts, voice: Voice): string {
  const { random } = voice;
  const lead = parts.lead === null ? '' : `${parts.lead}${opening}`;
  const filter = filterPhrase(parts, voice);
  const tail = parts.subtotals + havingTail(parts, voice) + orderTail(parts, voice);
  if (parts.everything) {
    const what = random.pick(['all columns of', 'all details of', 'everything about', 'all fields of']);
    return `${lead}${what} ${topSubject(parts, voice)}${filter}${tail}`;
  }
  const distinct = parts.distinct ? `${random.pick(['different', 'distinct', 'unique'])} ` : '';
  if (parts.groups.length > 0) return lead + withJoined(groupedPhrase(parts, distinct, filter, tail, voice), parts);
  const outputs = outputPhrase(parts.outputs, distinct, voice);
  if (parts.subject === '') return `${lead}${outputs}${tail}`;
  if (parts.firstPer.length > 0) {
    const per = enumerate(parts.firstPer.map((p) => singular(p)));
    return `${lead}${outputs} of the first of the ${parts.subject}${filter} per ${per}, taking ${parts.subject} by ${parts.order ?? per}${limitTail(parts)}`;
  }
  if (parts.namesSubject && parts.outputs.length === 1) return `${lead}${outputs}${filter}${tail}`;
  if (parts.namesSubject) {
    const among = filter === '' ? '' : `, counting only ${parts.subject}${filter}`;
    return `${lead}${outputs} of ${parts.subject}${among}${tail}`;
  }
  if (filter !== '' && parts.top === null && !voice.nested && random.chance(0.2)) {
    return `${lead}${random.pick(['for', 'among', 'looking at'])} ${parts.subject}${filter}${opening}${outputs}${tail}`;
  }
  const of = random.pick(['of', 'of', 'for']);
  return `${lead}${outputs} ${of} ${topSubject(parts, voice)}${filter}${topTail(parts)}${tail}`;
}

function outputPhrase(outputs: string[], distinct: string, voice: Voice): string {
  const [first = '', ...rest] = outputs;
  const article = (phrase: string): string => (voice.style === 'terse' ? phrase : the(phrase));
  const repeat = voice.random.chance(0.5) && distinct === '';
  const second = repeat ? rest.map(article) : rest;
  const head =
    distinct === '' ? article(first) : article(`${distinct}${rest.length > 0 ? 'combinations of ' : ''}${first}`);
  return enumerate([head, ...second]);
}

const topSubject = (parts: Parts, voice: Voice): string => {
  if (parts.top === null || parts.limit === null) return parts.subject;
  if (parts.limit === '1') return `the ${singular(parts.subject)}`;
  return voice.random.chance(0.3) ? `the top ${parts.limit} ${parts.subject}` : `the ${parts.limit} ${parts.subject}`;
};

/** With a filter before it, the superlative closes the phrase: `of the 3 products whose stock is over 5 with the highest price`. */
const topTail = (parts: Parts): string =>
  parts.top === null ? '' : `${parts.filters.length > 0 ? ',' : ''} with the ${parts.top.adjective} ${parts.top.of}`;

function groupedPhrase(parts: Parts, distinct: string, filter: string, tail: string, voice: Voice): string {
  const { random } = voice;
  const keys = parts.groups.map((g) => singular(g));
  if (parts.outputs.length === 0) {
    return `${keysPhrase(parts, distinct, voice)} of ${parts.subject}${filter}${tail}`;
  }
  const hidden = hiddenKeys(parts, voice);
  const outputs = outputPhrase(parts.outputs, distinct, voice);
  const of = parts.namesSubject && parts.outputs.length === 1 ? '' : ` of ${parts.subject}`;
  const what =
    parts.namesSubject && parts.outputs.length > 1 && filter !== ''
      ? `${outputs}, only for ${parts.subject}${filter}`
      : `${outputs}${of}${filter}`;
  if (parts.sets !== null) {
    const sets = `separately ${enumerate(parts.sets)}`;
    return filter === ''
      ? `${what}, ${sets}${hidden}${tail}`
      : `${outputs}${of}, ${sets}, only for ${parts.subject}${filter}${hidden}${tail}`;
  }
  if (!voice.nested && random.chance(0.45)) {
    const lead = random.pick(['for each', 'for every', 'per', 'by']);
    return `${lead} ${enumerate(keys)}${opening}${what}${hidden}${tail}`;
  }
  const trail = random.pick(['for each', 'per', 'for every', 'grouped by', 'by', 'broken down by']);
  const group = `${trail} ${enumerate(keys)}`;
  if (filter === '') return `${what} ${group}${hidden}${tail}`;
  return `${outputs}${of} ${group}, only for ${parts.subject}${filter}${hidden}${tail}`;
}

/** Groups of which nothing but keys is asked for: each once, or what is shown of each. */
function keysPhrase(parts: Parts, distinct: string, voice: Voice): string {
  if (parts.hidden.length === 0) return outputPhrase(parts.groups, distinct === '' ? 'different ' : distinct, voice);
  return `${outputPhrase(parts.shown, distinct, voice)} ${ofCombinations(parts)}`;
}

/** How often a key is put out that is one of several. */
export const ofCombinations = ({ groups, distinct }: Parts): string =>
  `${distinct ? 'among the combinations of' : 'for each combination of'} ${enumerate(groups)}`;

/** Where a count alone stands for its rows, what these are joined with has to be said as well: `number of orders with their store`. */
function withJoined(phrase: string, { subject, rows, joined, namesSubject }: Parts): string {
  const theirs = subject.startsWith(`${rows} and their `) ? subject.slice(`${rows} and their `.length) : null;
  if (!namesSubject || theirs === null || joined.every((one) => phrase.includes(one))) return phrase;
  return phrase.replace(rows, () => `${rows} with their ${theirs}`);
}

function hiddenKeys({ groupsShown, hidden }: Parts, { random }: Voice): string {
  if (groupsShown) return '';
  if (hidden.length > 0) return ` (leaving out ${enumerate(hidden.map((key) => the(key)))})`;
  return random.pick([' (without showing the key)', ', leaving out the key itself']);
}

function filterPhrase(parts: Parts, voice: Voice): string {
  return joinFilters(parts.filters, voice);
}

/** ` whose city is 'Paris' and whose stock is above 5`, or the same with `where` or `with`. */
export function joinFilters(filters: Clause[], voice: Voice): string {
  const { random } = voice;
  const correlated = filters.flatMap(({ finite }) => {
    if (finite.startsWith('BELONGS ')) return [` of that ${finite.slice(8)}`];
    if (finite.startsWith('SAME ')) return [` with the same ${finite.slice(5)}`];
    return [];
  });
  const relatives = filters.flatMap(({ relative }) => (relative === undefined ? [] : [` ${relative}`]));
  const own = filters.filter(({ finite, relative }) => !/^(BELONGS|SAME) /.test(finite) && relative === undefined);
  const lead = correlated.join(' and') + relatives.join(' and');
  if (own.length === 0) return lead;
  const prefix = relatives.length > 0 ? `${lead} and` : lead;
  const bare = own.every((f) => f.subject !== null && f.bare !== null && f.plain);
  if (bare && relatives.length === 0 && random.chance(0.25)) {
    return `${prefix} with ${own.map((f) => `${f.subject!} ${f.bare!}`).join(' and ')}`;
  }
  if (own.every((f) => f.plain && f.subject !== null) && (relatives.length > 0 || random.chance(0.6))) {
    const and = random.pick([' and whose ', ' and ']);
    return `${prefix} whose ${own.map((f) => `${f.subject!} ${f.finite}`).join(and)}`;
  }
  const word = random.pick(['where', 'where', 'for which', 'such that']);
  // Beside a choice a plain `and` could belong to its last part.
  const and = own.some((f) => f.finite.startsWith('either ')) ? ', and also ' : ' and ';
  return `${prefix} ${word} ${own.map(sentence).join(and)}`;
}

function havingTail(parts: Parts, voice: Voice): string {
  const { random } = voice;
  const having =
    parts.having.length === 0
      ? ''
      : `, ${random.pick(['but only where', 'only where', 'keeping only those where', 'but only if'])} ${parts.having.join(' and ')}`;
  const qualify = parts.qualify.length === 0 ? '' : `, keeping only rows where ${parts.qualify.join(' and ')}`;
  return having + qualify;
}

function orderTail(parts: Parts, voice: Voice): string {
  if (parts.firstPer.length > 0) return '';
  const { random } = voice;
  if (parts.top !== null && !parts.everything) return '';
  if (parts.top !== null)
    return `, ${parts.limit === '1' ? 'the one' : 'those'} with the ${parts.top.adjective} ${parts.top.of}`;
  const order =
    parts.order === null
      ? ''
      : `, ${random.pick(['sorted by', 'ordered by', 'in order of', 'arranged by', 'sort by'])} ${parts.order}`;
  return order + limitTail(parts, voice);
}

function limitTail(parts: Parts, voice?: Voice): string {
  const skip = parts.offset === null ? '' : `, skipping the first ${parts.offset}`;
  if (parts.limit === null) return skip;
  const words = limitWords(parts.limit, parts.order !== null);
  return skip + (voice === undefined ? words[0]! : voice.random.pick(words));
}

function limitWords(limit: string, ordered: boolean): string[] {
  if (limit === '1') {
    return ordered
      ? [', only the first one', ', just the first', ', only the very first row']
      : [', any one row', ', only one row, whichever', ', limited to one row'];
  }
  return ordered
    ? [`, only the first ${limit}`, `, limited to the first ${limit}`, `, just the first ${limit} rows`]
    : [`, any ${limit} rows`, `, no more than ${limit} rows in any order`, `, limited to ${limit} rows`];
}
