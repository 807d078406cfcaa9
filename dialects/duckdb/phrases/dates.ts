import type { Phrase } from '../../../core/verbalise/phrase.js';
import { reading } from './reading.js';

const group = { group: true };

/** Parts of dates and times, by the functions that DuckDB has for each. */
const parts: Phrase[] = [
  reading('year(d)', 'integer', 'year of the {d} | {d} year | calendar year of the {d} | year in the {d}', {
    ...group,
    filter: 'year',
  }),
  reading('month(d)', 'integer', 'month of the {d} | {d} month | month number of the {d} | month part of the {d}', {
    ...group,
    filter: 'month',
  }),
  reading('quarter(d)', 'integer', 'quarter of the {d} | {d} quarter | quarter of the year of the {d}', group),
  reading('day(d)', 'integer', 'day of the month of the {d} | {d} day of the month | day part of the {d}', group),
  reading(
    'dayofweek(d)',
    'integer',
    'weekday number of the {d} counting from Sunday as 0 | day of the week of the {d} | {d} weekday number',
    group,
  ),
  reading(
    'isodow(d)',
    'integer',
    'ISO weekday number of the {d} | {d} ISO weekday | weekday of the {d} from Monday as 1 to Sunday as 7',
    group,
  ),
  reading(
    'dayofyear(d)',
    'integer',
    'day of the year of the {d} | {d} day of the year | running day in the year of the {d}',
  ),
  reading(
    'week(d)',
    'integer',
    'week number of the {d} | {d} week number | calendar week of the {d} | ISO week of the {d}',
    group,
  ),
  reading(
    'yearweek(d)',
    'integer',
    'ISO year and week of the {d} in one number | {d} year-week number | combined year and week number of the {d}',
    group,
  ),
  reading('isoyear(d)', 'integer', 'ISO year of the {d} | {d} ISO year | year of the ISO week of the {d}', group),
  reading('decade(d)', 'integer', 'decade of the {d} | {d} decade | decade number of the {d}', group),
  reading('century(d)', 'integer', 'century of the {d} | {d} century | century that the {d} falls in', group),
  reading('millennium(d)', 'integer', 'millennium of the {d} | {d} millennium', group),
  reading('era(d)', 'integer', 'era of the {d} | {d} era number', group),
  reading('julian(d)', 'number', 'Julian day of the {d} | {d} as a Julian day number'),
  reading('epoch(d)', 'number', '{d} in seconds since 1970 | Unix seconds of the {d} | epoch seconds of the {d}'),
  reading('epoch_ms(t)', 'integer', '{t} in milliseconds since 1970 | epoch milliseconds of the {t}'),
  reading('epoch_us(t)', 'integer', '{t} in microseconds since 1970 | epoch microseconds of the {t}'),
  reading('epoch_ns(t)', 'integer', '{t} in nanoseconds since 1970 | epoch nanoseconds of the {t}'),
  reading(
    'hour(t)',
    'integer',
    'hour of the {t} | {t} hour | hour part of the {t} | hour of the day of the {t}',
    group,
  ),
  reading('minute(t)', 'integer', 'minute of the {t} | {t} minute | minute part of the {t}', group),
  reading('second(t)', 'integer', 'second of the {t} | {t} second | seconds part of the {t}'),
  reading('millisecond(t)', 'integer', 'milliseconds within the minute of the {t} | millisecond part of the {t}'),
  reading('microsecond(t)', 'integer', 'microseconds within the minute of the {t} | microsecond part of the {t}'),
  reading('nanosecond(t)', 'integer', 'nanoseconds within the minute of the {t} | nanosecond part of the {t}'),
  reading('dayname(d)', 'text', 'weekday name of the {d} | name of the weekday of the {d} | {d} weekday name', group),
  reading('monthname(d)', 'text', 'month name of the {d} | name of the month of the {d} | {d} month name', group),
  reading(
    'days_in_month(d)',
    'integer',
    'number of days in the month of the {d} | length in days of the month of the {d} | days that the month of the {d} has',
    group,
  ),
  reading(
    'last_day(d)',
    'date',
    'last day of the month of the {d} | month end of the {d} | end of the month of the {d}',
    group,
  ),
  reading("date_part('dow', d)", 'integer', 'date part dow of the {d} | dow part of the {d}', group),
  reading("date_part('year', d)", 'integer', 'date part year of the {d} | year taken as a date part of the {d}', group),
  reading("date_part('week', d)", 'integer', 'date part week of the {d} | week taken as a date part of the {d}', group),
  reading('EXTRACT(YEAR FROM d)', 'integer', 'year extracted from the {d} | extracted year of the {d}', group),
  reading('EXTRACT(MONTH FROM d)', 'integer', 'month extracted from the {d} | extracted month of the {d}', group),
  reading('EXTRACT(HOUR FROM t)', 'integer', 'hour extracted from the {t} | extracted hour of the {t}', group),
];

