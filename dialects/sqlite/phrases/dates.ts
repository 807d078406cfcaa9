import { phraseLines } from '../../phrase-lines.js';

/** Dates and times. */
export const datePhrases = phraseLines(`
  strftime('%Y', d) → text group filter=year: year of the {d} | {d} year | calendar year of the {d} | year in the {d}
  strftime('%Y-%m', d) → text group filter=month: year and month of the {d} | {d} year and month | calendar month with year of the {d} | year-month of
      the {d}
  strftime('%m', d) → text group: month of the {d} | {d} month | two-digit month of the {d} | month part of the {d}
  strftime('%d', d) → text group: day of the month of the {d} | {d} day of the month | day part of the {d}
  strftime('%w', d) → text group: weekday number of the {d} | {d} weekday number | day of the week of the {d}
  strftime('%H', t) → text group: hour of the {t} | {t} hour | hour part of the {t}
  strftime('%j', d) → text: day of the year of the {d} | {d} day of the year
  strftime('%W', d) → text group: week number of the {d} | {d} week number
  CAST(strftime('%Y', d) AS INTEGER) → integer: year of the {d} as a number | numeric year of the {d} | numeric {d} year
  CAST(strftime('%H', t) AS INTEGER) → integer: hour of the {t} as a number | numeric hour of the {t} | numeric {t} hour
  date(t) → date group: calendar day of the {t} | date part of the {t} | day on which the {t} falls | {t} without its time
  time(t) → time: time of day of the {t} | clock time of the {t} | time part of the {t}
  date(d, 'start of month') → date group: first day of the month of the {d} | month start of the {d} | {d} moved to the start of its month
  date(d, 'start of year') → date group: first day of the year of the {d} | year start of the {d} | {d} moved to the start of its year
  date(d, 'start of month', '+1 month', '-1 day') → date: last day of the month of the {d} | month end of the {d} | {d} moved to the end of its month
  date(d, {shift}) → date: {d} shifted by {shift} | {d} moved by {shift} | date that is {shift} from the {d}
  datetime(t, 'start of day') → timestamp: midnight before the {t} | start of the day of the {t}
  julianday(d1) - julianday(d2) → number filter=number: number of days from the {d2} to the {d1} | days between the {d2} and the {d1} | days that
      passed from the {d2} until the {d1}
  unixepoch(d1) - unixepoch(d2) → integer: number of seconds from the {d2} to the {d1} | seconds between the {d2} and the {d1}
  unixepoch(d) → integer: {d} in Unix seconds | seconds since 1970 of the {d} | Unix time of the {d}
  julianday(d) → number: Julian day of the {d} | {d} as a Julian day number
  timediff({existing}, d) → text: written-out difference from the {d} to {existing} | time from the {d} until {existing} in years, months and days
  timediff(d1, d2) → text: written-out difference from the {d2} to the {d1} | time from the {d2} until the {d1} in years, months and days
`);
