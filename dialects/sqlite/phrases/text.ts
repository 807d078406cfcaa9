import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Text. */
export const textPhrases: Phrase[] = [
  {
    sql: 'substring(s, {number1}, {number2})',
    returns: 'text',
    says: [
      'substring of the {s} of {number2} characters from position {number1} on',
      'substring of {number2} letters of the {s} that begins at place {number1}',
    ],
  },
  {
    sql: 'unhex(hex(s))',
    returns: 'bytes',
    says: ['bytes of the {s} decoded from its hexadecimal form', '{s} turned into hexadecimal and decoded again'],
  },
  {
    sql: 'unistr(s)',
    returns: 'text',
    says: ['{s} with its Unicode escapes resolved', '{s} with Unicode escapes turned into characters'],
  },
  {
    sql: 'unistr_quote(x)',
    returns: 'text',
    says: ['SQL literal of the {x} with Unicode escapes', '{x} as an SQL literal with Unicode escapes'],
  },
  {
    sql: 'char(unicode(s))',
    returns: 'text',
    group: true,
    says: ['first character of the {s} by its code point', 'character of the first code point of the {s}'],
  },
  {
    sql: 's COLLATE NOCASE',
    returns: 'text',
    filter: 'existing',
    idiomOnly: true,
    says: ['{s} regardless of case', '{s} without regard to case', '{s} ignoring case'],
  },
  {
    sql: 'upper(substr(s, 1, {number}))',
    returns: 'text',
    says: ['first {number} letters of the {s} in upper case', 'upper-case first {number} characters of the {s}'],
  },
  {
    sql: 'substr(s, 1, {number})',
    returns: 'text',
    says: [
      'first {number} characters of the {s}',
      'first {number} letters of the {s}',
      'leading {number} characters of the {s}',
    ],
    group: true,
  },
  {
    sql: 'substr(s, {number1}, {number2})',
    returns: 'text',
    says: [
      '{number2} characters of the {s} from position {number1}',
      'part of the {s} that starts at character {number1} and is {number2} long',
    ],
  },
  {
    sql: 'substr(s, -2)',
    returns: 'text',
    group: true,
    says: ['last 2 characters of the {s}', 'final 2 letters of the {s}'],
  },
  {
    sql: 'substr(s, -3)',
    returns: 'text',
    says: ['last 3 characters of the {s}', 'final 3 letters of the {s}'],
  },
  {
    sql: 'substr(s, {number})',
    returns: 'text',
    says: ['{s} from character {number} on', 'part of the {s} starting at position {number}'],
  },
  {
    sql: 'instr(s, {infix}) > 0',
    returns: 'boolean',
    kind: 'predicate',
    says: ['{infix} occurs in the {s}', '{infix} is found in the {s}', '{infix} appears somewhere in the {s}'],
  },
  {
    sql: 'instr(s, {infix})',
    returns: 'integer',
    says: [
      'position of {infix} in the {s}',
      'place of {infix} within the {s}',
      'where {infix} first occurs in the {s}',
    ],
  },
  {
    sql: 'replace(s, {text1}, {text2})',
    returns: 'text',
    says: [
      '{s} with every {text1} replaced by {text2}',
      '{s} after replacing {text1} with {text2}',
      '{s} where {text1} becomes {text2}',
    ],
  },
  {
    sql: 'trim(s)',
    returns: 'text',
    says: ['{s} without surrounding spaces', 'trimmed {s}', '{s} trimmed on both sides'],
  },
  {
    sql: 'trim(s, {text})',
    returns: 'text',
    says: ['{s} stripped of any of {text} on both sides', '{s} trimmed of the characters {text}'],
  },
  {
    sql: 'ltrim(s, {text})',
    returns: 'text',
    says: ['{s} stripped of any of {text} at the start', '{s} trimmed of {text} on the left'],
  },
  {
    sql: 'rtrim(s, {text})',
    returns: 'text',
    says: ['{s} stripped of any of {text} at the end', '{s} trimmed of {text} on the right'],
  },
  {
    sql: 'hex(s)',
    returns: 'text',
    says: ['{s} in hexadecimal', 'hexadecimal bytes of the {s}', 'hex form of the {s}'],
  },
  {
    sql: 'quote(x)',
    returns: 'text',
    says: ['{x} as an SQL literal', 'SQL literal of the {x}', 'quoted literal of the {x}'],
  },
  {
    sql: 'unicode(s)',
    returns: 'integer',
    says: ['code point of the first character of the {s}', 'Unicode number of the first letter of the {s}'],
  },
  { sql: 'char(i)', returns: 'text', says: ['character with the code {i}'] },
  {
    sql: 'octet_length(s)',
    returns: 'integer',
    filter: 'number',
    says: ['number of bytes of the {s}', 'length of the {s} in bytes', 'byte length of the {s}'],
  },
  {
    sql: "format('%08d', i)",
    returns: 'text',
    says: ['{i} padded with zeros to 8 digits', '{i} as eight digits with leading zeros', 'eight-digit {i}'],
  },
  {
    sql: "printf('%.2f', n)",
    returns: 'text',
    says: ['{n} printed with two decimals', '{n} as text with 2 decimals', '{n} formatted to two decimal places'],
  },
  {
    sql: 'concat(s, {text}, n)',
    returns: 'text',
    says: ['{s} followed by {text} and the {n}', 'sentence of the {s}, {text} and the {n}'],
  },
  {
    sql: 'concat_ws({text}, s1, s2)',
    returns: 'text',
    says: [
      '{s1} and the {s2} joined by {text}',
      '{s1} joined with the {s2} using {text}',
      '{s1} and the {s2} with {text} between them',
    ],
  },
  {
    sql: 'concat_ws({text}, s1, s2, s3)',
    returns: 'text',
    says: ['{s1}, the {s2} and the {s3} joined by {text}', '{s1}, the {s2} and the {s3} with {text} between them'],
  },
];
