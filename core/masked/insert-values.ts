import type { DatabaseSchema } from '../database.js';
import {
  isExplained,
  questionValues,
  statementWords,
  unexplainedWords,
  type QuestionValue,
} from './question-values.js';
import { valueSlots, type SlotRole, type ValueSlot } from './value-slots.js';

const unknown: DatabaseSchema = { name: '', dialect: 'sqlite', tables: [], foreignKeys: [] };

/** Which values a place takes, best first. */
const preference: Record<SlotRole | 'numeric', readonly QuestionValue['kind'][]> = {
  limit: ['number', 'word'],
  number: ['number', 'word', 'date', 'one'],
  pattern: ['text', 'number'],
  numeric: ['number', 'text', 'date', 'word'],
  any: ['text', 'date', 'number', 'word'],
};
/** Places that leave least choice come first. */
const order: readonly SlotRole[] = ['number', 'pattern', 'any', 'limit'];

const numericColumn =
  /(^|_)(year|id|no|num|number|age|rank|level|count|amount|price|size|points?|score|cylinders|hours?|days?)s?$|year$|id$/;
const firstName = /^(first_?name|fname|.*_first_name|forename|given_name)$/;
const lastName = /^(last_?name|lname|.*_last_name|surname|family_name)$/;

/**
 * A masked statement with the question's values put back, by rules: values in the question's order go to the places in the statement's
 * order; sizes and counts take numbers, LIKE takes texts, LIMIT what is left, else 1; a place for which nothing is left takes a word that
 * nothing else explains, or again what another has. With a `schema` its sample values are recognised, and spelled as the data has them.
 *
 * @example
 * insertValues('select name from singer where age > value', 'Names of singers above 20?')
 * // select name from singer where age > 20
 */
export function insertValues(masked: string, question: string, schema: DatabaseSchema = unknown): string {
  const tokens = masked.trim().split(/\s+/);
  const slots = valueSlots(tokens).sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const explained = statementWords(tokens);
  const values = questionValues(question, schema).filter(
    ({ kind, text, quoted }) => kind !== 'text' || quoted || !isExplained(text, explained),
  );
  const left = new Set(values);
  const empty: ValueSlot[] = [];
  const out = [...tokens];
  for (const slot of slots) {
    const value = take(slot, left);
    if (value) {
      // Of a full name the last name is still to come.
      if (!(firstName.test(slot.column ?? '') && isFullName(value))) left.delete(value);
      out[slot.at] = written(value, slot);
    } else empty.push(slot);
  }
  const words = unexplainedWords(question, explained).slice(-empty.length);
  for (const slot of empty) out[slot.at] = fallback(slot, words, values);
  return orderBounds(out, tokens).join(' ');
}

function take({ role, column }: ValueSlot, from: Iterable<QuestionValue>): QuestionValue | null {
  const all = [...from];
  const kinds = preference[role === 'any' && numericColumn.test(column ?? '') ? 'numeric' : role];
  for (const wanted of kinds) {
    const found = all.find(({ kind }) => kind === wanted);
    if (found) return found;
  }
  return null;
}

function written({ text, kind, place }: QuestionValue, { role, column }: ValueSlot): string {
  if (role === 'pattern') return quoted(`${place === 'start' ? '' : '%'}${text}${place === 'end' ? '' : '%'}`);
  if (kind !== 'text') return kind === 'date' ? quoted(text) : text;
  if (!isFullName({ text })) return quoted(text);
  const [first, last] = text.split(' ');
  return quoted(firstName.test(column ?? '') ? first! : lastName.test(column ?? '') ? last! : text);
}

const isFullName = ({ text }: { text: string }): boolean => text.split(' ').length === 2;

function fallback(slot: ValueSlot, words: string[], values: readonly QuestionValue[]): string {
  if (slot.role === 'limit') return '1';
  const word = slot.role === 'number' ? undefined : words.shift();
  if (word !== undefined) return quoted(slot.role === 'pattern' ? `%${word}%` : word);
  const again = take(slot, values);
  return again ? written(again, slot) : slot.role === 'number' ? '1' : quoted('');
}

/** BETWEEN wants the smaller number first, whichever the question says first. */
function orderBounds(out: string[], tokens: readonly string[]): string[] {
  tokens.forEach((token, at) => {
    if (token !== 'between' || tokens[at + 2] !== 'and') return;
    const [low, high] = [out[at + 1]!, out[at + 3] ?? ''];
    if (Number(low) > Number(high)) [out[at + 1], out[at + 3]] = [high, low];
  });
  return out;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
