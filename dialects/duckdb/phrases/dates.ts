import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

/** Parts of dates and times, by the functions that DuckDB has for each. */
const parts = phraseLines(`
  year(d) → integer group filter=year: year of the {d} | {d} year | calendar year of the {d} | year in the {d}
  month(d) → integer group filter=month: month of the {d} | {d} month | month number of the {d} | month part of the {d}
  quarter(d) → integer group: quarter of the {d} | {d} quarter | quarter of the year of the {d}
  day(d) → integer group: day of the month of the {d} | {d} day of the month | day part of the {d}
  dayofweek(d) → integer group: weekday number of the {d} counting from Sunday as 0 | day of the week of the {d} | {d} weekday number
  isodow(d) → integer group: ISO weekday number of the {d} | {d} ISO weekday | weekday of the {d} from Monday as 1 to Sunday as 7
  dayofyear(d) → integer: day of the year of the {d} | {d} day of the year | running day in the year of the {d}
  week(d) → integer group: week number of the {d} | {d} week number | calendar week of the {d} | ISO week of the {d}
  yearweek(d) → integer group: ISO year and week of the {d} in one number | {d} year-week number | combined year and week number of the {d}
  isoyear(d) → integer group: ISO year of the {d} | {d} ISO year | year of the ISO week of the {d}
  decade(d) → integer group: decade of the {d} | {d} decade | decade number of the {d}
  century(d) → integer group: century of the {d} | {d} century | century that the {d} falls in
  millennium(d) → integer group: millennium of the {d} | {d} millennium
  era(d) → integer group: era of the {d} | {d} era number
  julian(d) → number: Julian day of the {d} | {d} as a Julian day number
  epoch(d) → number: {d} in seconds since 1970 | Unix seconds of the {d} | epoch seconds of the {d}
  epoch_ms(t) → integer: {t} in milliseconds since 1970 | epoch milliseconds of the {t}
  epoch_us(t) → integer: {t} in microseconds since 1970 | epoch microseconds of the {t}
  epoch_ns(t) → integer: {t} in nanoseconds since 1970 | epoch nanoseconds of the {t}
  hour(t) → integer group: hour of the {t} | {t} hour | hour part of the {t} | hour of the day of the {t}
  minute(t) → integer group: minute of the {t} | {t} minute | minute part of the {t}
  second(t) → integer: second of the {t} | {t} second | seconds part of the {t}
  millisecond(t) → integer: milliseconds within the minute of the {t} | millisecond part of the {t}
  microsecond(t) → integer: microseconds within the minute of the {t} | microsecond part of the {t}
  nanosecond(t) → integer: nanoseconds within the minute of the {t} | nanosecond part of the {t}
  dayname(d) → text group: weekday name of the {d} | name of the weekday of the {d} | {d} weekday name
  monthname(d) → text group: month name of the {d} | name of the month of the {d} | {d} month name
  days_in_month(d) → integer group: number of days in the month of the {d} | length in days of the month of the {d} | days that the month of the {d}
      has
  last_day(d) → date group: last day of the month of the {d} | month end of the {d} | end of the month of the {d}
  date_part('dow', d) → integer group: date part dow of the {d} | dow part of the {d}
  date_part('year', d) → integer group: date part year of the {d} | year taken as a date part of the {d}
  date_part('week', d) → integer group: date part week of the {d} | week taken as a date part of the {d}
  EXTRACT(YEAR FROM d) → integer group: year extracted from the {d} | extracted year of the {d}
  EXTRACT(MONTH FROM d) → integer group: month extracted from the {d} | extracted month of the {d}
  EXTRACT(HOUR FROM t) → integer group: hour extracted from the {t} | extracted hour of the {t}
`);

const truncated = phraseLines(`
  date_trunc('year', d) → date group: year start of the {d} | {d} truncated to the year | {d} cut down to the year | beginning of the year of the {d}
  date_trunc('quarter', d) → date group: quarter start of the {d} | {d} truncated to the quarter | {d} cut down to the quarter | beginning of the
      quarter of the {d}
  date_trunc('month', d) → date group: month start of the {d} | {d} truncated to the month | {d} cut down to the month | beginning of the month of the
      {d}
  date_trunc('week', d) → date group: week start of the {d} | {d} truncated to the week | {d} cut down to the week | beginning of the week of the {d}
  date_trunc('decade', d) → date group: decade start of the {d} | {d} truncated to the decade
  date_trunc('day', t) → timestamp group: start of the day of the {t} | {t} truncated to the day
  date_trunc('hour', t) → timestamp group: start of the hour of the {t} | {t} truncated to the hour
  time_bucket(INTERVAL 1 WEEK, d) → date group: bucket of 1 week of the {d} | 1 week bucket that the {d} falls in | {d} in buckets of 1 week
  time_bucket(INTERVAL 2 MONTH, d) → date group: bucket of 2 months of the {d} | 2 month bucket that the {d} falls in | {d} in buckets of 2 months
  time_bucket(INTERVAL 10 DAY, d) → date group: bucket of 10 days of the {d} | 10 day bucket that the {d} falls in | {d} in buckets of 10 days
  time_bucket({interval}, d) → date group: bucket of {interval} of the {d} | {interval} bucket that the {d} falls in
`);

