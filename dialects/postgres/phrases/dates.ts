import { phraseLines } from '../../phrase-lines.js';

/** Dates, times and intervals. */
export const datesPhrases = phraseLines(`
  EXTRACT(YEAR FROM age(d1, d2)) → number: full years from the {d2} to the {d1} | number of full years between the {d2} and the {d1}
  EXTRACT(YEAR FROM age({existing}, d)) → number: full years from the {d} to {existing} | age in years of the {d} on {existing}
  make_date(EXTRACT(YEAR FROM d)::int, 1, 1) → date group: 1 January of the year of the {d} | New Year's Day of the {d} year
  make_time(EXTRACT(HOUR FROM t)::int, 0, 0) → time group: clock hour of the {t} as a time of day | {t} hour written as a clock time
  make_timestamp(EXTRACT(YEAR FROM d)::int, EXTRACT(MONTH FROM d)::int, 1, 12, 0, 0) → timestamp: 12 o'clock on the first day of the month of the {d} |
      first day of the {d} month at 12 hours
  make_timestamptz(EXTRACT(YEAR FROM d)::int, 1, 1, 0, 0, 0, 'UTC') → timestamp: UTC midnight at the start of the year of the {d} | first moment in UTC
      of the {d} year
  make_interval(days => i) → other: interval of as many days as the {i} | span of {i} days
  make_interval(hours => i) → other: interval of as many hours as the {i} | span of {i} hours
  justify_days(make_interval(days => i)) → other: {i} days written as months and days | span of {i} days with 30 days counted as a month
  justify_hours(make_interval(hours => i)) → other: {i} hours written as days and hours | span of {i} hours with 24 hours counted as a day
  justify_interval(make_interval(hours => i)) → other: {i} hours written as months, days and hours | span of {i} hours with both days and months counted
  to_date(to_char(d, 'YYYY-MM') || '-15', 'YYYY-MM-DD') → date group: 15th of the month of the {d} | middle day of the month of the {d}
  to_timestamp(i) → timestamp: moment as many seconds after the start of 1970 as the {i} | {i} read as Unix seconds
  to_number(to_char(d, 'YYYYMM'), '999999') → number group: year and month of the {d} as one number | {d} year and month read as a six-digit number
  date_add(t, {interval}) → timestamp: moment {interval} after the {t} by the calendar | {t} advanced by {interval} on the calendar
  date_subtract(t, {interval}) → timestamp: moment {interval} before the {t} by the calendar | {t} set back by {interval} on the calendar
  isfinite(d) → boolean predicate: {d} is a finite date | {d} is not infinite
  timezone({zone}, t) → timestamp: {t} taken as local time in {zone} | {t} read by the clock of {zone}
  t AT TIME ZONE {zone} → timestamp: {t} at the time zone {zone} | {t} in the time zone {zone}
  d < now() → boolean predicate: {d} lies before the present moment | {d} is earlier than now
  date_bin('15 minutes', t, TIMESTAMP '2020-01-01') → timestamp group: quarter of an hour that the {t} falls into | 15-minute slot of the {t}
  date_part('month', d) → number group: month part of the {d} as a number | date part month of the {d}
  EXTRACT(DECADE FROM d) → number group: decade of the {d} | {d} decade number
  EXTRACT(CENTURY FROM d) → number group: century of the {d} | {d} century
  EXTRACT(ISOYEAR FROM d) → number group: ISO year of the {d} | year of the ISO week of the {d}
  EXTRACT(MINUTE FROM t) → number: minute of the {t} | minute part of the {t}
  date_trunc('decade', d) → timestamp group: start of the decade of the {d} | {d} cut down to the decade
  EXTRACT(QUARTER FROM d) → number group: quarter of the {d} | {d} quarter | quarter of the year of the {d}
  EXTRACT(DAY FROM d) → number group: day of the month of the {d} | {d} day of the month | day part of the {d}
  EXTRACT(ISODOW FROM d) → number group: ISO weekday number of the {d} | {d} ISO weekday
  EXTRACT(WEEK FROM d) → number group: week number of the {d} | {d} week number | ISO week of the {d}
  EXTRACT(DOY FROM d) → number: day of the year of the {d} | {d} day of the year
  EXTRACT(EPOCH FROM d) → number: {d} in seconds since 1970 | Unix seconds of the {d}
  d - {interval} → date: {d} minus {interval} | date {interval} before the {d} | {d} moved {interval} earlier
  EXTRACT(YEAR FROM d) → number group filter=year: year of the {d} | {d} year | calendar year of the {d} | year in the {d}
  EXTRACT(MONTH FROM d) → number group filter=month: month of the {d} | {d} month | month number of the {d} | month part of the {d}
  EXTRACT(DOW FROM d) → number group: weekday number of the {d} counting from Sunday as 0 | day of the week of the {d} | {d} weekday number
  EXTRACT(HOUR FROM t) → number group: hour of the {t} | {t} hour | hour part of the {t}
  age({existing}, d) → other: age from the {d} to {existing} | interval from the {d} to {existing} in years, months and days
  age(d1, d2) → other: age from the {d2} to the {d1} | interval from the {d2} to the {d1} in years, months and days
  date_part('quarter', d) → number group: quarter part of the {d} as a number | date part quarter of the {d}
  date_trunc('month', d) → timestamp group: month start of the {d} | {d} cut down to the month | {d} truncated to the month | beginning of the month of
      the {d}
  date_trunc('year', d) → timestamp group: year start of the {d} | {d} cut down to the year | {d} truncated to the year | beginning of the year of the {d}
  date_trunc('quarter', d) → timestamp group: quarter start of the {d} | {d} truncated to the quarter | beginning of the quarter of the {d}
  date_trunc('week', d) → timestamp group: week start of the {d} | {d} truncated to the week
  date_trunc('day', t) → timestamp group: start of the day of the {t} | {t} truncated to the day
  date_trunc('hour', t) → timestamp group: start of the hour of the {t} | {t} truncated to the hour
  to_char(d, 'YYYY-MM') → text group filter=month: year and month of the {d} | {d} year and month | year-month of the {d} | {d} written as year and month
  to_char(d, 'YYYY') → text: year of the {d} as text | {d} year written as text
  to_char(d, 'FMMonth') → text group: month name of the {d} | name of the month of the {d} | {d} month name
  to_char(d, 'FMDay') → text group: weekday name of the {d} | name of the weekday of the {d} | {d} weekday name
  to_char(d, 'Day') → text: padded weekday name of the {d}
  to_char(d, {format}) → text: {d} written as {format} | {d} in the format {format} | {d} formatted as {format}
  to_char(n, {format}) → text: {n} written as {format} | {n} in the number format {format}
  t::date → date group: calendar day of the {t} | date part of the {t} | {t} without its time
  t::time → time: time of day of the {t} | clock time of the {t}
  d + {interval} → date: {d} plus {interval} | date {interval} after the {d} | {d} moved {interval} later
  d1 - d2 → integer: number of days from the {d2} to the {d1} | days between the {d2} and the {d1} | days that passed from the {d2} until the {d1}
  date_bin('30 minutes', t, {existing}) → timestamp: half hour of the {t} counted from {existing}
`);
