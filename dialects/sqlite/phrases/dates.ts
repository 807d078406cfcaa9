import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Dates and times. */
export const datePhrases: Phrase[] = [
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
];
