import type { DialectPhrases } from '../../core/verbalise/phrase.js';
import { phraseLines } from '../phrase-lines.js';

const dates = phraseLines(`
  YEAR(d) → integer group filter=year: year of the {d} | {d} year | calendar year of the {d}
  QUARTER(d) → integer group: quarter of the {d} | {d} quarter
  MONTH(d) → integer group: month number of the {d} | month of the {d} as a number
  MONTHNAME(d) → text group: name of the month of the {d} | {d} month name
  DAYNAME(d) → text group: name of the weekday of the {d} | {d} weekday name
  DAYOFMONTH(d) → integer group: day of the month of the {d} | {d} day of the month
  DAYOFWEEK(d) → integer group: day of the week of the {d}, Sunday being 1
  DAYOFYEAR(d) → integer: day of the year of the {d} | {d} day of the year
  WEEKDAY(d) → integer group: weekday number of the {d}, Monday being 0
  WEEK(d) → integer group: week number of the {d} | {d} week number
  WEEKOFYEAR(d) → integer group: ISO week of the {d} | {d} ISO week number
  YEARWEEK(d) → integer group: year and week of the {d} | {d} year and week
  HOUR(t) → integer group: hour of the {t} | {t} hour
  MINUTE(t) → integer: minute of the {t} | {t} minute
  SECOND(t) → integer: second of the {t} | {t} second
  DATE(t) → date group: calendar day of the {t} | date part of the {t}
  TIME(t) → time: time of day of the {t} | clock time of the {t}
  LAST_DAY(d) → date: last day of the month of the {d} | month end of the {d}
  DATE_FORMAT(d, '%Y-%m') → text group filter=month: year and month of the {d} | calendar month with year of the {d} | {d} year and month
  DATE_FORMAT(d, '%W') → text group: {d} formatted as its weekday
  DATE_FORMAT(d, '%d.%m.%Y') → text: {d} written as day.month.year | {d} in day.month.year form
  TIMESTAMPDIFF(MONTH, d2, d1) → integer: number of whole months from the {d2} to the {d1} | whole months between the {d2} and the {d1}
  TIMESTAMPDIFF(YEAR, d, {existing}) → integer: number of whole years from the {d} to {existing} | whole years between the {d} and {existing}
  TIMESTAMPDIFF(MONTH, d, {existing}) → integer: number of whole months from the {d} to {existing} | whole months between the {d} and {existing}
  TIMESTAMPDIFF(DAY, d2, d1) → integer: whole days from the {d2} to the {d1} | time difference in days between the {d2} and the {d1}
  TIMESTAMPADD(MONTH, {number}, d) → date: {d} with a time of {number} months added to it
  DATEDIFF(d1, d2) → integer filter=number: number of days from the {d2} to the {d1} | days between the {d2} and the {d1}
  TO_DAYS(d) → integer: day number of the {d} | {d} as a count of days
  TO_SECONDS(d) → integer: {d} as a count of seconds | seconds since year 0 of the {d}
  UNIX_TIMESTAMP(d) → number: Unix time of the {d} | {d} in Unix seconds
  DATE_ADD(d, INTERVAL {number} DAY) → date: {d} plus {number} days | {number} days after the {d}
  DATE_ADD(d, INTERVAL {number} MONTH) → date: {d} plus {number} months | {number} months after the {d}
  DATE_SUB(d, INTERVAL {number} DAY) → date: {d} minus {number} days | {number} days before the {d}
  EXTRACT(YEAR FROM d) → integer group: year extracted from the {d}
  EXTRACT(MONTH FROM d) → integer group: month extracted from the {d}
  ADDTIME(t, '01:00:00') → timestamp: {t} plus one hour | one hour after the {t}
  SUBTIME(t, '01:00:00') → timestamp: {t} minus one hour | one hour before the {t}
  ADD_MONTHS(d, {number}) → date: {d} moved on by {number} months | {d} pushed back by {number} months
  CONVERT_TZ(t, '+00:00', '+02:00') → timestamp: {t} in the time zone two hours ahead | {t} converted from UTC to UTC plus two hours
  FROM_DAYS(TO_DAYS(d) + {number}) → date: {d} counted on by {number} days in day numbers
  FROM_UNIXTIME(UNIX_TIMESTAMP(t)) → timestamp: {t} taken through Unix time
  MAKEDATE(YEAR(d), 1) → date group: first day of the year of the {d} | New Year of the {d}
  MAKETIME(HOUR(t), 0, 0) → time group: full hour of the {t} | time of day of the {t} cut to the hour
  MICROSECOND(t) → integer: microseconds of the {t}
  STR_TO_DATE(DATE_FORMAT(d, '%Y-%m-01'), '%Y-%m-%d') → date group: first day of the month of the {d} | month start of the {d}
  TIMEDIFF(t1, t2) → time: time from the {t2} to the {t1} | hours, minutes and seconds between the {t2} and the {t1}
  TIME_FORMAT(t, '%H:%i') → text: {t} as hour and minute | hour and minute of the {t}
  TIME_TO_SEC(TIME(t)) → integer: seconds since midnight of the {t} | {t} as seconds of its day
  TO_CHAR(d, 'YYYY/MM') → text group: year and month of the {d} with a slash | {d} as year/month
  PERIOD_DIFF(DATE_FORMAT(d1, '%Y%m'), DATE_FORMAT(d2, '%Y%m')) → integer: number of months from the {d2} to the {d1} | months between the {d2} and
      the {d1}
  PERIOD_ADD(DATE_FORMAT(d, '%Y%m'), {number}) → integer: year and month that is {number} months after the {d}
`);

