import type { Phrase } from '../../../core/verbalise/phrase.js';
import { predicate, reading } from './reading.js';

const group = { group: true };

const cut: Phrase[] = [
  reading(
    'upper(left(s, {number}))',
    'text',
    'first {number} letters of the {s} in upper case | upper-case first {number} characters of the {s}',
    group,
  ),
  reading(
    'left(s, {number})',
    'text',
    'first {number} characters of the {s} | first {number} letters of the {s} | leading {number} characters of the {s}',
    group,
  ),
  reading(
    'right(s, {number})',
    'text',
    'last {number} characters of the {s} | last {number} letters of the {s} | final {number} characters of the {s}',
    group,
  ),
  reading(
    'left_grapheme(s, {number})',
    'text',
    'first {number} graphemes of the {s} | leading {number} graphemes of the {s}',
    group,
  ),
  reading(
    'right_grapheme(s, {number})',
    'text',
    'last {number} graphemes of the {s} | final {number} graphemes of the {s}',
  ),
  reading(
    'substring(s, {number1}, {number2})',
    'text',
    '{number2} characters of the {s} from position {number1} | part of the {s} of {number2} characters that begins at position {number1}',
  ),
  reading(
    'substring(s, {number})',
    'text',
    '{s} from position {number} on | rest of the {s} that begins at position {number}',
  ),
  reading(
    'substring_grapheme(s, {number1}, {number2})',
    'text',
    '{number2} graphemes of the {s} from position {number1} | part of the {s} of {number2} graphemes that begins at position {number1}',
  ),
  reading(
    's[{number1}:{number2}]',
    'text',
    'slice of the {s} from {number1} to {number2} | characters {number1} to {number2} of the {s}',
  ),
  reading(
    'split_part(s, {text}, {number})',
    'text',
    'part {number} of the {s} split at {text} | piece number {number} of the {s} when split by {text}',
    group,
  ),
  reading("split_part(s, ' ', 1)", 'text', 'first word of the {s}, part 1 | part 1 of the {s} split at spaces', group),
  reading(
    "split_part(s, ' ', -1)",
    'text',
    'last word of the {s}, part -1 | part -1 of the {s} split at spaces',
    group,
  ),
  reading(
    "split_part(s, '@', 2)",
    'text',
    'part 2 of the {s} split at the @ sign | piece 2 of the {s} behind "@"',
    group,
  ),
  reading(
    'trim(s, {text})',
    'text',
    '{s} stripped of any of {text} on both sides | {s} trimmed of the characters {text}',
  ),
  reading('ltrim(s, {text})', 'text', '{s} stripped of any of {text} at the start | {s} trimmed of {text} on the left'),
  reading('rtrim(s, {text})', 'text', '{s} stripped of any of {text} at the end | {s} trimmed of {text} on the right'),
  reading('ltrim(s)', 'text', '{s} without spaces at the start | {s} trimmed on the left'),
  reading('rtrim(s)', 'text', '{s} without spaces at the end | {s} trimmed on the right'),
];

