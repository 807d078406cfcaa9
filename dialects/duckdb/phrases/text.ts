import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

const cut = phraseLines(`
  upper(left(s, {number})) → text group: first {number} letters of the {s} in upper case | upper-case first {number} characters of the {s}
  left(s, {number}) → text group: first {number} characters of the {s} | first {number} letters of the {s} | leading {number} characters of the {s}
  right(s, {number}) → text group: last {number} characters of the {s} | last {number} letters of the {s} | final {number} characters of the {s}
  left_grapheme(s, {number}) → text group: first {number} graphemes of the {s} | leading {number} graphemes of the {s}
  right_grapheme(s, {number}) → text: last {number} graphemes of the {s} | final {number} graphemes of the {s}
  substring(s, {number1}, {number2}) → text: {number2} characters of the {s} from position {number1} | part of the {s} of {number2} characters that
      begins at position {number1}
  substring(s, {number}) → text: {s} from position {number} on | rest of the {s} that begins at position {number}
  substring_grapheme(s, {number1}, {number2}) → text: {number2} graphemes of the {s} from position {number1} | part of the {s} of {number2} graphemes
      that begins at position {number1}
  s[{number1}:{number2}] → text: slice of the {s} from {number1} to {number2} | characters {number1} to {number2} of the {s}
  split_part(s, {text}, {number}) → text group: part {number} of the {s} split at {text} | piece number {number} of the {s} when split by {text}
  split_part(s, ' ', 1) → text group: first word of the {s}, part 1 | part 1 of the {s} split at spaces
  split_part(s, ' ', -1) → text group: last word of the {s}, part -1 | part -1 of the {s} split at spaces
  split_part(s, '@', 2) → text group: part 2 of the {s} split at the @ sign | piece 2 of the {s} behind "@"
  trim(s, {text}) → text: {s} stripped of any of {text} on both sides | {s} trimmed of the characters {text}
  ltrim(s, {text}) → text: {s} stripped of any of {text} at the start | {s} trimmed of {text} on the left
  rtrim(s, {text}) → text: {s} stripped of any of {text} at the end | {s} trimmed of {text} on the right
  ltrim(s) → text: {s} without spaces at the start | {s} trimmed on the left
  rtrim(s) → text: {s} without spaces at the end | {s} trimmed on the right
`);