const text = phraseLines(`
  CHAR_LENGTH(s) → integer filter=number: number of characters in the {s} | character count of the {s}
  LENGTH(s) → integer filter=number: number of bytes of the {s} | length of the {s} in bytes
  OCTET_LENGTH(s) → integer: octets of the {s} | octet length of the {s}
  BIT_LENGTH(s) → integer: number of bits of the {s} | length of the {s} in bits
  LEFT(s, {number}) → text group: first {number} characters of the {s} | leading {number} letters of the {s}
  RIGHT(s, {number}) → text group: last {number} characters of the {s} | final {number} letters of the {s}
  SUBSTRING_INDEX(s, {text}, {number}) → text: {s} up to occurrence {number} of {text}
  LOCATE({infix}, s) > 0 → boolean predicate: {infix} occurs in the {s} | {infix} is found in the {s}
  LOCATE({infix}, s) → integer: position of {infix} in the {s} | where {infix} first occurs in the {s}
  INSTR(s, {infix}) → integer: index of {infix} within the {s} | place of {infix} within the {s}
  REPLACE(s, {text1}, {text2}) → text: {s} with every {text1} replaced by {text2} | {s} where {text1} becomes {text2}
  REVERSE(s) → text: {s} read backwards | {s} reversed
  TRIM(s) → text: {s} without surrounding spaces | trimmed {s}
  LTRIM(s) → text: {s} without leading spaces | {s} trimmed on the left
  RTRIM(s) → text: {s} without trailing spaces | {s} trimmed on the right
  LPAD(s, {number}, {text}) → text: {s} padded on the left to {number} characters with {text}
  RPAD(s, {number}, {text}) → text: {s} padded on the right to {number} characters with {text}
  CONCAT(s1, {text}, s2) → text: {s1} followed by {text} and the {s2}
  CONCAT_WS({text}, s1, s2) → text: {s1} and the {s2} joined by {text} | {s1} and the {s2} with {text} between them
  UCASE(s) → text: {s} upper-cased
  LCASE(s) → text: {s} lower-cased
  SOUNDEX(s) → text group: sound code of the {s} | Soundex of the {s}
  HEX(s) → text: {s} in hexadecimal | hex form of the {s}
  MD5(s) → text: MD5 hash of the {s} | {s} hashed by MD5
  SHA1(s) → text: SHA-1 hash of the {s} | {s} hashed by SHA-1
  SHA2(s, 256) → text: SHA-256 hash of the {s} | {s} hashed by SHA-256
  CRC32(s) → integer: CRC-32 checksum of the {s} | checksum of the {s}
  TO_BASE64(s) → text: {s} in Base64 | Base64 form of the {s}
  ASCII(s) → integer: character code of the first letter of the {s}
  ORD(s) → integer: ordinal of the first character of the {s}
  REPEAT(s, {number}) → text: {s} repeated {number} times | {s} written {number} times in a row
  FIELD(s, {existing1}, {existing2}) → integer: place of the {s} in the list {existing1}, {existing2}
  s REGEXP {prefix} → boolean predicate: {s} matches the pattern {prefix} | {s} fits the regular expression {prefix}
  REGEXP_INSTR(s, {infix}) → integer: position of the pattern {infix} in the {s}
  REGEXP_REPLACE(s, '[aeiou]', {text}) → text: {s} with each vowel replaced by {text}
  REGEXP_SUBSTR(s, '[0-9]+') → text: first number inside the {s} | first digits found in the {s}
  QUOTE(s) → text: {s} as an SQL literal | quoted literal of the {s}
  MID(s, {number1}, {number2}) → text: {number2} characters of the {s} from position {number1}
  SUBSTRING(s, {number1}, {number2}) → text: substring of the {s} from position {number1} of length {number2}
  SUBSTR(s, {number}) → text: {s} from character {number} on | part of the {s} starting at position {number}
  CHARACTER_LENGTH(s) → integer filter=number: how many characters the {s} has
  ELT({number}, s1, s2) → text: number {number} of the {s1} and the {s2}
  FIND_IN_SET(s, {text}) > 0 → boolean predicate statement: {s} stands in the comma-separated list {text}
  STRCMP(s1, s2) → integer: alphabetical comparison of the {s1} with the {s2} | order of the {s1} against the {s2}
  CONCAT(s, SPACE({number})) → text: {s} followed by {number} spaces
  NATURAL_SORT_KEY(s) → text: natural sort key of the {s} | key that sorts the {s} naturally
  SFORMAT('{} ({})', s1, s2) → text: {s1} with the {s2} in parentheses | {s1} followed by the {s2} in parentheses
  POSITION({infix} IN s) → integer: first position of {infix} in the {s}
  CRC32C(s) → integer: CRC-32C checksum of the {s}
  FROM_BASE64(TO_BASE64(s)) → text: {s} coded in Base64 and back
  UNHEX(HEX(s)) → text: {s} turned into hexadecimal and back
  COLLATION(s) → text: collation of the {s} | name of the collation of the {s}
  INSERT(s, 1, {number}, {text}) → text: {s} with its first {number} characters replaced by {text}
`);

