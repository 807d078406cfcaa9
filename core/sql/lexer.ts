import type { LexerRules } from '../dialect.js';
import { ParseError } from './parse-error.js';
import { readString, type StringToken } from './lex-string.js';

export type TokenKind =
  'space' | 'comment' | 'word' | 'quoted' | 'string' | 'number' | 'placeholder' | 'operator' | 'end';

/** A piece of a statement. The texts of all tokens of a statement, joined, are the statement. */
export interface Token {
  kind: TokenKind;
  text: string;
  start: number;
  end: number;
  /** A word in upper case, a quoted name without its quotes, a string decoded, a placeholder's id; else the text. */
  value: string;
  /** Of a string its prefix in lower case, of a quoted name its opening quote, else ''. */
  mark: string;
}

// Longest first. PostgreSQL's operators are many; these are the ones its built-in types use.
const operators = [
  ...[
    '!~~*',
    '||/',
    '@-@',
    '<@>',
    '?||',
    '?-|',
    '->>',
    '#>>',
    '!~*',
    '!~~',
    '~~*',
    '<=>',
    '<->',
    '-|-',
    '&<|',
    '|>>',
    '<<|',
    '|&>',
    '<<=',
    '>>=',
  ],
  ...['->', '#>', '::', ':=', '=>', '<>', '<=', '>=', '!=', '==', '||', '<<', '>>', '@>', '<@', '?|', '?&', '@?', '@@'],
  ...['~*', '!~', '~~', '&&', '^@', '#-', '&<', '&>', '|/', '|>', '**', '//', '##', '~='],
  ...'+-*/%=<>!&|^~#?@.,;:()[]{}$'.split(''),
];

const space = /\s+/y;
const word = /[\p{L}_][\p{L}\p{N}\p{M}_$]*/uy;
const number = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const placeholder = /\{([TCV]\d+)\}/y;
const closing: Record<string, string> = { '"': '"', '`': '`', '[': ']' };

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/**
 * Cuts a statement into tokens by a dialect's rules. Spaces and comments are tokens, too; the last token is `end`, of no
 * length. Throws ParseError where a literal, a name or a comment is not closed, and at a character that SQL does not have.
 */
export function lex(sql: string, rules: LexerRules): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const token = tokenAt(sql, at, rules, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  tokens.push(make('end', '', at));
  return tokens;
}

/** The tokens that carry meaning: no spaces, no comments. */
export function significant(tokens: Token[]): Token[] {
  return tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
}

function make(kind: TokenKind, text: string, start: number, value = text, mark = ''): Token {
  return { kind, text, start, end: start + text.length, value, mark };
}

function tokenAt(sql: string, at: number, rules: LexerRules, before: Token | undefined): Token {
  const blank = matchAt(space, sql, at);
  if (blank !== null) return make('space', blank, at);
  const comment = commentAt(sql, at, rules);
  if (comment !== null) return make('comment', comment, at);
  const string = readString(sql, at, rules);
  if (string !== null) return stringToken(string, at);
  const quoted = quotedAt(sql, at, rules);
  if (quoted !== null) return quoted;
  const slot = matchAt(placeholder, sql, at);
  if (slot !== null) return make('placeholder', slot, at, slot.slice(1, -1));
  const name = matchAt(word, sql, at);
  if (name !== null) return make('word', name, at, name.toUpperCase());
  const digits = numberAt(sql, at, before);
  if (digits !== null) return make('number', digits, at);
  const operator = operators.find((candidate) => sql.startsWith(candidate, at));
  if (operator === undefined) throw new ParseError(`unexpected character ${JSON.stringify(sql[at])}`, at);
  return make('operator', operator, at);
}

function stringToken(string: StringToken, at: number): Token {
  return make('string', string.text, at, string.value, string.prefix);
}

// After a dot that follows a name, digits are no fraction: `t.1` is not a number.
function numberAt(sql: string, at: number, before: Token | undefined): string | null {
  if (sql[at] === '.' && before !== undefined && ['word', 'quoted', 'placeholder'].includes(before.kind)) return null;
  return matchAt(number, sql, at);
}

function commentAt(sql: string, at: number, rules: LexerRules): string | null {
  const dashes = sql.startsWith('--', at) && (!rules.spacedDashes || !/[^\s]/.test(sql[at + 2] ?? ' '));
  if (dashes || (rules.hashComments && sql[at] === '#')) {
    const end = sql.indexOf('\n', at);
    return end < 0 ? sql.slice(at) : sql.slice(at, end);
  }
  if (!sql.startsWith('/*', at)) return null;
  let depth = 1;
  let end = at + 2;
  while (depth > 0) {
    if (end >= sql.length) throw new ParseError('comment is not closed', at);
    if (sql.startsWith('*/', end)) {
      depth -= 1;
      end += 2;
    } else if (rules.nestedComments && sql.startsWith('/*', end)) {
      depth += 1;
      end += 2;
    } else end += 1;
  }
  return sql.slice(at, end);
}

function quotedAt(sql: string, at: number, rules: LexerRules): Token | null {
  const open = sql[at] as '"' | '`' | '[';
  const close = closing[open];
  if (close === undefined || !rules.identifierQuotes.includes(open)) return null;
  let value = '';
  for (let end = at + 1; end < sql.length; end += 1) {
    const character = sql[end]!;
    if (character === '\\' && rules.backslashEscapes && open === '`') {
      value += sql[end + 1] ?? '';
      end += 1;
    } else if (character !== close) value += character;
    else if (open !== '[' && sql[end + 1] === close) {
      value += close;
      end += 1;
    } else return make('quoted', sql.slice(at, end + 1), at, value, open);
  }
  throw new ParseError('quoted name is not closed', at);
}