const changed = phraseLines(`
  reverse(s) → text: {s} backwards | reversed {s} | {s} spelled in reverse
  replace(s, {text1}, {text2}) → text: {s} with every {text1} replaced by {text2} | {s} after replacing {text1} with {text2} | {s} where {text1}
      becomes {text2}
  replace(s, ' ', '_') → text: {s} with spaces replaced by underscores "_" | {s} where each space becomes "_"
  translate(s, {text1}, {text2}) → text: {s} with the characters {text1} translated to {text2} | {s} after translating {text1} to {text2}
  translate(s, 'aeiou', '*****') → text: {s} with the letters "aeiou" translated to "*****" | {s} after translating "aeiou" into "*****"
  strip_accents(s) → text: {s} without accents | {s} stripped of accents | accent-free {s}
  nfc_normalize(s) → text: {s} in Unicode normal form NFC | NFC-normalized {s}
  lpad(i::VARCHAR, {number}, {text}) → text: {i} padded on the left with {text} to {number} characters | {i} as {number} characters filled up with
      {text} on the left
  lpad(i::VARCHAR, {number}, '0') → text: {i} padded on the left with "0" to {number} digits | {i} as {number} digits with a leading "0" where needed
  lpad(s, {number}, {text}) → text: {s} padded on the left with {text} to {number} characters
  rpad(s, {number}, {text}) → text: {s} padded on the right with {text} to {number} characters | {s} filled up with {text} on the right to {number}
      characters
  rpad(s, 20, '.') → text: {s} padded on the right with "." to 20 characters | {s} filled up with "." on the right to 20 characters
  repeat(s, {number}) → text: {s} repeated {number} times | {number} copies of the {s} in a row
  repeat('*', i) → text: bar of "*" as long as the {i} | "*" repeated as often as the {i} says
  bar(n, 0, {number}, 10) → text: bar for the {n} between 0 and {number}, 10 wide | bar chart of the {n} from 0 to {number} with width 10
  concat(s, {text}, i) → text: {s}, then {text} and the {i} in one text | {s} joined by {text} with the {i}
  concat(s1, {text}, s2) → text: {s1}, then {text} and the {s2} in one text | {s1} joined by {text} with the {s2}
  concat(s1, s2) → text: {s1} directly followed by the {s2} | {s1} and the {s2} run together
  concat_ws({text}, s1, s2) → text: {s1} and the {s2} joined with the separator {text} | {s1} and the {s2} with {text} between them | {s1} and the
      {s2} put together by {text}
  concat_ws(' - ', s1, s2) → text: {s1} and the {s2} joined with the separator " - " | {s1} and the {s2} with " - " between them
  concat_ws(', ', s1, s2, s3) → text: {s1}, the {s2} and the {s3} joined with the separator ", " | {s1}, the {s2} and the {s3} in one text with ", "
      between them
  format('{} ({})', s1, s2) → text: {s1} with the {s2} in parentheses behind it | {s1} followed by the {s2} in brackets
  format('{:.1f}', n::DOUBLE) → text: {n} formatted with one decimal | {n} as text with one decimal
  format('{:,}', i) → text: {i} formatted with thousands separators | {i} written with commas between thousands
  printf('%.2f', n::DOUBLE) → text: {n} printed with two decimals | {n} as text with two decimals
  printf('%05d', i) → text: {i} printed with five digits and leading zeros | {i} as five digits
  chr(ascii(s)) → text group: first character of the {s} by its code | character whose code the {s} begins with
  url_encode(s) → text: {s} encoded for a URL | URL-encoded {s} | percent-encoded {s}
  url_decode(s) → text: {s} decoded from a URL | URL-decoded {s}
  md5(s) → text: MD5 checksum of the {s} | MD5 hash of the {s} | MD5 digest of the {s}
  md5_number(s) → number: MD5 hash of the {s} as a number | numeric MD5 of the {s}
  sha1(s) → text: SHA-1 checksum of the {s} | SHA-1 hash of the {s} | SHA-1 digest of the {s}
  sha256(s) → text: SHA-256 checksum of the {s} | SHA-256 hash of the {s} | SHA-256 digest of the {s}
  hash(x) → integer: internal hash value of the {x} | hash number of the {x}
  hex(s) → text: {s} in hexadecimal | hexadecimal code of the {s} | hex form of the {s}
  to_base64(encode(s)) → text: {s} encoded in base 64 | base-64 form of the {s} | base64 text of the {s}
  decode(from_base64(to_base64(encode(s)))) → text: {s} decoded again from its base-64 form | {s} after a round trip through base 64
  decode(unhex(hex(s))) → text: {s} decoded again from its hexadecimal code | {s} after a round trip through hexadecimal
  regexp_escape(s) → text: {s} with the signs of regular expressions escaped | regex-escaped {s}
  parse_filename(s) → text: file name in the {s} | file name part of the path in the {s}
  parse_dirname(s) → text: top directory in the {s} | first directory of the path in the {s}
  parse_dirpath(s) → text: directory path in the {s} | path without the file name in the {s}
  parse_path(s) → array: steps of the path in the {s} | path of the {s} taken apart into its steps
`);

const measured = phraseLines(`
  length(s) → integer filter=count: length of the {s} | number of characters in the {s} | {s} length | length in characters of the {s}
  strlen(s) → integer: length in bytes of the {s} | number of bytes in the {s} | byte length of the {s}
  octet_length(encode(s)) → integer: octet length of the {s} | number of octets of the {s}
  bit_length(s) → integer: length in bits of the {s} | number of bits in the {s}
  length_grapheme(s) → integer: number of graphemes in the {s} | length of the {s} in graphemes
  length(regexp_extract_all(s, {text})) → integer: number of matches of {text} in the {s} | how often {text} matches in the {s}
  ascii(s) → integer: ASCII code of the first character of the {s} | code number that the {s} begins with
  unicode(s) → integer: Unicode code point of the first character of the {s} | code point that the {s} begins with
  instr(s, {infix}) → integer: position of {infix} in the {s} | place of {infix} within the {s} | place where {infix} stands in the {s}
  position({infix} IN s) → integer: position at which {infix} stands in the {s}
  levenshtein(s, {existing}) → integer: Levenshtein distance of the {s} from {existing} | edits that turn the {s} into {existing}
  levenshtein(s1, s2) → integer: Levenshtein distance between the {s1} and the {s2} | edits between the {s1} and the {s2}
  damerau_levenshtein(s1, s2) → integer: Damerau-Levenshtein distance between the {s1} and the {s2} | edits and swaps between the {s1} and the {s2}
  hamming(rpad(s1, 5, ' '), rpad(s2, 5, ' ')) → integer: Hamming distance between the {s1} and the {s2}, both cut or padded with " " to 5 characters
  jaccard(s1, s2) → number: Jaccard similarity of the {s1} and the {s2} | share of characters that the {s1} and the {s2} have in common by Jaccard
  jaro_similarity(s1, s2) → number: Jaro similarity of the {s1} and the {s2} | Jaro score of the {s1} against the {s2}
  jaro_winkler_similarity(s1, s2) → number: Jaro-Winkler similarity of the {s1} and the {s2} | Jaro-Winkler score of the {s1} against the {s2}
`);

