import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

const rounding = phraseLines(`
  round(n, {number}) → number: {n} rounded to {number} decimals | rounded {n} with {number} decimals | {n} to {number} decimal places
  round_even(n, {number}) → number: {n} rounded half to even to {number} decimals | {n} by banker's rounding to {number} decimals
  ceil(n) → number: {n} rounded up | next whole number from the {n} up | {n} rounded up to a whole number
  floor(n) → number: {n} rounded down | next whole number below the {n} | {n} rounded down to a whole number
  trunc(n) → number: {n} cut off to a whole number | whole part of the {n} | {n} without its decimals
  even(n) → number: {n} rounded away from zero to an even number | next even number from the {n} on
  n::INTEGER → integer: {n} as a whole number | {n} converted to a whole number
  n::VARCHAR → text: {n} as text | {n} turned into text
  n::DECIMAL(10, 1) → number: {n} as a decimal with 10 digits, 1 of them behind the point | {n} converted to a decimal (10, 1)
  TRY_CAST(s AS INTEGER) → integer: {s} as a whole number where it is one | {s} converted to a whole number if possible
  TRY_CAST(s AS DOUBLE) → number: {s} as a number where it is one | {s} converted to a number if possible
  TRY_CAST(s AS DATE) → date: {s} as a date where it is one | {s} converted to a date if possible
`);

const arithmetic = phraseLines(`
  abs(n1 - n2) → number: absolute difference between the {n1} and the {n2} | distance between the {n1} and the {n2}
  sign(n) → number: sign of the {n} | {n} sign, -1, 0 or 1
  signbit(n::DOUBLE) → boolean: whether the {n} has its sign bit set | sign bit of the {n}
  sqrt(n) → number: square root of the {n} | root of the {n}
  cbrt(n) → number: cube root of the {n} | third root of the {n}
  power(n, {number}) → number: {n} to the power of {number} | {n} raised to {number}
  n ** 2 → number: {n} squared, to the power 2 | square of the {n}, that is power 2
  mod(i, {number}) → integer group: remainder of the {i} divided by {number} | {i} modulo {number} | rest of the {i} after division by {number}
  fmod(n, {number}) → number: floating-point remainder of the {n} divided by {number} | {n} modulo {number} with decimals
  i // {number} → integer group: {i} divided by {number} without the rest | whole quotient of the {i} and {number}
  fdiv(n, {number}) → number: {n} divided by {number} and rounded down | floor quotient of the {n} and {number}
  ln(n + 1) → number: natural logarithm of the {n} plus 1 | natural log of the {n} plus 1
  ln(n) → number: natural logarithm of the {n} | natural log of the {n}
  log(n) → number: common logarithm of the {n} | base-ten logarithm of the {n}
  log10(n) → number: logarithm to base 10 of the {n} | base-10 log of the {n}
  log2(n) → number: logarithm to base 2 of the {n} | binary logarithm of the {n}
  exp(n / {number}) → number: e to the power of the {n} divided by {number} | exponential of the {n} divided by {number}
  exp(-n) → number: e to the power of the negative {n} | exponential decay of the {n}
  factorial(i % 10) → number: factorial of the remainder of the {i} by 10 | factorial of the {i} modulo 10
  gcd(i, {number}) → integer: greatest common divisor of the {i} and {number} | greatest number that divides both the {i} and {number}
  lcm(i, {number}) → integer: least common multiple of the {i} and {number} | smallest multiple that the {i} and {number} share
  xor(i, {number}) → integer: bitwise exclusive or of the {i} and {number} | {i} xor {number}
  bit_count(i) → integer: number of bits set in the {i} | count of binary ones in the {i}
  bin(i) → text: {i} in binary | binary digits of the {i} | binary form of the {i}
  to_base(i, {number}) → text: {i} written to base {number} | digits of the {i} in base {number}
  to_base(i, 16) → text: {i} written to base 16 | digits of the {i} in base 16
  hex(i) → text: {i} in hexadecimal digits | hexadecimal number of the {i}
  format_bytes(i) → text: {i} as a size in bytes | {i} written as bytes that people can read
  formatReadableDecimalSize(i) → text: {i} as a decimal size in kilobytes | {i} written as a readable decimal size
  greatest(n, {number}) → number: greater of the {n} and {number} | {n}, but at least {number}
  least(n, {number}) → number: lesser of the {n} and {number} | {n}, but at most {number}
  greatest(n1, n2) → number: greater of the {n1} and the {n2} | larger one of the {n1} and the {n2}
  least(n1, n2) → number: lesser of the {n1} and the {n2} | smaller one of the {n1} and the {n2}
  nullif(n, 0) → number: {n} with 0 taken as missing | {n}, nothing where it is 0
  ifnull(n, 0) → number: {n}, 0 where it is missing | {n} with 0 in place of a missing value
  ifnull(s, {text}) → text: {s}, {text} where it is missing | {s} with {text} in place of a missing value
`);

const trigonometry = phraseLines(`
  sin(n) → number: sine of the {n} | {n} sine
  cos(n) → number: cosine of the {n} | {n} cosine
  tan(n) → number: tangent of the {n} | {n} tangent
  cot(n) → number: cotangent of the {n} | {n} cotangent
  atan(n) → number: arctangent of the {n} | {n} arctangent
  asinh(n) → number: inverse hyperbolic sine of the {n} | {n} inverse hyperbolic sine
  tanh(n) → number: hyperbolic tangent of the {n} | {n} hyperbolic tangent
  atan2(n1, n2) → number: two-argument arctangent of the {n1} and the {n2} | angle of the point with the {n2} and the {n1}
  radians(n) → number: {n} converted from degrees to radians | {n} in radians
  degrees(n) → number: {n} converted from radians to degrees | {n} in degrees
  n * pi() → number: {n} times pi | {n} multiplied by the number pi
`);

const tests = phraseLines(`
  isnan(n::DOUBLE) → boolean predicate: {n} is not a number | {n} is NaN
  isfinite(n::DOUBLE) → boolean predicate: {n} is a finite number | {n} is neither infinite nor NaN
  isinf(n::DOUBLE) → boolean predicate: {n} is an infinite number | {n} is infinity
  typeof(x) → text: data type of the {x} | type of the {x} in the database | name of the type that the {x} has
`);

export const numberPhrases: Phrase[] = [...rounding, ...arithmetic, ...trigonometry, ...tests];
