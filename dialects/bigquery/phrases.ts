import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { aggregatePhrases } from './phrases/aggregates.js';
import { arrayPhrases } from './phrases/arrays.js';
import { datePhrases } from './phrases/dates.js';
import { jsonPhrases } from './phrases/json.js';
import { numberPhrases } from './phrases/numbers.js';
import { textPhrases } from './phrases/text.js';
import { phraseLines } from '../phrase-lines.js';

/** Dates and times. */
const dates = phraseLines(`
  EXTRACT(YEAR FROM d) → integer group filter=year: year of the {d} | {d} year | calendar year of the {d} | year in the {d}
  EXTRACT(MONTH FROM d) → integer group filter=month: month of the {d} | {d} month | month number of the {d} | month part of the {d}
  EXTRACT(QUARTER FROM d) → integer group: quarter of the {d} | {d} quarter | quarter of the year of the {d}
  EXTRACT(DAY FROM d) → integer group: day of the month of the {d} | {d} day of the month | day part of the {d}
  EXTRACT(DAYOFWEEK FROM d) → integer group: weekday number of the {d} counting from Sunday as 1 | day of the week of the {d} | {d} weekday number
  EXTRACT(DAYOFYEAR FROM d) → integer: day of the year of the {d} | {d} day of the year
  EXTRACT(ISOWEEK FROM d) → integer group: ISO week of the {d} | {d} ISO week number
  EXTRACT(WEEK FROM d) → integer group: week number of the {d} | {d} week number
  EXTRACT(HOUR FROM t) → integer group: hour of the {t} | {t} hour | hour part of the {t}
  EXTRACT(DATE FROM t) → date group: date extracted from the {t} | extracted date of the {t}
  DATE(t) → date group: calendar day of the {t} | date part of the {t} | {t} without its time
  TIME(t) → time: time of day of the {t} | clock time of the {t}
  DATE_TRUNC(d, MONTH) → date group: month start of the {d} | {d} cut down to the month | {d} truncated to the month | beginning of the month of the
      {d}
  DATE_TRUNC(d, YEAR) → date group: year start of the {d} | {d} cut down to the year | {d} truncated to the year | beginning of the year of the {d}
  DATE_TRUNC(d, QUARTER) → date group: quarter start of the {d} | {d} truncated to the quarter | beginning of the quarter of the {d}
  DATE_TRUNC(d, WEEK) → date group: week start of the {d} | {d} truncated to the week
  DATE_TRUNC(d, ISOWEEK) → date group: ISO week start of the {d} | {d} truncated to the ISO week
  TIMESTAMP_TRUNC(t, HOUR) → timestamp group: start of the hour of the {t} | {t} truncated to the hour
  TIMESTAMP_TRUNC(t, DAY) → timestamp group: start of the day of the {t} | {t} truncated to the day
  TIMESTAMP_TRUNC(t, MONTH) → timestamp group: month start of the {t} | {t} truncated to the month
  FORMAT_DATE('%Y-%m', d) → text group filter=month: year and month of the {d} | {d} year and month | year-month of the {d} | {d} written as year and
      month
  FORMAT_DATE('%A', d) → text group: weekday name of the {d} | name of the weekday of the {d} | {d} weekday name
  FORMAT_DATE('%B', d) → text group: month name of the {d} | name of the month of the {d}
  FORMAT_DATE({format}, d) → text: {d} written as {format} | {d} in the format {format}
  FORMAT_TIMESTAMP({format}, t) → text: {t} written as {format} | {t} in the format {format}
  DATE_DIFF(d1, d2, DAY) → integer filter=number: number of days from the {d2} to the {d1} | days between the {d2} and the {d1} | days that passed
      from the {d2} until the {d1}
  DATE_DIFF(d1, d2, MONTH) → integer: number of months from the {d2} to the {d1} | months between the {d2} and the {d1}
  DATE_DIFF({existing}, d, YEAR) → integer: number of years from the {d} to {existing} | years between the {d} and {existing}
  TIMESTAMP_DIFF(t1, t2, MINUTE) → integer: number of minutes from the {t2} to the {t1} | minutes between the {t2} and the {t1}
  TIMESTAMP_DIFF(t1, t2, HOUR) → integer: number of hours from the {t2} to the {t1} | hours between the {t2} and the {t1}
  DATE_ADD(d, {interval}) → date: {d} plus {interval} | date {interval} after the {d} | {d} moved {interval} later
  DATE_SUB(d, {interval}) → date: {d} minus {interval} | date {interval} before the {d} | {d} moved {interval} earlier
  TIMESTAMP_ADD(t, {interval}) → timestamp: {t} plus {interval} | moment {interval} after the {t}
  TIMESTAMP_SUB(t, {interval}) → timestamp: {t} minus {interval} | moment {interval} before the {t}
  LAST_DAY(d, MONTH) → date: last day of the month of the {d} | month end of the {d} | {d} moved to the end of its month
  LAST_DAY(d) → date: last day of the month the {d} is in
  UNIX_SECONDS(t) → integer: {t} in Unix seconds | seconds since 1970 of the {t} | Unix time of the {t}
`);