const numbers = phraseLines(`
  CEILING(n) → number: {n} rounded up | next whole number above the {n}
  CEIL(n) → number: ceiling of the {n}
  FLOOR(n) → number: {n} rounded down | whole number below the {n}
  TRUNCATE(n, {number}) → number: {n} cut to {number} decimals | {n} truncated to {number} decimals
  FORMAT(n, {number}) → text: {n} with thousands separators and {number} decimals
  SIGN(n) → integer: sign of the {n}
  SQRT(n) → number: square root of the {n} | root of the {n}
  POW(n, {number}) → number: {n} to the power of {number} | {n} raised to the power {number}
  POWER(n, {number}) → number: power {number} of the {n}
  MOD(n, {number}) → number: remainder of the {n} divided by {number} | {n} modulo {number}
  LN(n + 1) → number: natural logarithm of the {n} plus 1 | natural log of the {n} plus 1
  LOG2(n + 1) → number: base-2 logarithm of the {n} plus 1
  LOG10(n + 1) → number: base-10 logarithm of the {n} plus 1
  RADIANS(n) → number: {n} in radians | {n} converted from degrees to radians
  DEGREES(n) → number: {n} in degrees | {n} converted from radians to degrees
  BIN(i) → text: {i} in binary | binary digits of the {i}
  OCT(i) → text: {i} in octal | octal digits of the {i}
  BIT_COUNT(i) → integer: number of set bits of the {i}
  CONV(i, 10, 16) → text: {i} converted from base 10 to base 16
  SEC_TO_TIME(i) → time: {i} seconds as a time of day | {i} read as seconds in hours, minutes and seconds
  SIN(n) → number: sine of the {n}
  COS(n) → number: cosine of the {n}
  TAN(n) → number: tangent of the {n}
  COT(n + 1) → number: cotangent of the {n} plus 1
  ATAN(n) → number: arc tangent of the {n} | inverse tangent of the {n}
  ATAN2(n1, n2) → number: angle of the {n1} over the {n2} | arc tangent of the {n1} over the {n2}
  ASIN(SIN(n)) → number: arc sine of the sine of the {n}
  ACOS(COS(n)) → number: arc cosine of the cosine of the {n}
  EXP(SIGN(n)) → number: exponential of the sign of the {n}
  LOG(2, n + 1) → number: logarithm of the {n} plus 1 to base 2
  PI() * n → number: {n} times pi | product of pi and the {n}
  GREATEST(n, {number}) → number: greater of the {n} and {number} | {n}, but at least {number}
  LEAST(n, {number}) → number: smaller of the {n} and {number} | {n}, but at most {number}
  INET_NTOA(i) → text: {i} as an IPv4 address | IPv4 address with the number {i}
  INET_ATON(INET_NTOA(i)) → integer: number of the IPv4 address of the {i}
  n DIV {number} → integer group: whole quotient of the {n} and {number} | how many times {number} goes into the {n}
`);

