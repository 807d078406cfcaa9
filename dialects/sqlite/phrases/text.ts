import { phraseLines } from '../../phrase-lines.js';

/** Text. */
export const textPhrases = phraseLines(`
  substring(s, {number1}, {number2}) → text: substring of the {s} of {number2} characters from position {number1} on | substring of {number2} letters
      of the {s} that begins at place {number1}
  unhex(hex(s)) → bytes: bytes of the {s} decoded from its hexadecimal form | {s} turned into hexadecimal and decoded again
  unistr(s) → text: {s} with its Unicode escapes resolved | {s} with Unicode escapes turned into characters
  unistr_quote(x) → text: SQL literal of the {x} with Unicode escapes | {x} as an SQL literal with Unicode escapes
  char(unicode(s)) → text group: first character of the {s} by its code point | character of the first code point of the {s}
  s COLLATE NOCASE → text statement filter=existing: {s} regardless of case | {s} without regard to case | {s} ignoring case
  upper(substr(s, 1, {number})) → text: first {number} letters of the {s} in upper case | upper-case first {number} characters of the {s}
  substr(s, 1, {number}) → text group: first {number} characters of the {s} | first {number} letters of the {s} | leading {number} characters of the
      {s}
  substr(s, {number1}, {number2}) → text: {number2} characters of the {s} from position {number1} | part of the {s} that starts at character {number1}
      and is {number2} long
  substr(s, -2) → text group: last 2 characters of the {s} | final 2 letters of the {s}
  substr(s, -3) → text: last 3 characters of the {s} | final 3 letters of the {s}
  substr(s, {number}) → text: {s} from character {number} on | part of the {s} starting at position {number}
  instr(s, {infix}) > 0 → boolean predicate: {infix} occurs in the {s} | {infix} is found in the {s} | {infix} appears somewhere in the {s}
  instr(s, {infix}) → integer: position of {infix} in the {s} | place of {infix} within the {s} | where {infix} first occurs in the {s}
  replace(s, {text1}, {text2}) → text: {s} with every {text1} replaced by {text2} | {s} after replacing {text1} with {text2} | {s} where {text1}
      becomes {text2}
  trim(s) → text: {s} without surrounding spaces | trimmed {s} | {s} trimmed on both sides
  trim(s, {text}) → text: {s} stripped of any of {text} on both sides | {s} trimmed of the characters {text}
  ltrim(s, {text}) → text: {s} stripped of any of {text} at the start | {s} trimmed of {text} on the left
  rtrim(s, {text}) → text: {s} stripped of any of {text} at the end | {s} trimmed of {text} on the right
  hex(s) → text: {s} in hexadecimal | hexadecimal bytes of the {s} | hex form of the {s}
  quote(x) → text: {x} as an SQL literal | SQL literal of the {x} | quoted literal of the {x}
  unicode(s) → integer: code point of the first character of the {s} | Unicode number of the first letter of the {s}
  char(i) → text: character with the code {i}
  octet_length(s) → integer filter=number: number of bytes of the {s} | length of the {s} in bytes | byte length of the {s}
  format('%08d', i) → text: {i} padded with zeros to 8 digits | {i} as eight digits with leading zeros | eight-digit {i}
  printf('%.2f', n) → text: {n} printed with two decimals | {n} as text with 2 decimals | {n} formatted to two decimal places
  concat(s, {text}, n) → text: {s} followed by {text} and the {n} | sentence of the {s}, {text} and the {n}
  concat_ws({text}, s1, s2) → text: {s1} and the {s2} joined by {text} | {s1} joined with the {s2} using {text} | {s1} and the {s2} with {text}
      between them
  concat_ws({text}, s1, s2, s3) → text: {s1}, the {s2} and the {s3} joined by {text} | {s1}, the {s2} and the {s3} with {text} between them
`);
