import { phraseLines } from '../../phrase-lines.js';

/** Pattern matching. */
export const patternsPhrases = phraseLines(`
  regexp_like(s, {text}) → boolean predicate: {s} has a match of the expression {text} | expression {text} matches in the {s}
  regexp_instr(s, {text}) → integer filter=number: position of the first match of {text} in the {s} | place where {text} first matches in the {s}
  regexp_substr(s, {text}) → text: part of the {s} that matches {text} first | first match of {text} in the {s} as text
  regexp_match(s, {text}) → array: first match of {text} in the {s} as an array | captures of the first match of {text} in the {s}
  regexp_matches(s, {text}, 'g') → other: every match of {text} in the {s}, one a row | all matches of {text} in the {s} on rows of their own
  regexp_split_to_array(s, {text}) → array: {s} split at every match of {text} into an array | array of the pieces of the {s} between matches of {text}
  regexp_split_to_table(s, {text}) → other: pieces of the {s} between matches of {text}, one a row | each piece of the {s} split at {text} on its own row
  regexp_count(s, '[aeiou]') → integer filter=number: number of small vowels in the {s} | how often a small vowel occurs in the {s}
  s SIMILAR TO {text} → boolean predicate: {s} fits the SQL expression {text} | {s} as a whole fits {text} by SQL's own patterns
  s !~* {text} → boolean predicate: {s} does not match the regular expression {text} in any case
  starts_with(s, {prefix}) → boolean predicate: {s} has the prefix {prefix} | {s} opens with {prefix}
  strpos(s, {infix}) > 0 → boolean predicate: {infix} occurs at least once in the {s} | {infix} appears one or more times in the {s}
  regexp_replace(s, {text1}, {text2}, 'g') → text: {s} with every match of {text1} replaced by {text2} | {s} after replacing all matches of the pattern
      {text1} with {text2}
  regexp_count(s, {text}) → integer: number of matches of {text} in the {s}
  s ~ {text} → boolean predicate: {s} matches the regular expression {text} | {s} fits the pattern {text}
  s ~* {text} → boolean predicate: {s} matches the regular expression {text} in any case | {s} fits the pattern {text} regardless of case
  s !~ {text} → boolean predicate: {s} does not match the regular expression {text}
`);
