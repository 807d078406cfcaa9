import { phraseLines } from '../../phrase-lines.js';

/** Dates, times, datetimes, timestamps, intervals and ranges. */
export const datePhrases = phraseLines(`
  UNIX_DATE(DATE(d)) → integer: days from 1970 to the {d} | number of days since 1970 of the {d}
  DATE_FROM_UNIX_DATE(UNIX_DATE(DATE(d)) + {number}) → date: {d} moved on by {number} through its day number | day whose number is {number} more than that of the {d}
  UNIX_MILLIS(t) → integer: {t} in Unix milliseconds | milliseconds from 1970 to the {t}
  UNIX_MICROS(t) → integer: {t} in Unix microseconds | microseconds from 1970 to the {t}
  TIMESTAMP_SECONDS(UNIX_SECONDS(t)) → timestamp statement: {t} rebuilt from Unix seconds | timestamp of the Unix seconds of the {t}
  TIMESTAMP_MILLIS(UNIX_MILLIS(t)) → timestamp statement: {t} rebuilt from Unix milliseconds | timestamp of the Unix milliseconds of the {t}
  TIMESTAMP_MICROS(UNIX_MICROS(t)) → timestamp statement: {t} rebuilt from Unix microseconds | timestamp of the Unix microseconds of the {t}
  TIMESTAMP(DATE(d)) → timestamp: midnight of the {d} as a timestamp | timestamp at the start of the day of the {d}
  STRING(t) → text: {t} as text in UTC | UTC text of the {t}
  DATETIME(t) → timestamp: {t} as a datetime | datetime of the {t} | {t} without its time zone
  DATETIME_TRUNC(DATETIME(t), HOUR) → timestamp group: datetime of the {t} cut to the hour | hour of the {t} as a datetime
  DATETIME_TRUNC(DATETIME(t), MONTH) → timestamp group: datetime of the {t} cut to the month | month of the {t} as a datetime
  DATETIME_ADD(DATETIME(t), INTERVAL 12 HOUR) → timestamp: datetime 12 hours after the {t} | {t} as a datetime plus 12 hours
  DATETIME_SUB(DATETIME(t), INTERVAL 30 MINUTE) → timestamp: datetime 30 minutes before the {t} | {t} as a datetime minus 30 minutes
  DATETIME_DIFF(DATETIME(t1), DATETIME(t2), HOUR) → integer: hours between the datetimes of the {t2} and the {t1} | datetime difference in hours from the {t2} to the {t1}
  DATETIME_DIFF(DATETIME(t), DATETIME(d), DAY) → integer: days between the datetimes of the {d} and the {t} | datetime difference in days from the {d} to the {t}
  FORMAT_DATETIME('%Y-%m', DATETIME(t)) → text group: datetime of the {t} in the format %Y-%m | {t} as a datetime text by %Y-%m
  FORMAT_DATETIME('%H:%M', DATETIME(t)) → text: datetime of the {t} in the format %H:%M | {t} as a datetime text by %H:%M
  PARSE_DATETIME('%Y-%m-%d %H:%M:%S', FORMAT_DATETIME('%Y-%m-%d %H:%M:%S', DATETIME(t))) → timestamp statement: {t} written as %Y-%m-%d %H:%M:%S and parsed as a datetime
      | datetime parsed from the {t} in the form %Y-%m-%d %H:%M:%S
  TIME_TRUNC(TIME(t), HOUR) → time group: time of day of the {t} cut to the hour | full hour of the clock time of the {t}
  TIME_ADD(TIME(t), INTERVAL 90 MINUTE) → time: clock time 90 minutes after the {t} | time of day of the {t} plus 90 minutes
  TIME_SUB(TIME(t), INTERVAL 1 HOUR) → time: clock time 1 hour before the {t} | time of day of the {t} minus 1 hour
  TIME_DIFF(TIME(t), TIME '08:00:00', MINUTE) → integer: minutes from 08:00:00 to the time of day of the {t} | clock time of the {t} in minutes after 08:00:00
  FORMAT_TIME('%H:%M', TIME(t)) → text: clock time of the {t} by %H:%M | time of day of the {t} in the format %H:%M
  FORMAT_TIME('%I %p', TIME(t)) → text group: clock time of the {t} by %I %p | time of day of the {t} in the format %I %p
  PARSE_TIME('%H:%M', FORMAT_TIME('%H:%M', TIME(t))) → time statement: time of day parsed from the {t} in the form %H:%M
      | {t} written as %H:%M and parsed as a time
  PARSE_DATE('%Y-%m', FORMAT_DATE('%Y-%m', d)) → date group: {d} written as %Y-%m and parsed as a date | date parsed from the {d} in the form %Y-%m
  PARSE_DATE('%Y-%m-%d', FORMAT_DATE('%Y-%m-%d', d)) → date: {d} written as %Y-%m-%d and parsed as a date | date parsed from the {d} in the form %Y-%m-%d
  SAFE.PARSE_DATE('%d %B %Y', s) → date: {s} parsed as a date of the form %d %B %Y where it fits | date of the {s} read by %d %B %Y if possible
  PARSE_TIMESTAMP('%Y-%m-%d %H', FORMAT_TIMESTAMP('%Y-%m-%d %H', t)) → timestamp group: {t} written as %Y-%m-%d %H and parsed as a timestamp
      | timestamp parsed from the {t} in the form %Y-%m-%d %H
  DATE_BUCKET(DATE(d), INTERVAL 7 DAY) → date group: start of the 7-day bucket of the {d} | {d} in buckets of 7 days
  DATE_BUCKET(DATE(d), INTERVAL 30 DAY) → date group: start of the 30-day bucket of the {d} | {d} in buckets of 30 days
  TIMESTAMP_BUCKET(t, INTERVAL 6 HOUR) → timestamp group: start of the 6-hour bucket of the {t} | {t} in buckets of 6 hours
  DATETIME_BUCKET(DATETIME(t), INTERVAL 12 HOUR) → timestamp group: start of the 12-hour datetime bucket of the {t} | datetime of the {t} in buckets of 12 hours
  MAKE_INTERVAL(0, 0, i) → other: interval of the {i} in days beside 0 years and 0 months | span of 0 years, 0 months and the {i} in days
  JUSTIFY_DAYS(INTERVAL LEAST(i, 1000) DAY) → other: {i} in days, at most 1000, as months and days | months and days in the {i} days or 1000, the lower
  JUSTIFY_HOURS(INTERVAL LEAST(i, 1000) HOUR) → other: {i} in hours, at most 1000, as days and hours | days and hours in the {i} hours or 1000, the lower
  JUSTIFY_INTERVAL(INTERVAL LEAST(i, 1000) HOUR) → other: {i} in hours, at most 1000, as a whole interval of months, days and hours
      | months, days and hours in the {i} hours or 1000, the lower
  RANGE_START(RANGE(DATE(d), DATE_ADD(DATE(d), INTERVAL 7 DAY))) → date statement: start of the range of 7 days from the {d} | first day of the 7-day range after the {d}
  RANGE_END(RANGE(DATE(d), DATE_ADD(DATE(d), INTERVAL 7 DAY))) → date statement: end of the range of 7 days from the {d} | bound of the 7-day range after the {d}
  RANGE_CONTAINS(RANGE(DATE '2020-01-01', DATE '2030-01-01'), DATE(d)) → boolean predicate: {d} lies in the range from 2020-01-01 to 2030-01-01
      | {d} is inside the range of 2020-01-01 to 2030-01-01
  RANGE_OVERLAPS(RANGE(DATE(d), DATE_ADD(DATE(d), INTERVAL 30 DAY)), RANGE(DATE '2023-01-01', DATE '2025-01-01')) → boolean predicate: 30 days from the {d} overlap the range from 2023-01-01 to 2025-01-01
      | range of 30 days after the {d} overlaps that of 2023-01-01 to 2025-01-01
  RANGE_INTERSECT(RANGE(DATE(d), DATE_ADD(DATE(d), INTERVAL 30 DAY)), RANGE(DATE '1900-01-01', DATE '2100-01-01')) → other statement: common part of the 30 days from the {d} and the range from 1900-01-01 to 2100-01-01
      | overlap of the 30-day range after the {d} with 1900-01-01 to 2100-01-01
  GENERATE_DATE_ARRAY(DATE(d), DATE_ADD(DATE(d), INTERVAL 2 DAY)) → array: days from the {d} through 2 days later | array of the dates from the {d} to 2 days after
  GENERATE_TIMESTAMP_ARRAY(t, TIMESTAMP_ADD(t, INTERVAL 3 HOUR), INTERVAL 1 HOUR) → array: timestamps every 1 hour from the {t} through 3 hours later
      | array of timestamps from the {t} to 3 hours after in steps of 1 hour
  GENERATE_RANGE_ARRAY(RANGE(DATE(d), DATE_ADD(DATE(d), INTERVAL 3 DAY)), INTERVAL 1 DAY) → array statement: ranges of 1 day within 3 days from the {d}
      | 3 days from the {d} split into ranges of 1 day
  TIMESTAMP_DIFF(t, TIMESTAMP(DATE(t)), MINUTE) → integer: minutes from midnight to the {t} | minute of the day of the {t} as a timestamp difference
  TIMESTAMP_DIFF(TIMESTAMP(d), t, HOUR) → integer: hours from the {t} to the midnight of the {d} | timestamp difference in hours between the {t} and the start of the {d}
  TIMESTAMP_DIFF(t1, t2, DAY) → integer: whole days from the {t2} to the {t1} | timestamp difference in days between the {t2} and the {t1}
`);