const changed: Phrase[] = [
  reading('reverse(s)', 'text', '{s} backwards | reversed {s} | {s} spelled in reverse'),
  reading(
    'replace(s, {text1}, {text2})',
    'text',
    '{s} with every {text1} replaced by {text2} | {s} after replacing {text1} with {text2} | {s} where {text1} becomes {text2}',
  ),
  reading(
    "replace(s, ' ', '_')",
    'text',
    '{s} with spaces replaced by underscores "_" | {s} where each space becomes "_"',
  ),
  reading(
    'translate(s, {text1}, {text2})',
    'text',
    '{s} with the characters {text1} translated to {text2} | {s} after translating {text1} to {text2}',
  ),
  reading(
    "translate(s, 'aeiou', '*****')",
    'text',
    '{s} with the letters "aeiou" translated to "*****" | {s} after translating "aeiou" into "*****"',
  ),
  reading('strip_accents(s)', 'text', '{s} without accents | {s} stripped of accents | accent-free {s}'),
  reading('nfc_normalize(s)', 'text', '{s} in Unicode normal form NFC | NFC-normalized {s}'),
  reading(
    'lpad(i::VARCHAR, {number}, {text})',
    'text',
    '{i} padded on the left with {text} to {number} characters | {i} as {number} characters filled up with {text} on the left',
  ),
  reading(
    "lpad(i::VARCHAR, {number}, '0')",
    'text',
    '{i} padded on the left with "0" to {number} digits | {i} as {number} digits with a leading "0" where needed',
  ),
  reading('lpad(s, {number}, {text})', 'text', '{s} padded on the left with {text} to {number} characters'),
  reading(
    'rpad(s, {number}, {text})',
    'text',
    '{s} padded on the right with {text} to {number} characters | {s} filled up with {text} on the right to {number} characters',
  ),
  reading(
    "rpad(s, 20, '.')",
    'text',
    '{s} padded on the right with "." to 20 characters | {s} filled up with "." on the right to 20 characters',
  ),
  reading('repeat(s, {number})', 'text', '{s} repeated {number} times | {number} copies of the {s} in a row'),
  reading("repeat('*', i)", 'text', 'bar of "*" as long as the {i} | "*" repeated as often as the {i} says'),
  reading(
    'bar(n, 0, {number}, 10)',
    'text',
    'bar for the {n} between 0 and {number}, 10 wide | bar chart of the {n} from 0 to {number} with width 10',
  ),
  reading(
    'concat(s, {text}, i)',
    'text',
    '{s}, then {text} and the {i} in one text | {s} joined by {text} with the {i}',
  ),
  reading(
    'concat(s1, {text}, s2)',
    'text',
    '{s1}, then {text} and the {s2} in one text | {s1} joined by {text} with the {s2}',
  ),
  reading('concat(s1, s2)', 'text', '{s1} directly followed by the {s2} | {s1} and the {s2} run together'),
  reading(
    'concat_ws({text}, s1, s2)',
    'text',
    '{s1} and the {s2} joined with the separator {text} | {s1} and the {s2} with {text} between them | {s1} and the {s2} put together by {text}',
  ),
  reading(
    "concat_ws(' - ', s1, s2)",
    'text',
    '{s1} and the {s2} joined with the separator " - " | {s1} and the {s2} with " - " between them',
  ),
  reading(
    "concat_ws(', ', s1, s2, s3)",
    'text',
    '{s1}, the {s2} and the {s3} joined with the separator ", " | {s1}, the {s2} and the {s3} in one text with ", " between them',
  ),
  reading(
    "format('{} ({})', s1, s2)",
    'text',
    '{s1} with the {s2} in parentheses behind it | {s1} followed by the {s2} in brackets',
  ),
  reading("format('{:.1f}', n::DOUBLE)", 'text', '{n} formatted with one decimal | {n} as text with one decimal'),
  reading(
    "format('{:,}', i)",
    'text',
    '{i} formatted with thousands separators | {i} written with commas between thousands',
  ),
  reading("printf('%.2f', n::DOUBLE)", 'text', '{n} printed with two decimals | {n} as text with two decimals'),
  reading("printf('%05d', i)", 'text', '{i} printed with five digits and leading zeros | {i} as five digits'),
  reading(
    'chr(ascii(s))',
    'text',
    'first character of the {s} by its code | character whose code the {s} begins with',
    group,
  ),
  reading('url_encode(s)', 'text', '{s} encoded for a URL | URL-encoded {s} | percent-encoded {s}'),
  reading('url_decode(s)', 'text', '{s} decoded from a URL | URL-decoded {s}'),
  reading('md5(s)', 'text', 'MD5 checksum of the {s} | MD5 hash of the {s} | MD5 digest of the {s}'),
  reading('md5_number(s)', 'number', 'MD5 hash of the {s} as a number | numeric MD5 of the {s}'),
  reading('sha1(s)', 'text', 'SHA-1 checksum of the {s} | SHA-1 hash of the {s} | SHA-1 digest of the {s}'),
  reading('sha256(s)', 'text', 'SHA-256 checksum of the {s} | SHA-256 hash of the {s} | SHA-256 digest of the {s}'),
  reading('hash(x)', 'integer', 'internal hash value of the {x} | hash number of the {x}'),
  reading('hex(s)', 'text', '{s} in hexadecimal | hexadecimal code of the {s} | hex form of the {s}'),
  reading('to_base64(encode(s))', 'text', '{s} encoded in base 64 | base-64 form of the {s} | base64 text of the {s}'),
  reading(
    'decode(from_base64(to_base64(encode(s))))',
    'text',
    '{s} decoded again from its base-64 form | {s} after a round trip through base 64',
  ),
  reading(
    'decode(unhex(hex(s)))',
    'text',
    '{s} decoded again from its hexadecimal code | {s} after a round trip through hexadecimal',
  ),
  reading('regexp_escape(s)', 'text', '{s} with the signs of regular expressions escaped | regex-escaped {s}'),
  reading('parse_filename(s)', 'text', 'file name in the {s} | file name part of the path in the {s}'),
  reading('parse_dirname(s)', 'text', 'top directory in the {s} | first directory of the path in the {s}'),
  reading('parse_dirpath(s)', 'text', 'directory path in the {s} | path without the file name in the {s}'),
  reading('parse_path(s)', 'array', 'steps of the path in the {s} | path of the {s} taken apart into its steps'),
];