const searched = phraseLines(`
  s SIMILAR TO {text} → boolean predicate: {s} as a whole has the form {text} | whole {s} is similar to the form {text}
  starts_with(s, {prefix}) → boolean predicate: {s} starts with {prefix} | {s} has the prefix {prefix} | {s} opens with {prefix}
  ends_with(s, {suffix}) → boolean predicate: {s} ends with {suffix} | {s} has the suffix {suffix} | {s} closes with {suffix}
  contains(s, {infix}) → boolean predicate: {s} contains {infix} | {infix} occurs in the {s} | {infix} is found in the {s} | {infix} appears somewhere
      in the {s}
  regexp_matches(s, {text}) → boolean predicate: {s} matches the regular expression {text} | {s} fits the pattern {text} | {s} has a match of the
      regex {text}
  regexp_matches(s, {text}, 'i') → boolean predicate: {s} matches the regular expression {text} in any case | {s} fits the pattern {text} regardless
      of case
  regexp_matches(s, '[0-9]') → boolean predicate: {s} holds a digit from 0 to 9 | {s} has a digit between 0 and 9
  regexp_matches(s, '^[A-M]') → boolean predicate: {s} begins with a letter from A to M | {s} begins with one of the letters A to M
  regexp_full_match(s, {text}) → boolean predicate: {s} as a whole matches the regular expression {text} | whole {s} fits the pattern {text}
  regexp_full_match(s, '[A-Za-z ]+') → boolean predicate: {s} consists of letters and spaces only | whole {s} is made of letters and spaces
  regexp_extract(s, {text}, {number}) → text group: group {number} of the match of {text} in the {s} | part {number} that {text} captures in the {s}
  regexp_extract(s, {text}) → text group: first match of {text} in the {s} | part of the {s} that matches {text}
  regexp_extract(s, '[A-Za-z]+') → text group: first run of letters in the {s} | first letters-only part of the {s}
  regexp_extract(s, '[0-9]+') → text: first run of digits in the {s} | first digits-only part of the {s}
  regexp_extract_all(s, {text}) → array: all matches of {text} in the {s} | list of the matches of {text} in the {s}
  regexp_extract_all(s, '[A-Z]') → array: all capital letters in the {s} as a list | list of the capitals in the {s}
  regexp_replace(s, {text1}, {text2}, 'g') → text: {s} with every match of {text1} replaced by {text2} | {s} after replacing all matches of the
      pattern {text1} with {text2}
  regexp_replace(s, {text1}, {text2}) → text: {s} with the first match of {text1} replaced by {text2} | {s} after replacing one match of the pattern
      {text1} with {text2}
  regexp_replace(s, '[aeiou]', '', 'g') → text: {s} without its vowels | {s} after deleting the vowels
  string_split(s, {text}) → array: pieces of the {s} split at {text} | {s} split by {text} into a list
  string_split(s, ' ') → array: words of the {s} as a list | {s} split at spaces into a list
  len(string_split(s, ' ')) → integer group filter=count: number of words in the {s} | word count of the {s}
  string_split_regex(s, {text}) → array: pieces of the {s} split at matches of {text} | {s} split by the pattern {text} into a list
  string_split_regex(s, '[ -]+') → array: pieces of the {s} split at spaces and hyphens | {s} split at every run of spaces or hyphens
`);

export const textPhrases: Phrase[] = [...cut, ...changed, ...measured, ...searched];
