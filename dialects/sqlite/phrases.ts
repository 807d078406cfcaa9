import type { DialectPhrases } from '../../core/verbalise/phrase.js';

/** How SQLite's own functions and operators read in English. */
export const sqlitePhrases: DialectPhrases = {
  patternNotes: { LIKE: '', GLOB: 'in exactly this case' },
  phrases: [
    // Dates and times
    {
      sql: "strftime('%Y', d)",
      returns: 'text',
      filter: 'year',
      group: true,
      says: ['year of the {d}', '{d} year', 'calendar year of the {d}', 'year in the {d}'],
    },
    {
      sql: "strftime('%Y-%m', d)",
      returns: 'text',
      filter: 'month',
      group: true,
      says: [
        'year and month of the {d}',
        '{d} year and month',
        'calendar month with year of the {d}',
        'year-month of the {d}',
      ],
    },
    {
      sql: "strftime('%m', d)",
      returns: 'text',
      group: true,
      says: ['month of the {d}', '{d} month', 'two-digit month of the {d}', 'month part of the {d}'],
    },
    {
      sql: "strftime('%d', d)",
      returns: 'text',
      group: true,
      says: ['day of the month of the {d}', '{d} day of the month', 'day part of the {d}'],
    },
    {
      sql: "strftime('%w', d)",
      returns: 'text',
      group: true,
      says: ['weekday number of the {d}', '{d} weekday number', 'day of the week of the {d}'],
    },
    {
      sql: "strftime('%H', t)",
      returns: 'text',
      group: true,
      says: ['hour of the {t}', '{t} hour', 'hour part of the {t}'],
    },
    { sql: "strftime('%j', d)", returns: 'text', says: ['day of the year of the {d}', '{d} day of the year'] },
    { sql: "strftime('%W', d)", returns: 'text', group: true, says: ['week number of the {d}', '{d} week number'] },
    {
      sql: "CAST(strftime('%Y', d) AS INTEGER)",
      returns: 'integer',
      says: ['year of the {d} as a number', 'numeric year of the {d}', 'numeric {d} year'],
    },
    {
      sql: "CAST(strftime('%H', t) AS INTEGER)",
      returns: 'integer',
      says: ['hour of the {t} as a number', 'numeric hour of the {t}', 'numeric {t} hour'],
    },
    {
      sql: 'date(t)',
      returns: 'date',
      group: true,
      says: ['calendar day of the {t}', 'date part of the {t}', 'day on which the {t} falls', '{t} without its time'],
    },
    {
      sql: 'time(t)',
      returns: 'time',
      says: ['time of day of the {t}', 'clock time of the {t}', 'time part of the {t}'],
    },
    {
      sql: "date(d, 'start of month')",
      returns: 'date',
      group: true,
      says: ['first day of the month of the {d}', 'month start of the {d}', '{d} moved to the start of its month'],
    },
    {
      sql: "date(d, 'start of year')",
      returns: 'date',
      group: true,
      says: ['first day of the year of the {d}', 'year start of the {d}', '{d} moved to the start of its year'],
    },
    {
      sql: "date(d, 'start of month', '+1 month', '-1 day')",
      returns: 'date',
      says: ['last day of the month of the {d}', 'month end of the {d}', '{d} moved to the end of its month'],
    },
    {
      sql: 'date(d, {shift})',
      returns: 'date',
      says: ['{d} shifted by {shift}', '{d} moved by {shift}', 'date that is {shift} from the {d}'],
    },
    {
      sql: "datetime(t, 'start of day')",
      returns: 'timestamp',
      says: ['midnight before the {t}', 'start of the day of the {t}'],
    },
    {
      sql: 'julianday(d1) - julianday(d2)',
      returns: 'number',
      filter: 'number',
      says: [
        'number of days from the {d2} to the {d1}',
        'days between the {d2} and the {d1}',
        'days that passed from the {d2} until the {d1}',
      ],
    },
    {
      sql: 'unixepoch(d1) - unixepoch(d2)',
      returns: 'integer',
      says: ['number of seconds from the {d2} to the {d1}', 'seconds between the {d2} and the {d1}'],
    },
    {
      sql: 'unixepoch(d)',
      returns: 'integer',
      says: ['{d} in Unix seconds', 'seconds since 1970 of the {d}', 'Unix time of the {d}'],
    },
    { sql: 'julianday(d)', returns: 'number', says: ['Julian day of the {d}', '{d} as a Julian day number'] },
    {
      sql: 'timediff({existing}, d)',
      returns: 'text',
      says: [
        'written-out difference from the {d} to {existing}',
        'time from the {d} until {existing} in years, months and days',
      ],
    },
    {
      sql: 'timediff(d1, d2)',
      returns: 'text',
      says: [
        'written-out difference from the {d2} to the {d1}',
        'time from the {d2} until the {d1} in years, months and days',
      ],
    },
    // Text
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
    // Conditions and types
    {
      sql: 'ifnull(x, {text})',
      returns: 'other',
      says: ['{x}, or {text} if it is missing', '{x} with missing values shown as {text}', '{x} defaulting to {text}'],
    },
    {
      sql: 'typeof(x)',
      returns: 'text',
      group: true,
      says: ['storage type of the {x}', 'type in which the {x} is stored', 'data type of the {x}'],
    },
    // Numbers
    {
      sql: 'ceil(n)',
      returns: 'number',
      says: ['{n} rounded up', '{n} rounded up to a whole number', 'next whole number above the {n}'],
    },
    {
      sql: 'floor(n)',
      returns: 'number',
      says: ['{n} rounded down', '{n} rounded down to a whole number', 'whole number below the {n}'],
    },
    {
      sql: 'trunc(n)',
      returns: 'number',
      says: ['{n} without its decimals', '{n} cut to a whole number', 'truncated {n}'],
    },
    { sql: 'sign(n)', returns: 'integer', says: ['sign of the {n}', 'whether-positive sign of the {n}'] },
    { sql: 'sqrt(n)', returns: 'number', says: ['square root of the {n}', 'root of the {n}'] },
    {
      sql: 'power(n, {number})',
      returns: 'number',
      says: ['{n} to the power of {number}', '{n} raised to the power {number}'],
    },
    {
      sql: 'mod(n, {number})',
      returns: 'number',
      says: ['remainder of the {n} divided by {number}', '{n} modulo {number}'],
    },
    { sql: 'ln(n)', returns: 'number', says: ['natural logarithm of the {n}', 'natural log of the {n}'] },
    { sql: 'log10(n)', returns: 'number', says: ['logarithm to base 10 of the {n}', 'base-10 log of the {n}'] },
    {
      sql: 'exp(n)',
      idiomOnly: true,
      returns: 'number',
      says: ['exponential of the {n}', 'e to the power of the {n}'],
    },
    {
      sql: 'max(n, {number})',
      returns: 'number',
      says: ['greater of the {n} and {number}', '{n}, but at least {number}'],
    },
    {
      sql: 'min(n, {number})',
      returns: 'number',
      says: ['smaller of the {n} and {number}', '{n}, but at most {number}'],
    },
    // Aggregates
    {
      sql: 'total(n)',
      returns: 'number',
      kind: 'aggregate',
      says: [
        'total of the {n} (zero if there is none)',
        'floating-point total of the {n}',
        'grand total of the {n} counting none as zero',
      ],
    },
    {
      sql: 'group_concat(x, {text})',
      returns: 'text',
      kind: 'aggregate',
      says: [
        'list of the {x} joined by {text}',
        '{x} values joined with {text}',
        'all {x} values in one text separated by {text}',
      ],
    },
    {
      sql: 'group_concat(DISTINCT x)',
      returns: 'text',
      kind: 'aggregate',
      says: ['comma-separated list of the different {x}', 'different {x} values joined by commas'],
    },
    {
      sql: 'group_concat(x)',
      returns: 'text',
      kind: 'aggregate',
      says: [
        'comma-separated list of the {x}',
        '{x} values joined by commas',
        'all {x} values in one comma-separated text',
      ],
    },
    {
      sql: 'string_agg(x, {text})',
      returns: 'text',
      kind: 'aggregate',
      says: ['string of the {x} strung together with {text}', '{x} values strung together with {text}'],
    },
    { sql: 'median(n)', returns: 'number', kind: 'aggregate', says: ['median {n}', 'middle {n}', 'median of the {n}'] },
    {
      sql: 'percentile(n, {number})',
      returns: 'number',
      kind: 'aggregate',
      says: ['{number}th percentile of the {n}', '{number} percent quantile of the {n}'],
    },
    {
      sql: 'json_group_array(x)',
      returns: 'json',
      kind: 'aggregate',
      says: ['JSON array of the {x}', '{x} values as a JSON array', 'all {x} values collected in a JSON array'],
    },
    {
      sql: 'json_group_object(s, x)',
      returns: 'json',
      kind: 'aggregate',
      says: ['JSON object from the {s} to the {x}', 'JSON object with the {s} as keys and the {x} as values'],
    },
    // JSON
    {
      sql: 'json_extract(j, {path})',
      returns: 'other',
      group: true,
      says: ['{path} extracted from the {j}', '{path} in the {j}', '{path} extracted from the JSON {j}'],
    },
    {
      sql: 'j ->> {key}',
      returns: 'other',
      group: true,
      says: ['{key} of the {j}', '{j} {key}', '{key} value of the {j}', '{key} under the {j}'],
    },
    {
      sql: 'j -> {key}',
      returns: 'json',
      says: ['{key} of the {j} as JSON', 'JSON under {key} of the {j}', 'raw JSON {key} of the {j}'],
    },
    {
      sql: 'json_type(j, {path})',
      returns: 'text',
      group: true,
      says: ['JSON type of {path} of the {j}', 'kind of JSON value under {path} of the {j}'],
    },
    {
      sql: 'json_type(j)',
      returns: 'text',
      group: true,
      says: ['JSON type of the {j}', 'kind of JSON value in the {j}'],
    },
    {
      sql: 'json_array_length(j, {path})',
      under: 'array',
      returns: 'integer',
      says: ['number of elements in {path} of the {j}', 'length of the JSON array {path} of the {j}'],
    },
    {
      sql: 'json_array_length(j)',
      returns: 'integer',
      filter: 'count',
      says: ['number of elements in the {j}', 'length of the JSON array {j}', 'number of {j}'],
    },
    {
      sql: 'json_valid(j)',
      returns: 'boolean',
      kind: 'predicate',
      says: ['{j} is valid JSON', '{j} holds well-formed JSON'],
    },
    {
      sql: 'json_object({text1}, x1, {text2}, x2)',
      returns: 'json',
      says: ['JSON object with {text1} for the {x1} and {text2} for the {x2}'],
    },
    {
      sql: 'json_array(x1, x2)',
      returns: 'json',
      says: ['JSON array of the {x1} and the {x2}', '{x1} and the {x2} as a JSON array'],
    },
  ],
};