const measured: Phrase[] = [
  reading(
    'length(s)',
    'integer',
    'length of the {s} | number of characters in the {s} | {s} length | length in characters of the {s}',
    { filter: 'count' },
  ),
  reading('strlen(s)', 'integer', 'length in bytes of the {s} | number of bytes in the {s} | byte length of the {s}'),
  reading('octet_length(encode(s))', 'integer', 'octet length of the {s} | number of octets of the {s}'),
  reading('bit_length(s)', 'integer', 'length in bits of the {s} | number of bits in the {s}'),
  reading('length_grapheme(s)', 'integer', 'number of graphemes in the {s} | length of the {s} in graphemes'),
  reading(
    'length(regexp_extract_all(s, {text}))',
    'integer',
    'number of matches of {text} in the {s} | how often {text} matches in the {s}',
  ),
  reading('ascii(s)', 'integer', 'ASCII code of the first character of the {s} | code number that the {s} begins with'),
  reading(
    'unicode(s)',
    'integer',
    'Unicode code point of the first character of the {s} | code point that the {s} begins with',
  ),
  reading(
    'instr(s, {infix})',
    'integer',
    'position of {infix} in the {s} | place of {infix} within the {s} | place where {infix} stands in the {s}',
  ),
  reading('position({infix} IN s)', 'integer', 'position at which {infix} stands in the {s}'),
  reading(
    'levenshtein(s, {existing})',
    'integer',
    'Levenshtein distance of the {s} from {existing} | edits that turn the {s} into {existing}',
  ),
  reading(
    'levenshtein(s1, s2)',
    'integer',
    'Levenshtein distance between the {s1} and the {s2} | edits between the {s1} and the {s2}',
  ),
  reading(
    'damerau_levenshtein(s1, s2)',
    'integer',
    'Damerau-Levenshtein distance between the {s1} and the {s2} | edits and swaps between the {s1} and the {s2}',
  ),
  reading(
    "hamming(rpad(s1, 5, ' '), rpad(s2, 5, ' '))",
    'integer',
    'Hamming distance between the {s1} and the {s2}, both cut or padded with " " to 5 characters',
  ),
  reading(
    'jaccard(s1, s2)',
    'number',
    'Jaccard similarity of the {s1} and the {s2} | share of characters that the {s1} and the {s2} have in common by Jaccard',
  ),
  reading(
    'jaro_similarity(s1, s2)',
    'number',
    'Jaro similarity of the {s1} and the {s2} | Jaro score of the {s1} against the {s2}',
  ),
  reading(
    'jaro_winkler_similarity(s1, s2)',
    'number',
    'Jaro-Winkler similarity of the {s1} and the {s2} | Jaro-Winkler score of the {s1} against the {s2}',
  ),
];