/** Text. */
const text = phraseLines(`
  UPPER(LEFT(s, {number})) → text: first {number} letters of the {s} in upper case | upper-case first {number} characters of the {s}
  LEFT(s, {number}) → text group: first {number} characters of the {s} | first {number} letters of the {s} | leading {number} characters of the {s}
  RIGHT(s, {number}) → text: last {number} characters of the {s} | last {number} letters of the {s} | final {number} characters of the {s}
  INITCAP(s) → text: {s} with each word capitalised | {s} in title case | title-case {s}
  CHAR_LENGTH(s) → integer: character length of the {s} | count of characters in the {s}
  BYTE_LENGTH(s) → integer filter=number: number of bytes of the {s} | length of the {s} in bytes | byte length of the {s}
  REVERSE(s) → text: {s} backwards | reversed {s} | {s} spelled in reverse
  REPLACE(s, {text1}, {text2}) → text: {s} with every {text1} replaced by {text2} | {s} after replacing {text1} with {text2} | {s} where {text1}
      becomes {text2}
  SPLIT(s, {text})[SAFE_OFFSET({number})] → text: part at index {number} of the {s} split at {text} | piece with index {number} of the {s} split by
      {text}, if there is one
  SPLIT(s, {text})[ORDINAL({number})] → text: part number {number} of the {s} split at {text}
  SPLIT(s, {text}) → array: pieces of the {s} split at {text} | array of the {s} split by {text}
  STARTS_WITH(s, {prefix}) → boolean predicate: {s} has the prefix {prefix} | {s} opens with {prefix}
  ENDS_WITH(s, {suffix}) → boolean predicate: {s} has the suffix {suffix} | {s} closes with {suffix}
  STRPOS(s, {infix}) → integer: position of {infix} in the {s} | place of {infix} within the {s}
  INSTR(s, {infix}) → integer: first place where {infix} stands in the {s}
  SUBSTR(s, {number1}, {number2}) → text: {number2} characters of the {s} from position {number1} | part of the {s} that starts at character {number1}
      and is {number2} long
  SUBSTR(s, {number}) → text: {s} from character {number} on | part of the {s} starting at position {number}
  LPAD(CAST(i AS STRING), {number}, {text}) → text: {i} padded on the left with {text} to {number} characters | {i} as {number} characters filled up
      with {text} on the left
  RPAD(s, {number}, {text}) → text: {s} padded on the right with {text} to {number} characters
  LTRIM(s, {text}) → text: {s} stripped of any of {text} at the start | {s} trimmed of {text} on the left
  RTRIM(s, {text}) → text: {s} stripped of any of {text} at the end | {s} trimmed of {text} on the right
  TRIM(s, {text}) → text: {s} stripped of any of {text} on both sides | {s} trimmed of the characters {text}
  TRANSLATE(s, {text1}, {text2}) → text: {s} with the characters {text1} translated to {text2}
  CONCAT(s1, {text}, s2) → text: {s1} and the {s2} joined by {text} | {s1} followed by {text} and the {s2}
  CONCAT('A', CAST(i AS STRING)) → text: {i} as text after the letter 'A' | letter 'A' followed by the {i}
  REGEXP_CONTAINS(s, {text}) → boolean predicate: {s} matches the regular expression {text} | {s} contains a match of the pattern {text}
  REGEXP_EXTRACT(s, {text}) → text: first match of {text} in the {s} | part of the {s} that matches {text}
  REGEXP_REPLACE(s, {text1}, {text2}) → text: {s} with every match of {text1} replaced by {text2} | {s} after replacing all matches of the pattern
      {text1} with {text2}
  REGEXP_EXTRACT_ALL(s, {text}) → array: all matches of {text} in the {s}
  FORMAT('$%.2f', n) → text: {n} as dollars with two decimals | {n} formatted in dollars
  FORMAT('%.2f', n) → text: {n} as text with 2 decimals | {n} formatted to two decimal places
  TO_JSON_STRING(x) → text: {x} as a JSON text | JSON text of the {x}
`);

/** Conditions and types. */
const conditions = phraseLines(`
  IFNULL(x, {text}) → other: {x}, or {text} if it is missing | {x} with missing values shown as {text} | {x} defaulting to {text}
  GREATEST(n, {number}) → number: greater of the {n} and {number} | {n}, but at least {number} | larger of the {n} and {number}
  LEAST(n, {number}) → number: smaller of the {n} and {number} | {n}, but at most {number} | lesser of the {n} and {number}
  SAFE_CAST(s AS INT64) → integer: {s} as a whole number if possible | {s} converted to a whole number where that works, else missing
  SAFE_CAST(s AS DATE) → date: {s} as a date if possible | {s} converted to a date where that works, else missing
`);

