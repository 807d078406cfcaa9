import type { Query } from '../sql/ast.js';
import { dateForms, holds, monthForms, normalise, numberForms, weekdayForms } from './question-words.js';
import { reject, type Rejection } from './rejection.js';
import { neededValues, type NeededValue } from './values.js';

/** Whether the question mentions every value that the statement needs (values.ts says which those are, and which are exempt). */
export function checkMentions(question: string, query: Query): Rejection | null {
  const missing = missingValues(question, query);
  return missing.length === 0 ? null : reject('value-not-in-question', missing.join(', '));
}

/** The needed values that a question does not mention in any of the ways in which people write them. */
export function missingValues(question: string, query: Query): string[] {
  const words = normalise(question);
  return neededValues(query)
    .filter((value) => !mentions(words, value))
    .map((value) => value.text);
}

function mentions(question: string, value: NeededValue): boolean {
  return value.kind === 'number' ? mentionsNumber(question, value) : mentionsText(question, value);
}

function mentionsNumber(question: string, { text, hint, operator }: NeededValue): boolean {
  const number = Number(text);
  if (hint === 'month' && holds(question, monthForms(number))) return true;
  if (hint === 'weekday' && holds(question, weekdayForms(number))) return true;
  const forms = numberForms(text);
  if (hint === 'power' && number === 3) forms.push('cube', 'cubed');
  // `> 1` is also "at least 2", `< 5` also "at most 4"; the second highest is OFFSET 1, the fourth OFFSET 3.
  const step = { '>': 1, '<': -1, '>=': -1, '<=': 1 }[operator] ?? (hint === 'offset' ? 1 : 0);
  if (step !== 0 && Number.isInteger(number)) forms.push(...numberForms(String(number + step)));
  if (Number.isInteger(number) && number === 1) forms.push('multiple', 'several', 'more than once');
  return holds(question, forms);
}

function mentionsText(question: string, { text, hint }: NeededValue): boolean {
  if (holds(question, [text])) return true;
  if (hint === 'pattern')
    return literalRuns(text.replace(/\\(.)/g, '$1').split(/[%_*?]+/)).every((part) => mentionsPart(question, part));
  if (hint === 'regex') return literalRuns(regexRuns(text)).every((part) => mentionsPart(question, part));
  if (/^\d{1,2}$/.test(text)) {
    if (hint === 'month' && holds(question, monthForms(Number(text)))) return true;
    if (hint === 'weekday' && holds(question, weekdayForms(Number(text)))) return true;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(text) && holds(question, numberForms(text))) return true;
  const dates = dateForms(text);
  if (dates !== null && holds(question, dates)) return true;
  const distance = /^(\d+) ([a-z]+?)s?$/i.exec(text);
  if (
    distance !== null &&
    holds(
      question,
      numberForms(distance[1]!).map((form) => `${form} ${distance[2]}`),
    )
  )
    return true;
  return holds(question, [text.replace(/[_-]+/g, ' '), singular(text)]);
}

// A pattern's part may stand inside a word (`%ton%` for "Washington" asks for names that contain "ton"), but then it is quoted as it is.
function mentionsPart(question: string, part: string): boolean {
  const dates = dateForms(part.replace(/-$/, ''));
  if (dates !== null && holds(question, dates)) return true;
  return (
    holds(question, [part, part.replace(/[_-]+/g, ' ')]) || (/^\d+$/.test(part) && holds(question, numberForms(part)))
  );
}

function literalRuns(parts: string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** The texts that a regular expression spells out: without classes, escapes, groups' marks and repetitions. */
function regexRuns(pattern: string): string[] {
  return pattern
    .replace(/\(\?[a-z]+\)|\(\?:/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\\[a-zA-Z]/g, ' ')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\\(.)/g, '$1')
    .split(/[\^$()|*+?\s]+/)
    .map((run) => run.replace(/^\.+|\.+$/g, ''));
}

const singular = (text: string) => text.replace(/(?:es|s)$/i, '');
