import { phraseLines } from '../../phrase-lines.js';

/** Text. */
export const textPhrases = phraseLines(`
  casefold(s) → text: {s} folded for a comparison without regard to case | case-folded {s}
  overlay(s PLACING '***' FROM 1 FOR 3) → text: {s} with its first 3 characters replaced by '***' | {s} with its first 3 characters masked as '***'
  substring(s FROM 2 FOR 3) → text: 3 characters of the {s} from the second on | 3 characters in the {s} after the first one
  substring(s FROM '[A-Z][a-z]+') → text: first capitalised word in the {s} | first part of the {s} that is a capital letter followed by small letters
  substr(s, {number1}, {number2}) → text: {number2} characters of the {s} starting at position {number1} | part of the {s} of {number2} characters from
      place {number1}
  repeat(s, {number}) → text: {s} repeated {number} times | {number} copies of the {s} in a row
  chr(ascii(s)) → text group: character whose code the {s} begins with | first character of the {s} by its code
  octet_length(s) → integer filter=number: number of bytes in the {s} | byte length of the {s}
  bit_length(s) → integer: number of bits in the {s} | bit length of the {s}
  character_length(s) → integer filter=number: length of the {s} counted in characters | how many characters the {s} has
  quote_literal(s) → text: {s} quoted as an SQL literal | SQL literal of the {s}
  quote_ident(s) → text: {s} quoted as an SQL name | SQL identifier of the {s}
  quote_nullable(s) → text: {s} quoted as an SQL literal or NULL | SQL literal of the {s}, NULL where there is none
  normalize(s) → text: {s} in Unicode normal form | Unicode-normalised {s}
  is_normalized(s, 'NFC') → boolean predicate: {s} is in the Unicode normal form NFC | {s} is NFC normalised
  unicode_assigned(s) → boolean predicate: {s} has only assigned Unicode characters | every character of the {s} is assigned in Unicode
  unistr(s) → text: {s} with its Unicode escapes resolved | {s} after reading Unicode escapes in it
  to_ascii(s, 'LATIN1') → text: {s} without accents | {s} reduced to plain ASCII letters
  to_hex(i) → text: {i} in hexadecimal | hexadecimal digits of the {i}
  to_oct(i) → text: {i} in octal | octal digits of the {i}
  to_bin(i) → text: {i} in binary | binary digits of the {i}
  string_to_array(s, ' ') → array: words of the {s} as an array | array of the words in the {s}
  string_to_table(s, ' ') → other: each word of the {s} on a row of its own | words of the {s}, one a row
  cash_words(n::numeric::money) → text: {n} as an amount in words | {n} spelled out as money
  format('%s (%s)', s1, s2) → text: {s1} with the {s2} in parentheses after it | {s1} followed by the {s2} in brackets
  concat(s1, {text}, s2) → text: {s1} and the {s2} put together with {text} between them | {s1}, then {text}, then the {s2}
  array_to_string(string_to_array(s, ' '), '-') → text: {s} with hyphens in place of spaces | words of the {s} joined by hyphens
  split_part(s, ' ', 1) → text group: first word of the {s} | part of the {s} before the first space
  split_part(s, ' ', -1) → text: last word of the {s} | part of the {s} after the last space
  lpad(s, {number}, {text}) → text: {s} padded on the left with {text} to {number} characters
  concat_ws({text}, s1, s2) → text: {s1} and the {s2} joined by {text} | {s1} joined with the {s2} using {text} | {s1} and the {s2} with {text} between them
  upper(left(s, {number})) → text: first {number} letters of the {s} in upper case | upper-case first {number} characters of the {s}
  left(s, {number}) → text group: first {number} characters of the {s} | first {number} letters of the {s} | leading {number} characters of the {s}
  right(s, {number}) → text: last {number} characters of the {s} | last {number} letters of the {s} | final {number} characters of the {s}
  initcap(s) → text: {s} with each word capitalised | {s} in title case | title-case {s}
  char_length(s) → integer: character length of the {s} | count of characters in the {s}
  reverse(s) → text: {s} backwards | reversed {s} | {s} spelled in reverse
  replace(s, {text1}, {text2}) → text: {s} with every {text1} replaced by {text2} | {s} after replacing {text1} with {text2} | {s} where {text1} becomes
      {text2}
  split_part(s, {text}, {number}) → text: part {number} of the {s} split at {text} | piece number {number} of the {s} when split by {text}
  strpos(s, {infix}) → integer: position of {infix} in the {s} | place of {infix} within the {s}
  position({infix} IN s) → integer: position at which {infix} stands in the {s}
  lpad(x::text, {number}, {text}) → text: {x} padded on the left with {text} to {number} characters | {x} as {number} characters filled up with {text}
      on the left
  rpad(s, {number}, {text}) → text: {s} padded on the right with {text} to {number} characters
  ltrim(s, {text}) → text: {s} stripped of any of {text} at the start | {s} trimmed of {text} on the left
  rtrim(s, {text}) → text: {s} stripped of any of {text} at the end | {s} trimmed of {text} on the right
  btrim(s, {text}) → text: {s} stripped of any of {text} on both sides | {s} trimmed of the characters {text}
  translate(s, {text1}, {text2}) → text: {s} with the characters {text1} translated to {text2}
  md5(s) → text: MD5 checksum of the {s} | MD5 hash of the {s}
  ascii(s) → integer: code of the first character of the {s} | character code of the first letter of the {s}
  format('%s works in %s', s1, s2) → text statement: sentence '{s1} works in {s2}'
  concat(s, {text}, n) → text: {s} followed by {text} and the {n} | sentence of the {s}, {text} and the {n}
  concat_ws({text}, s1, s2, s3) → text: {s1}, the {s2} and the {s3} joined by {text} | {s1}, the {s2} and the {s3} with {text} between them
  cardinality(string_to_array(s, {text})) → integer: number of pieces of the {s} split at {text} | number of parts in the {s} divided by {text}
`);
