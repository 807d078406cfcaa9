import type { DatabaseSchema } from '../database.js';
import { linkQuestion } from '../prompt/link-question.js';
import type { QuestionWord } from '../prompt/question-words.js';
import { singular, splitName } from '../prompt/words.js';

/** A value that the question holds, or may hold. */
export interface QuestionValue {
  text: string;
  /** `word`: a number written out; `one`: the word that is rarely a number; `text`: all else, dates apart. */
  kind: 'number' | 'word' | 'one' | 'date' | 'text';
  /** How the texts that hold it are said to: anywhere, at their beginning, at their end. */
  place: 'within' | 'start' | 'end';
  /** Marked as a value by quotes or by its form, not guessed by its capital letter. */
  quoted: boolean;
}

const numberWords: Record<string, number> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, number) => [word, number]),
);

/** Words that are no values: of grammar, of asking, of measuring. */
const common = new Set(
  `a about above after all also among an and any are as ascending at average be been before below between both but by can contain
  contains count descending did different distinct do does each either every exactly fewer find first for from give greater
  had has have having how id ids in include is it its last least less list lower many maximum minimum more most much name names
  never no not number of on one only or order ordered other out over please return same show smaller some sort sorted than that
  the their them there these they this those to top total type under unique used uses using was we were what when where which
  who whose why with without you your`.split(/\s+/),
);

/** Values in the order in which the question says them: quoted texts, numbers, names with capitals, samples of the schema's columns. */
export function questionValues(question: string, schema: DatabaseSchema): QuestionValue[] {
  const { words, mentions } = linkQuestion(question, schema);
  const found = mentions.flatMap((mention): (QuestionValue & { at: number })[] => {
    if (mention.kind !== 'value') return [];
    const kind = mention.type === 'number' || mention.type === 'text' ? mention.type : 'date';
    return [
      {
        at: mention.from,
        text: mention.text,
        kind,
        place: placeOf(words, mention.from),
        quoted: words[mention.from]!.kind === 'literal',
      },
    ];
  });
  words.forEach((word, at) => {
    const number = word.kind === 'word' ? writtenNumber(word.text) : undefined;
    if (number === undefined || mentions.some(({ from, to, kind }) => kind === 'value' && from <= at && at < to))
      return;
    found.push({ at, text: String(number), kind: number === 1 ? 'one' : 'word', place: 'within', quoted: false });
  });
  return found.sort((a, b) => a.at - b.at);
}

function writtenNumber(word: string): number | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(numberWords, lower) ? numberWords[lower] : undefined;
}

function placeOf(words: readonly QuestionWord[], at: number): QuestionValue['place'] {
  const before = words
    .slice(Math.max(0, at - 5), at)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
  if (/\b(start|starts|starting|begin|begins|beginning|prefix|initial|letter)\b/.test(before)) return 'start';
  return /\b(end|ends|ending|suffix)\b/.test(before) ? 'end' : 'within';
}

/**
 * The words of a question that may be values though nothing marks them: neither grammar nor the statement's own names explain them.
 * Singular, as databases have kinds of things.
 */
export function unexplainedWords(question: string, explained: ReadonlySet<string>): string[] {
  const asked = question.replace(/\b(?:order|sort)(?:ed)?\b.*$/i, '');
  return (asked.match(/\p{L}[\p{L}\p{N}]*/gu) ?? [])
    .filter((word) => !common.has(word.toLowerCase()) && !explained.has(singular(word.toLowerCase())))
    .map((word) => (word === word.toLowerCase() ? singular(word) : word));
}

/** Whether a text is made of the statement's own words: `TV Channel` where the statement reads `tv_channel`. */
export const isExplained = (text: string, explained: ReadonlySet<string>): boolean =>
  splitName(text).every((word) => explained.has(singular(word)));

/** The words of a masked statement's names and keywords, singular. */
export const statementWords = (tokens: readonly string[]): Set<string> =>
  new Set(tokens.flatMap((token) => [token, ...splitName(token)]).map(singular));
