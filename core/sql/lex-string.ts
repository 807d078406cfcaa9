import type { LexerRules } from '../dialect.js';
import { ParseError } from './parse-error.js';

export interface StringToken {
  text: string;
  /** Decoded; of a raw (`r`) or bytes (`b`, `x`) literal what stands between the quotes, as written. */
  value: string;
  prefix: string;
}

const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const simpleEscapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The string literal that begins at a position, or null where none does. */
export function readString(sql: string, at: number, rules: LexerRules): StringToken | null {
  if (rules.dollarQuotes && sql[at] === '$') return readDollar(sql, at);
  const prefix = prefixAt(sql, at, rules);
  const quote = sql[at + prefix.length];
  if (quote === undefined || !(rules.stringQuotes as string[]).includes(quote)) return null;
  const escapes = prefix === 'e' || rules.backslashEscapes;
  const keepsText = prefix !== '' && prefix !== 'e';
  const from = at + prefix.length;
  const long = rules.backslashEscapes && !rules.doubledQuotes;
  const delimiter = long && sql.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  let value = '';
  let end = from + delimiter.length;
  for (;;) {
    if (end >= sql.length) throw new ParseError('string is not closed', at);
    if (escapes && sql[end] === '\\') {
      const escape = readEscape(sql, end);
      value += keepsText ? sql.slice(end, end + escape.length) : escape.value;
      end += escape.length;
    } else if (sql.startsWith(delimiter, end)) {
      end += delimiter.length;
      if (long || sql[end] !== quote) break;
      value += quote;
      end += 1;
    } else {
      value += sql[end];
      end += 1;
    }
  }
  return { text: sql.slice(at, end), value, prefix: prefix === 'e' ? '' : prefix };
}

function prefixAt(sql: string, at: number, rules: LexerRules): string {
  const quoted = (length: number) => (rules.stringQuotes as string[]).includes(sql[at + length] ?? '');
  for (const length of [2, 1]) {
    const prefix = sql.slice(at, at + length).toLowerCase();
    if (quoted(length) && rules.stringPrefixes.includes(prefix)) return prefix;
  }
  return '';
}

function readEscape(sql: string, at: number): { value: string; length: number } {
  const rest = sql.slice(at + 1, at + 11);
  const code = /^(?:[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/.exec(rest);
  if (code !== null) {
    const hex = code[1] ?? code[2] ?? code[3];
    const point = hex === undefined ? Number.parseInt(code[4]!, 8) : Number.parseInt(hex, 16);
    if (point > 0x10ffff) throw new ParseError('escape is no character', at);
    return { value: String.fromCodePoint(point), length: 1 + code[0].length };
  }
  const character = rest[0];
  if (character === undefined) throw new ParseError('string is not closed', at);
  return { value: simpleEscapes[character] ?? character, length: 2 };
}

function readDollar(sql: string, at: number): StringToken | null {
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(sql)?.[0];
  if (tag === undefined) return null;
  const close = sql.indexOf(tag, at + tag.length);
  if (close < 0) throw new ParseError('dollar-quoted string is not closed', at);
  return { text: sql.slice(at, close + tag.length), value: sql.slice(at + tag.length, close), prefix: '' };
}