const units: [unit: string, start: string, plural: string][] = [
  ['year', 'year', 'years'],
  ['quarter', 'quarter', 'quarters'],
  ['month', 'month', 'months'],
  ['week', 'week', 'weeks'],
];

const truncated: Phrase[] = [
  ...units.map(([unit]) =>
    reading(
      `date_trunc('${unit}', d)`,
      'date',
      `${unit} start of the {d} | {d} truncated to the ${unit} | {d} cut down to the ${unit} | beginning of the ${unit} of the {d}`,
      group,
    ),
  ),
  reading("date_trunc('decade', d)", 'date', 'decade start of the {d} | {d} truncated to the decade', group),
  reading("date_trunc('day', t)", 'timestamp', 'start of the day of the {t} | {t} truncated to the day', group),
  reading("date_trunc('hour', t)", 'timestamp', 'start of the hour of the {t} | {t} truncated to the hour', group),
  reading(
    'time_bucket(INTERVAL 1 WEEK, d)',
    'date',
    'bucket of 1 week of the {d} | 1 week bucket that the {d} falls in | {d} in buckets of 1 week',
    group,
  ),
  reading(
    'time_bucket(INTERVAL 2 MONTH, d)',
    'date',
    'bucket of 2 months of the {d} | 2 month bucket that the {d} falls in | {d} in buckets of 2 months',
    group,
  ),
  reading(
    'time_bucket(INTERVAL 10 DAY, d)',
    'date',
    'bucket of 10 days of the {d} | 10 day bucket that the {d} falls in | {d} in buckets of 10 days',
    group,
  ),
  reading(
    'time_bucket({interval}, d)',
    'date',
    'bucket of {interval} of the {d} | {interval} bucket that the {d} falls in',
    group,
  ),
];

const differences: Phrase[] = [
  ...[...units, ['day', 'day', 'days'] as const].map(([unit, , plural]) =>
    reading(
      `date_diff('${unit}', d1, d2)`,
      'integer',
      `number of ${unit} boundaries between the {d1} and the {d2} | ${plural} from the {d1} to the {d2} by date_diff in ${unit} units | ${unit} boundaries crossed from the {d1} to the {d2}`,
    ),
  ),
  ...['year', 'month', 'week', 'day'].map((unit) =>
    reading(
      `date_sub('${unit}', d1, d2)`,
      'integer',
      `number of full ${unit}s from the {d1} to the {d2} | complete ${unit}s between the {d1} and the {d2} | full ${unit}s that passed from the {d1} until the {d2}`,
    ),
  ),
  reading(
    "date_diff('hour', t1, t2)",
    'integer',
    'hour boundaries between the {t1} and the {t2} | number of hour changes from the {t1} to the {t2}',
  ),
  reading(
    "date_diff('minute', t1, t2)",
    'integer',
    'minute boundaries between the {t1} and the {t2} | number of minute changes from the {t1} to the {t2}',
  ),
  reading(
    "date_diff('day', d, {existing})",
    'integer',
    'day boundaries from the {d} to {existing} | number of day boundaries between the {d} and {existing}',
  ),
  reading(
    "date_diff('year', d, {existing})",
    'integer',
    'year boundaries from the {d} to {existing} | number of year changes between the {d} and {existing}',
  ),
  reading(
    'age(d1, d2)',
    'other',
    'age from the {d2} to the {d1} | interval from the {d2} to the {d1} in years, months and days',
  ),
  reading(
    'age({existing}, d)',
    'other',
    'age from the {d} to {existing} | interval from the {d} to {existing} in years, months and days',
  ),
  reading(
    'd1 - d2',
    'integer',
    'number of days from the {d2} to the {d1} | days between the {d2} and the {d1} | days that passed from the {d2} until the {d1}',
  ),
  reading('d + {interval}', 'date', '{d} plus {interval} | date {interval} after the {d} | {d} moved {interval} later'),
  reading(
    'd - {interval}',
    'date',
    '{d} minus {interval} | date {interval} before the {d} | {d} moved {interval} earlier',
  ),
  ...[
    ['days', 'day'],
    ['weeks', 'week'],
    ['months', 'month'],
    ['quarters', 'quarter'],
    ['years', 'year'],
    ['decades', 'decade'],
    ['centuries', 'century'],
    ['millennia', 'millennium'],
  ].flatMap(([plural, one]) => [
    reading(
      `d + to_${plural}({number})`,
      'date',
      `{d} plus {number} ${plural} | date that is {number} ${plural} after the {d} | {d} shifted forward by {number} ${plural}`,
    ),
    reading(`to_${plural}(i)`, 'other', `{i} as an interval of ${plural} | interval with the {i} as its ${one} count`),
  ]),
  ...['hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'].flatMap((plural) => [
    reading(
      `t + to_${plural}({number})`,
      'timestamp',
      `{t} plus {number} ${plural} | moment {number} ${plural} after the {t} | {t} shifted forward by {number} ${plural}`,
    ),
    reading(`to_${plural}(i)`, 'other', `{i} as an interval of ${plural} | interval of as many ${plural} as the {i}`),
  ]),
  reading(
    'date_add(d, {interval})',
    'date',
    '{d} with {interval} added to it | result of adding {interval} to the {d}',
  ),
  reading(
    'normalized_interval(age(d1, d2))',
    'other',
    'normalized interval from the {d2} to the {d1} | normalized age from the {d2} to the {d1}',
  ),
];