const searched: Phrase[] = [
  predicate('s SIMILAR TO {text}', '{s} as a whole has the form {text} | whole {s} is similar to the form {text}'),
  predicate(
    'starts_with(s, {prefix})',
    '{s} starts with {prefix} | {s} has the prefix {prefix} | {s} opens with {prefix}',
  ),
  predicate(
    'ends_with(s, {suffix})',
    '{s} ends with {suffix} | {s} has the suffix {suffix} | {s} closes with {suffix}',
  ),
  predicate(
    'contains(s, {infix})',
    '{s} contains {infix} | {infix} occurs in the {s} | {infix} is found in the {s} | {infix} appears somewhere in the {s}',
  ),
  predicate(
    'regexp_matches(s, {text})',
    '{s} matches the regular expression {text} | {s} fits the pattern {text} | {s} has a match of the regex {text}',
  ),
  predicate(
    "regexp_matches(s, {text}, 'i')",
    '{s} matches the regular expression {text} in any case | {s} fits the pattern {text} regardless of case',
  ),
  predicate("regexp_matches(s, '[0-9]')", '{s} holds a digit from 0 to 9 | {s} has a digit between 0 and 9'),
  predicate(
    "regexp_matches(s, '^[A-M]')",
    '{s} begins with a letter from A to M | {s} begins with one of the letters A to M',
  ),
  predicate(
    'regexp_full_match(s, {text})',
    '{s} as a whole matches the regular expression {text} | whole {s} fits the pattern {text}',
  ),
  predicate(
    "regexp_full_match(s, '[A-Za-z ]+')",
    '{s} consists of letters and spaces only | whole {s} is made of letters and spaces',
  ),
  reading(
    'regexp_extract(s, {text}, {number})',
    'text',
    'group {number} of the match of {text} in the {s} | part {number} that {text} captures in the {s}',
    group,
  ),
  reading(
    'regexp_extract(s, {text})',
    'text',
    'first match of {text} in the {s} | part of the {s} that matches {text}',
    group,
  ),
  reading(
    "regexp_extract(s, '[A-Za-z]+')",
    'text',
    'first run of letters in the {s} | first letters-only part of the {s}',
    group,
  ),
  reading("regexp_extract(s, '[0-9]+')", 'text', 'first run of digits in the {s} | first digits-only part of the {s}'),
  reading(
    'regexp_extract_all(s, {text})',
    'array',
    'all matches of {text} in the {s} | list of the matches of {text} in the {s}',
  ),
  reading(
    "regexp_extract_all(s, '[A-Z]')",
    'array',
    'all capital letters in the {s} as a list | list of the capitals in the {s}',
  ),
  reading(
    "regexp_replace(s, {text1}, {text2}, 'g')",
    'text',
    '{s} with every match of {text1} replaced by {text2} | {s} after replacing all matches of the pattern {text1} with {text2}',
  ),
  reading(
    'regexp_replace(s, {text1}, {text2})',
    'text',
    '{s} with the first match of {text1} replaced by {text2} | {s} after replacing one match of the pattern {text1} with {text2}',
  ),
  reading("regexp_replace(s, '[aeiou]', '', 'g')", 'text', '{s} without its vowels | {s} after deleting the vowels'),
  reading('string_split(s, {text})', 'array', 'pieces of the {s} split at {text} | {s} split by {text} into a list'),
  reading("string_split(s, ' ')", 'array', 'words of the {s} as a list | {s} split at spaces into a list'),
  reading("len(string_split(s, ' '))", 'integer', 'number of words in the {s} | word count of the {s}', {
    filter: 'count',
    group: true,
  }),
  reading(
    'string_split_regex(s, {text})',
    'array',
    'pieces of the {s} split at matches of {text} | {s} split by the pattern {text} into a list',
  ),
  reading(
    "string_split_regex(s, '[ -]+')",
    'array',
    'pieces of the {s} split at spaces and hyphens | {s} split at every run of spaces or hyphens',
  ),
];

export const textPhrases: Phrase[] = [...cut, ...changed, ...measured, ...searched];