/** Numbers. */
const numbers = phraseLines(`
  SAFE_DIVIDE(n1, n2) → number: {n1} safely divided by the {n2} | {n1} per {n2}, missing on division by zero | safe ratio of the {n1} to the {n2}
  CEIL(n) → number: {n} rounded up | {n} rounded up to a whole number | next whole number above the {n}
  FLOOR(n) → number: {n} rounded down | {n} rounded down to a whole number | whole number below the {n}
  TRUNC(n) → number: {n} without its decimals | {n} cut to a whole number | truncated {n}
  SIGN(n) → number: sign of the {n}
  SQRT(n) → number: square root of the {n} | root of the {n}
  POWER(n, {number}) → number: {n} to the power of {number} | {n} raised to the power {number}
  MOD(i, {number}) → integer: remainder of the {i} divided by {number} | {i} modulo {number}
  DIV(i, {number}) → integer: whole number of times {number} fits into the {i} | integer division of the {i} by {number}
  LN(n) → number: natural logarithm of the {n} | natural log of the {n}
  LOG10(n) → number: logarithm to base 10 of the {n} | base-10 log of the {n}
  EXP(n) → number statement: exponential of the {n} | e to the power of the {n}
`);

/** Aggregates. */
const aggregates = phraseLines(`
  APPROX_COUNT_DISTINCT(x) → integer aggregate: approximate number of different {x} values | estimated number of distinct {x} values | roughly how
      many different {x} values
  STRING_AGG(s, {text}) → text aggregate: list of the {s} joined by {text} | {s} values joined with {text} | all {s} values in one text separated by
      {text}
  STRING_AGG(DISTINCT s, {text}) → text aggregate: list of the different {s} joined by {text} | different {s} values joined with {text}
  STRING_AGG(s) → text aggregate: comma-separated list of the {s} | {s} values joined by commas
  ARRAY_AGG(DISTINCT x) → array aggregate: array of the different {x} | different {x} values collected in an array
  ARRAY_AGG(x IGNORE NULLS) → array aggregate: array of the known {x} | {x} values collected in an array without missing ones
  ARRAY_AGG(x) → array aggregate: array of the {x} | {x} values collected in an array | all {x} values as an array
  ANY_VALUE(x1 HAVING MAX x2) → other aggregate statement: {x1} with the highest {x2}
  ANY_VALUE(x) → other aggregate statement: any one {x} | some {x}
  STDDEV(n) → number aggregate: standard deviation of the {n} | spread of the {n} as a standard deviation
  CORR(n1, n2) → number aggregate: correlation of the {n1} with the {n2} | correlation between the {n1} and the {n2}
  PERCENTILE_CONT(n, 0.5) → number window statement: median {n} | middle {n} | median of the {n}
`);

/** JSON. */
const json = phraseLines(`
  JSON_VALUE(j, {path}) → text group: {path} of the {j} | {path} value of the {j} | {j} {path} | {path} under the {j}
  JSON_QUERY(j, {path}) → json: {path} of the {j} as JSON | JSON under {path} of the {j} | raw JSON {path} of the {j}
  JSON_TYPE(j) → text group: JSON type of the {j} | kind of JSON value in the {j}
  JSON_VALUE_ARRAY(j, {path}) → array under=array: array of {path} in the {j}
  JSON_OBJECT({text1}, x1, {text2}, x2) → json: JSON object with {text1} for the {x1} and {text2} for the {x2}
  JSON_ARRAY(x1, x2) → json: JSON array of the {x1} and the {x2}
  TO_JSON(x) → json: {x} as JSON | JSON value of the {x}
`);

/** Arrays and structs. */
const arrays = phraseLines(`
  ARRAY_LENGTH(a) → integer filter=count: number of {a} | number of elements in the {a} | size of the {a} array
  ARRAY_TO_STRING(a, {text}) → text: {a} joined by {text} | {a} as one text separated by {text} | {a} joined into a text with {text}
  ARRAY_REVERSE(a) → array: {a} in reverse order | reversed array of {a}
  a[OFFSET(0)] → text: element of the {a} at offset 0 | strict first element of the {a}
  a[SAFE_OFFSET(0)] → text: first of the {a} | first element of the {a} | first entry in the {a}
  a[SAFE_OFFSET({number})] → text: element of the {a} at index {number} | entry with index {number} of the {a}, if there is one
  {element} IN UNNEST(a) → boolean predicate: {element} is one of the {a} | {element} is among the {a} | {a} include {element}
`);

/** How GoogleSQL's own functions and operators read in English. */
export const bigqueryPhrases: DialectPhrases = {
  patternNotes: { LIKE: '' },
  phrases: [
    ...dates,
    ...text,
    ...conditions,
    ...numbers,
    ...aggregates,
    ...json,
    ...arrays,
    ...datePhrases,
    ...textPhrases,
    ...numberPhrases,
    ...aggregatePhrases,
    ...arrayPhrases,
    ...jsonPhrases,
  ],
};