const differences = phraseLines(`
  date_diff('year', d1, d2) → integer: number of year boundaries between the {d1} and the {d2} | years from the {d1} to the {d2} by date_diff in year
      units | year boundaries crossed from the {d1} to the {d2}
  date_diff('quarter', d1, d2) → integer: number of quarter boundaries between the {d1} and the {d2} | quarters from the {d1} to the {d2} by date_diff
      in quarter units | quarter boundaries crossed from the {d1} to the {d2}
  date_diff('month', d1, d2) → integer: number of month boundaries between the {d1} and the {d2} | months from the {d1} to the {d2} by date_diff in
      month units | month boundaries crossed from the {d1} to the {d2}
  date_diff('week', d1, d2) → integer: number of week boundaries between the {d1} and the {d2} | weeks from the {d1} to the {d2} by date_diff in week
      units | week boundaries crossed from the {d1} to the {d2}
  date_diff('day', d1, d2) → integer: number of day boundaries between the {d1} and the {d2} | days from the {d1} to the {d2} by date_diff in day
      units | day boundaries crossed from the {d1} to the {d2}
  date_sub('year', d1, d2) → integer: number of full years from the {d1} to the {d2} | complete years between the {d1} and the {d2} | full years that
      passed from the {d1} until the {d2}
  date_sub('month', d1, d2) → integer: number of full months from the {d1} to the {d2} | complete months between the {d1} and the {d2} | full months
      that passed from the {d1} until the {d2}
  date_sub('week', d1, d2) → integer: number of full weeks from the {d1} to the {d2} | complete weeks between the {d1} and the {d2} | full weeks that
      passed from the {d1} until the {d2}
  date_sub('day', d1, d2) → integer: number of full days from the {d1} to the {d2} | complete days between the {d1} and the {d2} | full days that
      passed from the {d1} until the {d2}
  date_diff('hour', t1, t2) → integer: hour boundaries between the {t1} and the {t2} | number of hour changes from the {t1} to the {t2}
  date_diff('minute', t1, t2) → integer: minute boundaries between the {t1} and the {t2} | number of minute changes from the {t1} to the {t2}
  date_diff('day', d, {existing}) → integer: day boundaries from the {d} to {existing} | number of day boundaries between the {d} and {existing}
  date_diff('year', d, {existing}) → integer: year boundaries from the {d} to {existing} | number of year changes between the {d} and {existing}
  age(d1, d2) → other: age from the {d2} to the {d1} | interval from the {d2} to the {d1} in years, months and days
  age({existing}, d) → other: age from the {d} to {existing} | interval from the {d} to {existing} in years, months and days
  d1 - d2 → integer: number of days from the {d2} to the {d1} | days between the {d2} and the {d1} | days that passed from the {d2} until the {d1}
  d + {interval} → date: {d} plus {interval} | date {interval} after the {d} | {d} moved {interval} later
  d - {interval} → date: {d} minus {interval} | date {interval} before the {d} | {d} moved {interval} earlier
  d + to_days({number}) → date: {d} plus {number} days | date that is {number} days after the {d} | {d} shifted forward by {number} days
  to_days(i) → other: {i} as an interval of days | interval with the {i} as its day count
  d + to_weeks({number}) → date: {d} plus {number} weeks | date that is {number} weeks after the {d} | {d} shifted forward by {number} weeks
  to_weeks(i) → other: {i} as an interval of weeks | interval with the {i} as its week count
  d + to_months({number}) → date: {d} plus {number} months | date that is {number} months after the {d} | {d} shifted forward by {number} months
  to_months(i) → other: {i} as an interval of months | interval with the {i} as its month count
  d + to_quarters({number}) → date: {d} plus {number} quarters | date that is {number} quarters after the {d} | {d} shifted forward by {number}
      quarters
  to_quarters(i) → other: {i} as an interval of quarters | interval with the {i} as its quarter count
  d + to_years({number}) → date: {d} plus {number} years | date that is {number} years after the {d} | {d} shifted forward by {number} years
  to_years(i) → other: {i} as an interval of years | interval with the {i} as its year count
  d + to_decades({number}) → date: {d} plus {number} decades | date that is {number} decades after the {d} | {d} shifted forward by {number} decades
  to_decades(i) → other: {i} as an interval of decades | interval with the {i} as its decade count
  d + to_centuries({number}) → date: {d} plus {number} centuries | date that is {number} centuries after the {d} | {d} shifted forward by {number}
      centuries
  to_centuries(i) → other: {i} as an interval of centuries | interval with the {i} as its century count
  d + to_millennia({number}) → date: {d} plus {number} millennia | date that is {number} millennia after the {d} | {d} shifted forward by {number}
      millennia
  to_millennia(i) → other: {i} as an interval of millennia | interval with the {i} as its millennium count
  t + to_hours({number}) → timestamp: {t} plus {number} hours | moment {number} hours after the {t} | {t} shifted forward by {number} hours
  to_hours(i) → other: {i} as an interval of hours | interval of as many hours as the {i}
  t + to_minutes({number}) → timestamp: {t} plus {number} minutes | moment {number} minutes after the {t} | {t} shifted forward by {number} minutes
  to_minutes(i) → other: {i} as an interval of minutes | interval of as many minutes as the {i}
  t + to_seconds({number}) → timestamp: {t} plus {number} seconds | moment {number} seconds after the {t} | {t} shifted forward by {number} seconds
  to_seconds(i) → other: {i} as an interval of seconds | interval of as many seconds as the {i}
  t + to_milliseconds({number}) → timestamp: {t} plus {number} milliseconds | moment {number} milliseconds after the {t} | {t} shifted forward by
      {number} milliseconds
  to_milliseconds(i) → other: {i} as an interval of milliseconds | interval of as many milliseconds as the {i}
  t + to_microseconds({number}) → timestamp: {t} plus {number} microseconds | moment {number} microseconds after the {t} | {t} shifted forward by
      {number} microseconds
  to_microseconds(i) → other: {i} as an interval of microseconds | interval of as many microseconds as the {i}
  date_add(d, {interval}) → date: {d} with {interval} added to it | result of adding {interval} to the {d}
  normalized_interval(age(d1, d2)) → other: normalized interval from the {d2} to the {d1} | normalized age from the {d2} to the {d1}
`);