const formats: Phrase[] = [
  reading(
    "strftime(d, '%Y-%m')",
    'text',
    'year and month of the {d} | {d} year and month | year-month of the {d} | {d} written as year and month',
    {
      ...group,
      filter: 'month',
    },
  ),
  reading("strftime(d, '%Y')", 'text', 'year of the {d} as text | {d} year written as text', group),
  reading("strftime(d, '%m')", 'text', 'month of the {d} as two digits | two-digit month of the {d}', group),
  reading("strftime(d, '%A')", 'text', 'weekday of the {d} written out | {d} formatted as a weekday', group),
  reading("strftime(d, '%B')", 'text', 'month of the {d} written out | {d} formatted as a month name', group),
  reading(
    "strftime(d, '%b %Y')",
    'text',
    'short month name and year of the {d} | {d} formatted as short month and year',
    group,
  ),
  reading(
    "strftime(d, '%d/%m/%Y')",
    'text',
    '{d} written as day/month/year | {d} in the form day/month/year with slashes',
  ),
  reading(
    "strftime(d, '%d.%m.%Y')",
    'text',
    '{d} written as day.month.year | {d} in the form day.month.year with dots',
  ),
  reading(
    "strftime(t, '%H:%M')",
    'text',
    'clock time of the {t} in hours and minutes | {t} formatted as hours and minutes',
  ),
  reading(
    'strftime(d, {format})',
    'text',
    '{d} written as {format} | {d} in the format {format} | {d} formatted as {format}',
  ),
  reading(
    "strptime(strftime(d, '%Y-%m'), '%Y-%m')",
    'timestamp',
    'first moment of the month of the {d} read back from its text',
    group,
  ),
  reading(
    'strptime(s, {format})',
    'timestamp',
    '{s} read as a timestamp in the format {format} | timestamp parsed from the {s} with {format}',
    // Fails on any text that is no date: only the examples, whose columns are, may use it.
    { idiomOnly: true },
  ),
  reading(
    'try_strptime(s, {format})',
    'timestamp',
    '{s} read as a timestamp in the format {format} if possible | timestamp tried from the {s} with {format}',
  ),
  reading(
    "try_strptime(s, '%Y-%m-%d')",
    'timestamp',
    '{s} read as a year-month-day timestamp if possible | timestamp tried from the {s} in year-month-day form',
  ),
  reading(
    'make_date(year(d), month(d), 1)',
    'date',
    'date made of the year, the month and day 1 of the {d} | first of the month made from the {d} with day 1',
    group,
  ),
  reading(
    'make_date(year(d), 1, 1)',
    'date',
    'date made of the year of the {d} with month 1 and day 1 | New Year date made from the {d} with 1 and 1',
    group,
  ),
  reading(
    'make_timestamp(year(d), month(d), day(d), 12, 0, 0)',
    'timestamp',
    'noon timestamp made from the {d} with 12, 0 and 0 | timestamp made for 12, 0 and 0 on the day of the {d}',
  ),
  reading(
    'make_time(hour(t), minute(t), 0)',
    'time',
    'time made of the hour and minute of the {t} and 0 seconds | clock time made from the {t} with 0 seconds',
    group,
  ),
  reading(
    'to_timestamp(epoch(t))',
    'timestamp',
    'timestamp made from the epoch seconds of the {t} | {t} rebuilt as a timestamp from its seconds since 1970',
  ),
  reading('isfinite(d)', 'boolean', 'whether the {d} is finite | finiteness of the {d}'),
  reading('isinf(d)', 'boolean', 'whether the {d} is infinite | infiniteness of the {d}'),
  reading('t::DATE', 'date', 'calendar day of the {t} | date part of the {t} | {t} without its time', group),
  reading('t::TIME', 'time', 'time of day of the {t} | clock time of the {t}'),
];

export const datePhrases: Phrase[] = [...parts, ...truncated, ...formats, ...differences];
