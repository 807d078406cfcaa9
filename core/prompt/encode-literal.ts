import type { Links } from './links.js';
import { sentinel } from './sentinels.js';

/** The statement needs something that its prompt does not hold. */
export class NotLinked extends Error {}

/** Whether a literal is what a column is compared with, so that the question must have said it. */
export type LiteralUse = 'compared' | 'computed' | 'free';

/** Numbers that belong to the statement's form: counts, places, units of time, percentages. */
const plainNumbers = new Set(['24', '30', '60', '100', '365', '1000', '3600', '86400', '1000000']);

/** A number, as the value's token where the question said it. */
export function encodeNumber(text: string, links: Links): string {
  const index = links.values.findIndex((value) => value.text === text || sameDecimal(value.text, text));
  if (index >= 0) return sentinel('v', index);
  if (/^\d{1,2}$/.test(text) && Number(text) <= 12) return text;
  if (plainNumbers.has(text) || /^\d{1,3}\.\d{1,2}$/.test(text)) return text;
  throw new NotLinked(`the number ${text}`);
}

/** 10.50 is 10.5, but not 10: an integer divides differently. */
const sameDecimal = (one: string, other: string): boolean =>
  one.includes('.') && other.includes('.') && Number(one) === Number(other);

/** A text with the values and fields that the question said replaced by their tokens. */
export function encodeText(text: string, links: Links, use: LiteralUse): string {
  const whole = links.values.findIndex((value) => value.text === text);
  if (whole >= 0) return sentinel('v', whole);
  if (/^(lax |strict )?\$($|[.[])/.test(text) || /^\{[\w,]+\}$/.test(text)) return encodePath(text, links);
  const field = links.fields.findIndex(({ name }) => name === text);
  if (field >= 0) return sentinel('f', field);
  const replaced = replaceValues(text, links);
  if (replaced !== null) return replaced;
  if (isForm(text, use)) return text;
  throw new NotLinked(`the text '${text}'`);
}

/** The keys of a JSON path must be fields that the prompt holds; `$`, dots, brackets and indexes are form. */
function encodePath(path: string, links: Links): string {
  return path.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (key, at: number) => {
    if (at === 0 && /^(lax|strict)$/.test(key)) return key;
    const field = links.fields.findIndex(({ name }) => name === key);
    if (field < 0) throw new NotLinked(`the key ${key}`);
    return sentinel('f', field);
  });
}

/** `%Smith%`, `3 days`, `2023-01-01`: a value that the question said inside wildcards, units or the rest of a date. */
function replaceValues(text: string, links: Links): string | null {
  const byLength = links.values
    .map((value, index) => ({ text: value.text, index }))
    .sort((a, b) => b.text.length - a.text.length);
  let rest = text;
  let out = text;
  for (const value of byLength) {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${escape(value.text)}(?![\\p{L}\\p{N}])`, 'u');
    if (value.text === '' || !found.test(rest)) continue;
    rest = rest.replace(found, ' ');
    out = out.replace(found, sentinel('v', value.index));
  }
  if (out === text) return null;
  const form = rest
    .replace(/\b(second|minute|hour|day|week|month|quarter|year)s?\b/gi, '')
    .replace(/-(01-01|12-31|01|12)\b/g, '')
    .replace(/\b(00:00:00|23:59:59|00:00|00|Z|T)\b/g, '');
  return /[\p{L}\p{N}]/u.test(form) ? null : out;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Formats, units, delimiters and labels, which a model can learn by heart. A text that a column is compared with is none. */
function isForm(text: string, use: LiteralUse): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  if (use === 'free') return text.length <= 40;
  return use === 'computed' && /^([a-z ]{1,12}|\d{1,2})$/.test(text);
}
