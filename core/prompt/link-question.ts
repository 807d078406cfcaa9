import type { DatabaseSchema } from '../database.js';
import { chooseColumns } from './choose-columns.js';
import { fieldNames, indexNames, type NameEntry, type NameTarget } from './name-index.js';
import { questionWords, type QuestionWord } from './question-words.js';
import type { ValueType } from './links.js';
import { nameKey, splitName } from './words.js';

/** A stretch of question words, `from` up to but not including `to`, and what it refers to. */
export type Mention = { from: number; to: number } & (
  | { kind: 'name'; target: NameTarget; alternatives: NameTarget[] }
  | { kind: 'value'; text: string; type: ValueType; columns: { table: number; column: number }[] }
);

export interface LinkedQuestion {
  words: QuestionWord[];
  /** In the question's order, not overlapping. */
  mentions: Mention[];
}

interface Span {
  from: number;
  to: number;
  /** Higher is taken first. */
  rank: number;
  entries?: NameEntry[];
  value?: { text: string; type: ValueType; columns: { table: number; column: number }[] };
}

/** Words that are names in some schemas and grammar in most questions. */
const countingWords = new Set(['number', 'count', 'total', 'sum', 'average', 'list', 'maximum', 'minimum']);
/** Verbs that begin a request. */
const requests = new Set([
  'show',
  'list',
  'name',
  'state',
  'report',
  'order',
  'sort',
  'rank',
  'return',
  'find',
  'count',
  'group',
]);
const neverValues = new Set(
  `a an and are as at be by each every for from has have how i in is it its list me no not of on or order per show than that the
  their there these this to total true false was were what when where which who whose will with without you your yes
  january february march april may june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday id sql null json`.split(/\s+/),
);

/**
 * Finds the schema's names and the literal values in a question: longest match first, values in quotes and samples of the
 * database before names, names before bare words. It sees the question and the schema, never a statement.
 */
export function linkQuestion(question: string, schema: DatabaseSchema): LinkedQuestion {
  const words = questionWords(question);
  const spans = [
    ...literalSpans(words),
    ...nameSpans(words, schema),
    ...sampleSpans(question, words, schema),
    ...patternSpans(words),
  ];
  const names = takeSpans(spans.filter((span) => span.entries));
  preferOwnSamples(spans, names);
  const taken = takeSpans([...spans, ...capitalisedSpans(words, names)]);
  return { words, mentions: chooseColumns(taken.map(toCandidate), words, schema) };
}

/** A mention whose name may still have several owners. */
export type Candidate =
  { from: number; to: number; entries: NameEntry[] } | { from: number; to: number; value: NonNullable<Span['value']> };

const toCandidate = ({ from, to, entries, value }: Span): Candidate =>
  value ? { from, to, value } : { from, to, entries: entries! };

function takeSpans(spans: Span[]): Span[] {
  const order = [...spans].sort((a, b) => b.rank - a.rank || b.to - b.from - (a.to - a.from) || a.from - b.from);
  const taken: Span[] = [];
  for (const span of order) {
    if (taken.every((other) => span.to <= other.from || span.from >= other.to)) taken.push(span);
  }
  return taken.sort((a, b) => a.from - b.from);
}

function literalSpans(words: QuestionWord[]): Span[] {
  return words.flatMap((word, at): Span[] =>
    word.kind === 'literal' ? [{ from: at, to: at + 1, rank: 5, value: { ...word.value!, columns: [] } }] : [],
  );
}

function nameSpans(words: QuestionWord[], schema: DatabaseSchema): Span[] {
  const index = indexNames(schema);
  const isName = (word: QuestionWord): boolean =>
    index.entries.has(nameKey([word.text.toLowerCase()])) || word.text === 'number';
  const spans: Span[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const parts: string[] = [];
    for (let to = from + 1; to <= words.length && to - from <= index.longest; to += 1) {
      const word = words[to - 1]!;
      if (word.kind === 'sign' || (word.kind === 'literal' && word.value!.text !== word.text)) break;
      parts.push(...splitName(word.text));
      const entries = index.entries.get(nameKey(parts));
      if (!entries || (to === from + 1 && isGrammar(words, from, isName))) continue;
      // A number is a name only as part of a longer one (`address 1`); several words beat any single literal.
      if (to === from + 1 && word.kind === 'literal' && word.value!.type === 'number') continue;
      spans.push({ from, to, rank: to - from > 1 || word.kind === 'literal' ? 6 : 3, entries });
    }
  }
  return spans;
}

/**
 * `number of …`, `total price`, `in descending order` and a request's verb speak of counting, sorting and asking, also where
 * a column is called so.
 */
function isGrammar(words: QuestionWord[], at: number, isName: (word: QuestionWord) => boolean): boolean {
  const word = words[at]!.text.toLowerCase();
  const next = words[at + 1];
  const previous = words[at - 1]?.text.toLowerCase() ?? '';
  if (words[at]!.sentenceStart && requests.has(word)) return true;
  if (countingWords.has(word))
    return word === 'list' || (next !== undefined && (next.text.toLowerCase() === 'of' || isName(next)));
  if (word !== 'order') return false;
  return (
    next?.text.toLowerCase() === 'by' || /^(ascending|descending|alphabetical|reverse|chronological|in)$/.test(previous)
  );
}