// strptime of a text column is left to the guides' statements: it fails on any text that is no date.
const formats = phraseLines(`
  strftime(d, '%Y-%m') → text group filter=month: year and month of the {d} | {d} year and month | year-month of the {d} | {d} written as year and
      month
  strftime(d, '%Y') → text group: year of the {d} as text | {d} year written as text
  strftime(d, '%m') → text group: month of the {d} as two digits | two-digit month of the {d}
  strftime(d, '%A') → text group: weekday of the {d} written out | {d} formatted as a weekday
  strftime(d, '%B') → text group: month of the {d} written out | {d} formatted as a month name
  strftime(d, '%b %Y') → text group: short month name and year of the {d} | {d} formatted as short month and year
  strftime(d, '%d/%m/%Y') → text: {d} written as day/month/year | {d} in the form day/month/year with slashes
  strftime(d, '%d.%m.%Y') → text: {d} written as day.month.year | {d} in the form day.month.year with dots
  strftime(t, '%H:%M') → text: clock time of the {t} in hours and minutes | {t} formatted as hours and minutes
  strftime(d, {format}) → text: {d} written as {format} | {d} in the format {format} | {d} formatted as {format}
  strptime(strftime(d, '%Y-%m'), '%Y-%m') → timestamp group: first moment of the month of the {d} read back from its text
  strptime(s, {format}) → timestamp statement: {s} read as a timestamp in the format {format} | timestamp parsed from the {s} with {format}
  try_strptime(s, {format}) → timestamp: {s} read as a timestamp in the format {format} if possible | timestamp tried from the {s} with {format}
  try_strptime(s, '%Y-%m-%d') → timestamp: {s} read as a year-month-day timestamp if possible | timestamp tried from the {s} in year-month-day form
  make_date(year(d), month(d), 1) → date group: date made of the year, the month and day 1 of the {d} | first of the month made from the {d} with day
      1
  make_date(year(d), 1, 1) → date group: date made of the year of the {d} with month 1 and day 1 | New Year date made from the {d} with 1 and 1
  make_timestamp(year(d), month(d), day(d), 12, 0, 0) → timestamp: noon timestamp made from the {d} with 12, 0 and 0 | timestamp made for 12, 0 and 0
      on the day of the {d}
  make_time(hour(t), minute(t), 0) → time group: time made of the hour and minute of the {t} and 0 seconds | clock time made from the {t} with 0
      seconds
  to_timestamp(epoch(t)) → timestamp: timestamp made from the epoch seconds of the {t} | {t} rebuilt as a timestamp from its seconds since 1970
  isfinite(d) → boolean: whether the {d} is finite | finiteness of the {d}
  isinf(d) → boolean: whether the {d} is infinite | infiniteness of the {d}
  t::DATE → date group: calendar day of the {t} | date part of the {t} | {t} without its time
  t::TIME → time: time of day of the {t} | clock time of the {t}
`);

export const datePhrases: Phrase[] = [...parts, ...truncated, ...formats, ...differences];
