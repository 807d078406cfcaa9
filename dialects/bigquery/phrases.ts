import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { aggregatePhrases } from './phrases/aggregates.js';
import { arrayPhrases } from './phrases/arrays.js';
import { datePhrases } from './phrases/dates.js';
import { jsonPhrases } from './phrases/json.js';
import { numberPhrases } from './phrases/numbers.js';
import { textPhrases } from './phrases/text.js';

/** How GoogleSQL's own functions and operators read in English. */
export const bigqueryPhrases: DialectPhrases = {
  patternNotes: { LIKE: '' },
  phrases: [
    // Dates and times
    {
      sql: 'EXTRACT(YEAR FROM d)',
      returns: 'integer',
      filter: 'year',
      group: true,
      says: ['year of the {d}', '{d} year', 'calendar year of the {d}', 'year in the {d}'],
    },
    {
      sql: 'EXTRACT(MONTH FROM d)',
      returns: 'integer',
      group: true,
      filter: 'month',
      says: ['month of the {d}', '{d} month', 'month number of the {d}', 'month part of the {d}'],
    },
    {
      sql: 'EXTRACT(QUARTER FROM d)',
      returns: 'integer',
      group: true,
      says: ['quarter of the {d}', '{d} quarter', 'quarter of the year of the {d}'],
    },
    {
      sql: 'EXTRACT(DAY FROM d)',
      returns: 'integer',
      group: true,
      says: ['day of the month of the {d}', '{d} day of the month', 'day part of the {d}'],
    },
    {
      sql: 'EXTRACT(DAYOFWEEK FROM d)',
      returns: 'integer',
      group: true,
      says: ['weekday number of the {d} counting from Sunday as 1', 'day of the week of the {d}', '{d} weekday number'],
    },
    {
      sql: 'EXTRACT(DAYOFYEAR FROM d)',
      returns: 'integer',
      says: ['day of the year of the {d}', '{d} day of the year'],
    },
    {
      sql: 'EXTRACT(ISOWEEK FROM d)',
      returns: 'integer',
      group: true,
      says: ['ISO week of the {d}', '{d} ISO week number'],
    },
    {
      sql: 'EXTRACT(WEEK FROM d)',
      returns: 'integer',
      group: true,
      says: ['week number of the {d}', '{d} week number'],
    },
    {
      sql: 'EXTRACT(HOUR FROM t)',
      returns: 'integer',
      group: true,
      says: ['hour of the {t}', '{t} hour', 'hour part of the {t}'],
    },
    {
      sql: 'EXTRACT(DATE FROM t)',
      returns: 'date',
      group: true,
      says: ['date extracted from the {t}', 'extracted date of the {t}'],
    },
    {
      sql: 'DATE(t)',
      returns: 'date',
      group: true,
      says: ['calendar day of the {t}', 'date part of the {t}', '{t} without its time'],
    },
    { sql: 'TIME(t)', returns: 'time', says: ['time of day of the {t}', 'clock time of the {t}'] },
    {
      sql: 'DATE_TRUNC(d, MONTH)',
      returns: 'date',
      group: true,
      says: [
        'month start of the {d}',
        '{d} cut down to the month',
        '{d} truncated to the month',
        'beginning of the month of the {d}',
      ],
    },
    {
      sql: 'DATE_TRUNC(d, YEAR)',
      returns: 'date',
      group: true,
      says: [
        'year start of the {d}',
        '{d} cut down to the year',
        '{d} truncated to the year',
        'beginning of the year of the {d}',
      ],
    },
    {
      sql: 'DATE_TRUNC(d, QUARTER)',
      returns: 'date',
      group: true,
      says: ['quarter start of the {d}', '{d} truncated to the quarter', 'beginning of the quarter of the {d}'],
    },
    {
      sql: 'DATE_TRUNC(d, WEEK)',
      returns: 'date',
      group: true,
      says: ['week start of the {d}', '{d} truncated to the week'],
    },
    {
      sql: 'DATE_TRUNC(d, ISOWEEK)',
      returns: 'date',
      group: true,
      says: ['ISO week start of the {d}', '{d} truncated to the ISO week'],
    },
    {
      sql: 'TIMESTAMP_TRUNC(t, HOUR)',
      returns: 'timestamp',
      group: true,
      says: ['start of the hour of the {t}', '{t} truncated to the hour'],
    },
    {
      sql: 'TIMESTAMP_TRUNC(t, DAY)',
      returns: 'timestamp',
      group: true,
      says: ['start of the day of the {t}', '{t} truncated to the day'],
    },
    {
      sql: 'TIMESTAMP_TRUNC(t, MONTH)',
      returns: 'timestamp',
      group: true,
      says: ['month start of the {t}', '{t} truncated to the month'],
    },
    {
      sql: "FORMAT_DATE('%Y-%m', d)",
      returns: 'text',
      filter: 'month',
      group: true,
      says: [
        'year and month of the {d}',
        '{d} year and month',
        'year-month of the {d}',
        '{d} written as year and month',
      ],
    },
    {
      sql: "FORMAT_DATE('%A', d)",
      returns: 'text',
      group: true,
      says: ['weekday name of the {d}', 'name of the weekday of the {d}', '{d} weekday name'],
    },
    {
      sql: "FORMAT_DATE('%B', d)",
      returns: 'text',
      group: true,
      says: ['month name of the {d}', 'name of the month of the {d}'],
    },
    {
      sql: 'FORMAT_DATE({format}, d)',
      returns: 'text',
      says: ['{d} written as {format}', '{d} in the format {format}'],
    },
    {
      sql: 'FORMAT_TIMESTAMP({format}, t)',
      returns: 'text',
      says: ['{t} written as {format}', '{t} in the format {format}'],
    },
    {
      sql: 'DATE_DIFF(d1, d2, DAY)',
      returns: 'integer',
      filter: 'number',
      says: [
        'number of days from the {d2} to the {d1}',
        'days between the {d2} and the {d1}',
        'days that passed from the {d2} until the {d1}',
      ],
    },
    {
      sql: 'DATE_DIFF(d1, d2, MONTH)',
      returns: 'integer',
      says: ['number of months from the {d2} to the {d1}', 'months between the {d2} and the {d1}'],
    },
    {
      sql: 'DATE_DIFF({existing}, d, YEAR)',
      returns: 'integer',
      says: ['number of years from the {d} to {existing}', 'years between the {d} and {existing}'],
    },
    {
      sql: 'TIMESTAMP_DIFF(t1, t2, MINUTE)',
      returns: 'integer',
      says: ['number of minutes from the {t2} to the {t1}', 'minutes between the {t2} and the {t1}'],
    },
    {
      sql: 'TIMESTAMP_DIFF(t1, t2, HOUR)',
      returns: 'integer',
      says: ['number of hours from the {t2} to the {t1}', 'hours between the {t2} and the {t1}'],
    },
    {
      sql: 'DATE_ADD(d, {interval})',
      returns: 'date',
      says: ['{d} plus {interval}', 'date {interval} after the {d}', '{d} moved {interval} later'],
    },
    {
      sql: 'DATE_SUB(d, {interval})',
      returns: 'date',
      says: ['{d} minus {interval}', 'date {interval} before the {d}', '{d} moved {interval} earlier'],
    },
    {
      sql: 'TIMESTAMP_ADD(t, {interval})',
      returns: 'timestamp',
      says: ['{t} plus {interval}', 'moment {interval} after the {t}'],
    },
    {
      sql: 'TIMESTAMP_SUB(t, {interval})',
      returns: 'timestamp',
      says: ['{t} minus {interval}', 'moment {interval} before the {t}'],
    },
    {
      sql: 'LAST_DAY(d, MONTH)',
      returns: 'date',
      says: ['last day of the month of the {d}', 'month end of the {d}', '{d} moved to the end of its month'],
    },
    { sql: 'LAST_DAY(d)', returns: 'date', says: ['last day of the month the {d} is in'] },
    {
      sql: 'UNIX_SECONDS(t)',
      returns: 'integer',
      says: ['{t} in Unix seconds', 'seconds since 1970 of the {t}', 'Unix time of the {t}'],
    },
    // Text
    {
      sql: 'UPPER(LEFT(s, {number}))',
      returns: 'text',
      says: ['first {number} letters of the {s} in upper case', 'upper-case first {number} characters of the {s}'],
    },
    {
      sql: 'LEFT(s, {number})',
      returns: 'text',
      group: true,
      says: [
        'first {number} characters of the {s}',
        'first {number} letters of the {s}',
        'leading {number} characters of the {s}',
      ],
    },
    {
      sql: 'RIGHT(s, {number})',
      returns: 'text',
      says: [
        'last {number} characters of the {s}',
        'last {number} letters of the {s}',
        'final {number} characters of the {s}',
      ],
    },
    {
      sql: 'INITCAP(s)',
      returns: 'text',
      says: ['{s} with each word capitalised', '{s} in title case', 'title-case {s}'],
    },
    {
      sql: 'CHAR_LENGTH(s)',
      returns: 'integer',
      says: ['character length of the {s}', 'count of characters in the {s}'],
    },
    {
      sql: 'BYTE_LENGTH(s)',
      returns: 'integer',
      filter: 'number',
      says: ['number of bytes of the {s}', 'length of the {s} in bytes', 'byte length of the {s}'],
    },
    { sql: 'REVERSE(s)', returns: 'text', says: ['{s} backwards', 'reversed {s}', '{s} spelled in reverse'] },
    {
      sql: 'REPLACE(s, {text1}, {text2})',
      returns: 'text',
      says: [
        '{s} with every {text1} replaced by {text2}',
        '{s} after replacing {text1} with {text2}',
        '{s} where {text1} becomes {text2}',
      ],
    },
    {
      sql: 'SPLIT(s, {text})[SAFE_OFFSET({number})]',
      returns: 'text',
      says: [
        'part at index {number} of the {s} split at {text}',
        'piece with index {number} of the {s} split by {text}, if there is one',
      ],
    },
    {
      sql: 'SPLIT(s, {text})[ORDINAL({number})]',
      returns: 'text',
      says: ['part number {number} of the {s} split at {text}'],
    },
    {
      sql: 'SPLIT(s, {text})',
      returns: 'array',
      says: ['pieces of the {s} split at {text}', 'array of the {s} split by {text}'],
    },
    {
      sql: 'STARTS_WITH(s, {prefix})',
      returns: 'boolean',
      kind: 'predicate',
      says: ['{s} has the prefix {prefix}', '{s} opens with {prefix}'],
    },
    {
      sql: 'ENDS_WITH(s, {suffix})',
      returns: 'boolean',
      kind: 'predicate',
      says: ['{s} has the suffix {suffix}', '{s} closes with {suffix}'],
    },
    {
      sql: 'STRPOS(s, {infix})',
      returns: 'integer',
      says: ['position of {infix} in the {s}', 'place of {infix} within the {s}'],
    },
    { sql: 'INSTR(s, {infix})', returns: 'integer', says: ['first place where {infix} stands in the {s}'] },
    {
      sql: 'SUBSTR(s, {number1}, {number2})',
      returns: 'text',
      says: [
        '{number2} characters of the {s} from position {number1}',
        'part of the {s} that starts at character {number1} and is {number2} long',
      ],
    },
    {
      sql: 'SUBSTR(s, {number})',
      returns: 'text',
      says: ['{s} from character {number} on', 'part of the {s} starting at position {number}'],
    },
    {
      sql: 'LPAD(CAST(i AS STRING), {number}, {text})',
      returns: 'text',
      says: [
        '{i} padded on the left with {text} to {number} characters',
        '{i} as {number} characters filled up with {text} on the left',
      ],
    },
    {
      sql: 'RPAD(s, {number}, {text})',
      returns: 'text',
      says: ['{s} padded on the right with {text} to {number} characters'],
    },
    {
      sql: 'LTRIM(s, {text})',
      returns: 'text',
      says: ['{s} stripped of any of {text} at the start', '{s} trimmed of {text} on the left'],
    },
    {
      sql: 'RTRIM(s, {text})',
      returns: 'text',
      says: ['{s} stripped of any of {text} at the end', '{s} trimmed of {text} on the right'],
    },
    {
      sql: 'TRIM(s, {text})',
      returns: 'text',
      says: ['{s} stripped of any of {text} on both sides', '{s} trimmed of the characters {text}'],
    },
    {
      sql: 'TRANSLATE(s, {text1}, {text2})',
      returns: 'text',
      says: ['{s} with the characters {text1} translated to {text2}'],
    },
    {
      sql: 'CONCAT(s1, {text}, s2)',
      returns: 'text',
      says: ['{s1} and the {s2} joined by {text}', '{s1} followed by {text} and the {s2}'],
    },
    {
      sql: "CONCAT('A', CAST(i AS STRING))",
      returns: 'text',
      says: ["{i} as text after the letter 'A'", "letter 'A' followed by the {i}"],
    },
    {
      sql: 'REGEXP_CONTAINS(s, {text})',
      returns: 'boolean',
      kind: 'predicate',
      says: ['{s} matches the regular expression {text}', '{s} contains a match of the pattern {text}'],
    },
    {
      sql: 'REGEXP_EXTRACT(s, {text})',
      returns: 'text',
      says: ['first match of {text} in the {s}', 'part of the {s} that matches {text}'],
    },
    {
      sql: 'REGEXP_REPLACE(s, {text1}, {text2})',
      returns: 'text',
      says: [
        '{s} with every match of {text1} replaced by {text2}',
        '{s} after replacing all matches of the pattern {text1} with {text2}',
      ],
    },
    { sql: 'REGEXP_EXTRACT_ALL(s, {text})', returns: 'array', says: ['all matches of {text} in the {s}'] },
    {
      sql: "FORMAT('$%.2f', n)",
      returns: 'text',
      says: ['{n} as dollars with two decimals', '{n} formatted in dollars'],
    },
    {
      sql: "FORMAT('%.2f', n)",
      returns: 'text',
      says: ['{n} as text with 2 decimals', '{n} formatted to two decimal places'],
    },
    { sql: 'TO_JSON_STRING(x)', returns: 'text', says: ['{x} as a JSON text', 'JSON text of the {x}'] },
    // Conditions and types
    {
      sql: 'IFNULL(x, {text})',
      returns: 'other',
      says: ['{x}, or {text} if it is missing', '{x} with missing values shown as {text}', '{x} defaulting to {text}'],
    },
    {
      sql: 'GREATEST(n, {number})',
      returns: 'number',
      says: ['greater of the {n} and {number}', '{n}, but at least {number}', 'larger of the {n} and {number}'],
    },
    {
      sql: 'LEAST(n, {number})',
      returns: 'number',
      says: ['smaller of the {n} and {number}', '{n}, but at most {number}', 'lesser of the {n} and {number}'],
    },
    {
      sql: 'SAFE_CAST(s AS INT64)',
      returns: 'integer',
      says: ['{s} as a whole number if possible', '{s} converted to a whole number where that works, else missing'],
    },
    {
      sql: 'SAFE_CAST(s AS DATE)',
      returns: 'date',
      says: ['{s} as a date if possible', '{s} converted to a date where that works, else missing'],
    },
    // Numbers
    {
      sql: 'SAFE_DIVIDE(n1, n2)',
      returns: 'number',
      says: [
        '{n1} safely divided by the {n2}',
        '{n1} per {n2}, missing on division by zero',
        'safe ratio of the {n1} to the {n2}',
      ],
    },
    {
      sql: 'CEIL(n)',
      returns: 'number',
      says: ['{n} rounded up', '{n} rounded up to a whole number', 'next whole number above the {n}'],
    },
    {
      sql: 'FLOOR(n)',
      returns: 'number',
      says: ['{n} rounded down', '{n} rounded down to a whole number', 'whole number below the {n}'],
    },
    {
      sql: 'TRUNC(n)',
      returns: 'number',
      says: ['{n} without its decimals', '{n} cut to a whole number', 'truncated {n}'],
    },
    { sql: 'SIGN(n)', returns: 'number', says: ['sign of the {n}'] },
    { sql: 'SQRT(n)', returns: 'number', says: ['square root of the {n}', 'root of the {n}'] },
    {
      sql: 'POWER(n, {number})',
      returns: 'number',
      says: ['{n} to the power of {number}', '{n} raised to the power {number}'],
    },
    {
      sql: 'MOD(i, {number})',
      returns: 'integer',
      says: ['remainder of the {i} divided by {number}', '{i} modulo {number}'],
    },
    {
      sql: 'DIV(i, {number})',
      returns: 'integer',
      says: ['whole number of times {number} fits into the {i}', 'integer division of the {i} by {number}'],
    },
    { sql: 'LN(n)', returns: 'number', says: ['natural logarithm of the {n}', 'natural log of the {n}'] },
    { sql: 'LOG10(n)', returns: 'number', says: ['logarithm to base 10 of the {n}', 'base-10 log of the {n}'] },
    {
      sql: 'EXP(n)',
      idiomOnly: true,
      returns: 'number',
      says: ['exponential of the {n}', 'e to the power of the {n}'],
    },
    // Aggregates
    {
      sql: 'APPROX_COUNT_DISTINCT(x)',
      returns: 'integer',
      kind: 'aggregate',
      says: [
        'approximate number of different {x} values',
        'estimated number of distinct {x} values',
        'roughly how many different {x} values',
      ],
    },
    {
      sql: 'STRING_AGG(s, {text})',
      returns: 'text',
      kind: 'aggregate',
      says: [
        'list of the {s} joined by {text}',
        '{s} values joined with {text}',
        'all {s} values in one text separated by {text}',
      ],
    },
    {
      sql: 'STRING_AGG(DISTINCT s, {text})',
      returns: 'text',
      kind: 'aggregate',
      says: ['list of the different {s} joined by {text}', 'different {s} values joined with {text}'],
    },
    {
      sql: 'STRING_AGG(s)',
      returns: 'text',
      kind: 'aggregate',
      says: ['comma-separated list of the {s}', '{s} values joined by commas'],
    },
    {
      sql: 'ARRAY_AGG(DISTINCT x)',
      returns: 'array',
      kind: 'aggregate',
      says: ['array of the different {x}', 'different {x} values collected in an array'],
    },
    {
      sql: 'ARRAY_AGG(x IGNORE NULLS)',
      returns: 'array',
      kind: 'aggregate',
      says: ['array of the known {x}', '{x} values collected in an array without missing ones'],
    },
    {
      sql: 'ARRAY_AGG(x)',
      returns: 'array',
      kind: 'aggregate',
      says: ['array of the {x}', '{x} values collected in an array', 'all {x} values as an array'],
    },
    {
      sql: 'ANY_VALUE(x1 HAVING MAX x2)',
      returns: 'other',
      kind: 'aggregate',
      says: ['{x1} with the highest {x2}'],
      idiomOnly: true,
    },
    { sql: 'ANY_VALUE(x)', returns: 'other', kind: 'aggregate', says: ['any one {x}', 'some {x}'], idiomOnly: true },
    {
      sql: 'STDDEV(n)',
      returns: 'number',
      kind: 'aggregate',
      says: ['standard deviation of the {n}', 'spread of the {n} as a standard deviation'],
    },
    {
      sql: 'CORR(n1, n2)',
      returns: 'number',
      kind: 'aggregate',
      says: ['correlation of the {n1} with the {n2}', 'correlation between the {n1} and the {n2}'],
    },
    {
      sql: 'PERCENTILE_CONT(n, 0.5)',
      idiomOnly: true,
      returns: 'number',
      kind: 'window',
      says: ['median {n}', 'middle {n}', 'median of the {n}'],
    },
    // JSON
    {
      sql: 'JSON_VALUE(j, {path})',
      returns: 'text',
      group: true,
      says: ['{path} of the {j}', '{path} value of the {j}', '{j} {path}', '{path} under the {j}'],
    },
    {
      sql: 'JSON_QUERY(j, {path})',
      returns: 'json',
      says: ['{path} of the {j} as JSON', 'JSON under {path} of the {j}', 'raw JSON {path} of the {j}'],
    },
    {
      sql: 'JSON_TYPE(j)',
      returns: 'text',
      group: true,
      says: ['JSON type of the {j}', 'kind of JSON value in the {j}'],
    },
    { sql: 'JSON_VALUE_ARRAY(j, {path})', under: 'array', returns: 'array', says: ['array of {path} in the {j}'] },
    {
      sql: 'JSON_OBJECT({text1}, x1, {text2}, x2)',
      returns: 'json',
      says: ['JSON object with {text1} for the {x1} and {text2} for the {x2}'],
    },
    { sql: 'JSON_ARRAY(x1, x2)', returns: 'json', says: ['JSON array of the {x1} and the {x2}'] },
    { sql: 'TO_JSON(x)', returns: 'json', says: ['{x} as JSON', 'JSON value of the {x}'] },
    // Arrays and structs
    {
      sql: 'ARRAY_LENGTH(a)',
      returns: 'integer',
      filter: 'count',
      says: ['number of {a}', 'number of elements in the {a}', 'size of the {a} array'],
    },
    {
      sql: 'ARRAY_TO_STRING(a, {text})',
      returns: 'text',
      says: ['{a} joined by {text}', '{a} as one text separated by {text}', '{a} joined into a text with {text}'],
    },
    { sql: 'ARRAY_REVERSE(a)', returns: 'array', says: ['{a} in reverse order', 'reversed array of {a}'] },
    {
      sql: 'a[OFFSET(0)]',
      returns: 'text',
      says: ['element of the {a} at offset 0', 'strict first element of the {a}'],
    },
    {
      sql: 'a[SAFE_OFFSET(0)]',
      returns: 'text',
      says: ['first of the {a}', 'first element of the {a}', 'first entry in the {a}'],
    },
    {
      sql: 'a[SAFE_OFFSET({number})]',
      returns: 'text',
      says: ['element of the {a} at index {number}', 'entry with index {number} of the {a}, if there is one'],
    },
    {
      sql: '{element} IN UNNEST(a)',
      returns: 'boolean',
      kind: 'predicate',
      says: ['{element} is one of the {a}', '{element} is among the {a}', '{a} include {element}'],
    },
    ...datePhrases,
    ...textPhrases,
    ...numberPhrases,
    ...aggregatePhrases,
    ...arrayPhrases,
    ...jsonPhrases,
  ],
};