/** Stretches that spell a sample value of a text column. */
function sampleSpans(question: string, words: QuestionWord[], schema: DatabaseSchema): Span[] {
  const lower = question.toLowerCase();
  const starts = new Map(words.map((word, at) => [word.start, at]));
  const ends = new Map(words.map((word, at) => [word.end, at + 1]));
  const spans = new Map<string, Span>();
  schema.tables.forEach((table, t) =>
    table.columns.forEach((column, c) => {
      if (fieldNames(column).length > 0) return;
      for (const sample of column.samples) {
        if (typeof sample !== 'string' || sample.length < 2 || neverValues.has(sample.toLowerCase())) continue;
        for (const place of places(lower, sample.toLowerCase())) {
          // A value in quotes begins and ends one character inside its word.
          const from = starts.get(place) ?? starts.get(place - 1);
          const to = ends.get(place + sample.length) ?? ends.get(place + sample.length + 1);
          if (from === undefined || to === undefined || from >= to) continue;
          const exact = question.slice(place, place + sample.length) === sample;
          const type = to === from + 1 ? (words[from]!.value?.type ?? 'text') : 'text';
          if (type === 'number') continue;
          const rank = sampleRank(words.slice(from, to), exact);
          const known = spans.get(`${from} ${to} ${sample}`);
          if (known) known.value!.columns.push({ table: t, column: c });
          else {
            const value = { text: sample, type, columns: [{ table: t, column: c }] };
            spans.set(`${from} ${to} ${sample}`, { from, to, rank: exact ? rank + 0.5 : rank, value });
          }
        }
      }
    }),
  );
  return [...spans.values()];
}

function sampleRank(words: QuestionWord[], exact: boolean): number {
  const first = words[0]!;
  if (first.kind === 'literal') return 6;
  if (words.length > 1) return 4;
  return exact && /^\p{Lu}/u.test(first.text) && !first.sentenceStart ? 4 : 2;
}

function* places(text: string, part: string): Generator<number> {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

/** `whose stage is interview`: a sample of the column said shortly before is that value, also where a column has its name. */
function preferOwnSamples(spans: Span[], names: Span[]): void {
  for (const { value, from, to, ...span } of spans) {
    if (!value || span.rank >= 3) continue;
    const own = names.some(
      (name) =>
        name.to <= from &&
        from - name.to <= 3 &&
        name.entries!.some(
          ({ target }) =>
            target.kind === 'column' &&
            value.columns.some((at) => at.table === target.table && at.column === target.column),
        ),
    );
    if (own) spans.push({ from, to, value, rank: 3.5 });
  }
}

/** Words after which a part of a text is said: `contains yahoo`, `ends in son`. */
const beforePattern =
  /^(contain|contains|containing|include|includes|including|like|(starts?|starting|begins?|beginning|ends?|ending) (with|in)|ha(s|ve|ving) in it)$/;

/** A bare word that a text is said to hold. Names and samples come first. */
function patternSpans(words: QuestionWord[]): Span[] {
  return words.flatMap((word, at): Span[] => {
    if (word.kind !== 'word' || neverValues.has(word.text)) return [];
    const before = [1, 2, 3].map((count) =>
      words
        .slice(Math.max(0, at - count), at)
        .map(({ text }) => text.toLowerCase())
        .join(' '),
    );
    if (!before.some((text) => beforePattern.test(text))) return [];
    return [{ from: at, to: at + 1, rank: 1.5, value: { text: word.text, type: 'text', columns: [] } }];
  });
}

/** Names of people and places that no sample holds: capitalised words inside a sentence. */
function capitalisedSpans(words: QuestionWord[], names: Span[]): Span[] {
  const named = new Set(names.flatMap(({ from, to }) => words.slice(from, to)));
  const isProper = (word: QuestionWord | undefined): boolean =>
    word?.kind === 'word' &&
    !named.has(word) &&
    !word.sentenceStart &&
    /^\p{Lu}/u.test(word.text) &&
    !neverValues.has(word.text.toLowerCase());
  const spans: Span[] = [];
  for (let from = 0; from < words.length; from += 1) {
    if (!isProper(words[from]) || (isProper(words[from - 1]) && touching(words, from))) continue;
    let to = from + 1;
    while (isProper(words[to]) && touching(words, to)) to += 1;
    const text = words
      .slice(from, to)
      .map((word) => word.text)
      .join(' ');
    // Several words are one name, also where a sample holds a part of it.
    spans.push({ from, to, rank: to - from > 1 ? 4.5 : 1, value: { text, type: 'text', columns: [] } });
  }
  return spans;
}

const touching = (words: QuestionWord[], at: number): boolean => words[at]!.start - words[at - 1]!.end === 1;