const choices = phraseLines(`
  IFNULL(s, {text}) → text: {s}, or {text} if it is missing | {s} with missing values shown as {text}
  NVL(s, {text}) → text: {s} defaulting to {text}
  NVL2(x, {text1}, {text2}) → text group: {text1} where the {x} is known, else {text2}
  IF(n > {threshold}, {text1}, {text2}) → text group: {text1} if the {n} is above {threshold}, otherwise {text2}
  x <=> NULL → boolean predicate: {x} is null-safely equal to nothing
`);

const aggregates = phraseLines(`
  GROUP_CONCAT(DISTINCT x) → text aggregate: comma-separated list of the different {x} | different {x} values joined by commas
  GROUP_CONCAT(x) → text aggregate: comma-separated list of the {x} | {x} values joined by commas
  STDDEV_SAMP(n) → number aggregate: sample standard deviation of the {n}
  STDDEV_POP(n) → number aggregate: population standard deviation of the {n}
  STDDEV(n) → number aggregate: standard deviation of the {n}
  VAR_SAMP(n) → number aggregate: sample variance of the {n}
  VAR_POP(n) → number aggregate: population variance of the {n}
  VARIANCE(n) → number aggregate: variance of the {n}
  BIT_OR(i) → integer aggregate: bitwise or of all {i} values
  BIT_AND(i) → integer aggregate: bitwise and of all {i} values
  BIT_XOR(i) → integer aggregate: bitwise exclusive or of all {i} values
  MEDIAN(n) → number window: median {n} | median of the {n} | middle {n}
  JSON_ARRAYAGG(x) → json aggregate: JSON array of the {x} | {x} values as a JSON array
  JSON_OBJECTAGG(s, x) → json aggregate: JSON object with the {s} as keys and the {x} as values
  GROUP_CONCAT(x SEPARATOR {text}) → text aggregate: list of the {x} joined by {text} | {x} values joined with {text}
`);

const json = phraseLines(`
  JSON_VALUE(j, {path}) → other group: {path} in the {j} | {path} of the {j}
  JSON_EXTRACT(j, {path}) → json: JSON at {path} of the {j} | raw JSON {path} of the {j}
  JSON_UNQUOTE(JSON_EXTRACT(j, {path})) → other group: unquoted {path} of the {j}
  JSON_LENGTH(j) → integer filter=count: number of elements in the {j} | number of {j}
  JSON_KEYS(j) → json: keys of the {j} | list of the keys of the {j}
  JSON_TYPE(j) → text group: JSON type of the {j} | kind of JSON value in the {j}
  JSON_DEPTH(j) → integer: depth of the {j} | nesting depth of the JSON {j}
  JSON_VALID(j) → boolean predicate: {j} is valid JSON | {j} holds well-formed JSON
  JSON_ARRAY(x1, x2) → json: JSON array of the {x1} and the {x2}
  JSON_OBJECT({text1}, x1, {text2}, x2) → json: JSON object with {text1} for the {x1} and {text2} for the {x2}
  JSON_QUERY(j, {path}) → json under=array: object or array at {path} of the {j}
  JSON_EXISTS(j, {path}) → boolean predicate: {j} has something at {path} | there is a value at {path} of the {j}
  JSON_CONTAINS_PATH(j, 'one', {path}) → boolean predicate: {j} contains the path {path}
  JSON_SET(j, '$.checked', 1) → json: {j} with checked set to 1 | {j} after setting checked to 1
  JSON_INSERT(j, '$.checked', 1) → json: {j} with checked inserted as 1 | {j} after adding checked as 1 where it lacks
  JSON_REPLACE(j, {path}, 1) → json: {j} with {path} replaced by 1
  JSON_REMOVE(j, {path}) → json: {j} without {path} | {j} after removing {path}
  JSON_MERGE_PATCH(j, JSON_OBJECT('checked', 1)) → json: {j} patched with checked as 1
  JSON_MERGE_PRESERVE(j, JSON_OBJECT('checked', 1)) → json: {j} merged with checked as 1
  JSON_QUOTE(s) → text: {s} as a JSON string | JSON string of the {s}
  JSON_ARRAY_APPEND(j, '$', 1) → json: {j} with 1 appended | {j} with 1 added at its end
  JSON_EQUALS(j, '[]') → boolean predicate: {j} equals an empty JSON array | {j} is an empty JSON array
  JSON_CONTAINS(j, {text}) → boolean predicate statement: {j} contains {text} as JSON
`);

/** How MariaDB's own functions and operators read in English. */
export const mariadbPhrases: DialectPhrases = {
  patternNotes: { LIKE: '' },
  phrases: [...dates, ...text, ...numbers, ...choices, ...aggregates, ...json],
};
