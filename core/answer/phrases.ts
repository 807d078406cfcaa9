import type { LinkedQuestion } from '../prompt/link-question.js';
import type { QuestionWord } from '../prompt/question-words.js';
import { askingWords } from './asking-words.js';

/** A stretch of a question that may be a value of the database. */
export interface Phrase {
  /** As the question writes it, without quotes. */
  text: string;
  /** Its place in the question, quotes included. */
  start: number;
  end: number;
  /** Written like a value: in quotes, with a capital letter inside a sentence, or after a word such as "in" or "named". */
  likely: boolean;
}

const longest = 5;
const mostPhrases = 60;
const cues = /^(in|from|to|at|is|are|was|were|be|named|called|titled|labelled|by|with|like|equals|contains|not|=|!=)$/;

/**
 * Stretches of up to five words that no name of the schema and no known value covers, longest first. Those that begin or end
 * with a word of asking are left out; where several capitalised words stand together, they count although a name may be among them.
 */
export function phrasesOf(question: string, { words, mentions }: LinkedQuestion): Phrase[] {
  const free = words.map(
    ({ kind, value }, at) =>
      kind !== 'sign' &&
      (value === undefined || value.type === 'text') &&
      !mentions.some(
        (mention) => at >= mention.from && at < mention.to && (mention.kind === 'name' || mention.columns.length > 0),
      ),
  );
  const phrases: Phrase[] = [];
  words.forEach((first, from) => {
    for (let to = from + 1; to <= Math.min(words.length, from + longest); to += 1) {
      const part = words.slice(from, to);
      if (to > from + 1 && !isJoined(question, words[to - 2]!, words[to - 1]!)) break;
      const proper = part.length > 1 && part.every(isCapitalised);
      if (!proper && !free.slice(from, to).every(Boolean)) continue;
      const quoted = part.length === 1 && first.kind === 'literal';
      if (!quoted && (isAsking(first) || isAsking(part.at(-1)!))) continue;
      const text = quoted ? first.value!.text : question.slice(first.start, part.at(-1)!.end);
      if (text.trim().length < 2) continue;
      const before = words[from - 1]?.text.toLowerCase() ?? '';
      const likely = quoted || (isCapitalised(first) && !first.sentenceStart) || cues.test(before);
      phrases.push({ text, start: first.start, end: part.at(-1)!.end, likely });
    }
  });
  return phrases.sort((a, b) => b.text.length - a.text.length).slice(0, mostPhrases);
}

/** `new` is a word of asking, `New` inside a sentence may begin a name. */
const isAsking = (word: QuestionWord): boolean =>
  word.kind === 'word' && askingWords.has(word.text.toLowerCase()) && (word.sentenceStart || !isCapitalised(word));

const isCapitalised = ({ text, kind }: QuestionWord): boolean => kind !== 'sign' && /^\p{Lu}/u.test(text);

/** Nothing but a space, a hyphen, an apostrophe and the like stands between them. */
const isJoined = (question: string, one: QuestionWord, next: QuestionWord): boolean =>
  one.value?.type !== 'number' && /^[\s\-'’.&/]{0,3}$/.test(question.slice(one.end, next.start));
