import type { ValueType } from './links.js';

/** A word or literal of a question with its place in the text. */
export interface QuestionWord {
  text: string;
  start: number;
  end: number;
  kind: 'word' | 'literal' | 'name' | 'sign';
  /** Of a literal: what it denotes, without quotes, thousands separators and ordinal endings. */
  value?: { text: string; type: ValueType };
  sentenceStart: boolean;
}

const shapes: { kind: QuestionWord['kind']; type?: ValueType; pattern: RegExp }[] = [
  { kind: 'name', pattern: /`([^`]+)`/uy },
  { kind: 'literal', type: 'text', pattern: /"([^"]*)"/uy },
  { kind: 'literal', type: 'text', pattern: /“([^”]*)”/uy },
  { kind: 'literal', type: 'text', pattern: /‘([^’]*)’(?![\p{L}\p{N}])/uy },
  { kind: 'literal', type: 'text', pattern: /(?<![\p{L}\p{N}])'((?:[^']|'(?=[\p{L}]))*)'(?![\p{L}\p{N}])/uy },
  {
    kind: 'literal',
    type: 'timestamp',
    pattern: /(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)(?![\p{L}\p{N}])/uy,
  },
  { kind: 'literal', type: 'date', pattern: /(\d{4}-\d{2}(?:-\d{2})?)(?![\p{L}\p{N}-])/uy },
  { kind: 'literal', type: 'time', pattern: /(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?![\p{L}\p{N}])/uy },
  // A number, not the beginning of a code such as 3D-7 or 12.5.1.
  {
    kind: 'literal',
    type: 'number',
    pattern:
      /[$€£]?((?<![\p{L}\p{N}])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\p{L}\p{N}])-?\d+(?:\.\d+)?)(?:%|st|nd|rd|th)?(?![\p{L}\p{N}_@]|[-./:]\d|-\p{L})/uy,
  },
  // Letters and digits mixed by signs: an e-mail address, a part number, a file name.
  {
    kind: 'literal',
    type: 'text',
    pattern: /((?=[\p{L}.@\-_/+#:]*\d|[^\s@]+@)[\p{L}\p{N}][\p{L}\p{N}.@\-_/+#:]*[\p{L}\p{N}])/uy,
  },
  { kind: 'word', pattern: /(\p{L}[\p{L}\p{M}]*(?:['’](?!s(?!\p{L}))\p{L}+)*)/uy },
  { kind: 'sign', pattern: /([<>]=?|!=|=)/uy },
];

/** Cuts a question into words and literals; punctuation between them is dropped, signs of comparison are kept. */
export function questionWords(question: string): QuestionWord[] {
  const words: QuestionWord[] = [];
  let sentenceStart = true;
  for (let at = 0; at < question.length;) {
    const found = matchAt(question, at);
    if (!found) {
      if (/[.?!:]/.test(question[at]!)) sentenceStart = true;
      at += 1;
      continue;
    }
    words.push({ ...found, sentenceStart });
    sentenceStart = false;
    at = found.end;
    // The possessive ending belongs to no word of the schema.
    if (/^['’]s(?!\p{L})/u.test(question.slice(at))) at += 2;
  }
  return words;
}

function matchAt(question: string, at: number): Omit<QuestionWord, 'sentenceStart'> | null {
  for (const { kind, type, pattern } of shapes) {
    pattern.lastIndex = at;
    const match = pattern.exec(question);
    if (!match) continue;
    const text = match[1]!;
    const place = { start: at, end: at + match[0].length };
    if (!type) return { text, kind, ...place };
    return { text, kind, value: { text: type === 'number' ? text.replaceAll(',', '') : text, type }, ...place };
  }
  return null;
}
