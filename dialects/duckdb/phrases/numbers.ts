import type { Phrase } from '../../../core/verbalise/phrase.js';
import { predicate, reading } from './reading.js';

const rounding: Phrase[] = [
  reading(
    'round(n, {number})',
    'number',
    '{n} rounded to {number} decimals | rounded {n} with {number} decimals | {n} to {number} decimal places',
  ),
  reading(
    'round_even(n, {number})',
    'number',
    "{n} rounded half to even to {number} decimals | {n} by banker's rounding to {number} decimals",
  ),
  reading('ceil(n)', 'number', '{n} rounded up | next whole number from the {n} up | {n} rounded up to a whole number'),
  reading(
    'floor(n)',
    'number',
    '{n} rounded down | next whole number below the {n} | {n} rounded down to a whole number',
  ),
  reading('trunc(n)', 'number', '{n} cut off to a whole number | whole part of the {n} | {n} without its decimals'),
  reading('even(n)', 'number', '{n} rounded away from zero to an even number | next even number from the {n} on'),
  reading('n::INTEGER', 'integer', '{n} as a whole number | {n} converted to a whole number'),
  reading('n::VARCHAR', 'text', '{n} as text | {n} turned into text'),
  reading(
    'n::DECIMAL(10, 1)',
    'number',
    '{n} as a decimal with 10 digits, 1 of them behind the point | {n} converted to a decimal (10, 1)',
  ),
  reading(
    'TRY_CAST(s AS INTEGER)',
    'integer',
    '{s} as a whole number where it is one | {s} converted to a whole number if possible',
  ),
  reading('TRY_CAST(s AS DOUBLE)', 'number', '{s} as a number where it is one | {s} converted to a number if possible'),
  reading('TRY_CAST(s AS DATE)', 'date', '{s} as a date where it is one | {s} converted to a date if possible'),
];

const arithmetic: Phrase[] = [
  reading(
    'abs(n1 - n2)',
    'number',
    'absolute difference between the {n1} and the {n2} | distance between the {n1} and the {n2}',
  ),
  reading('sign(n)', 'number', 'sign of the {n} | {n} sign, -1, 0 or 1'),
  reading('signbit(n::DOUBLE)', 'boolean', 'whether the {n} has its sign bit set | sign bit of the {n}'),
  reading('sqrt(n)', 'number', 'square root of the {n} | root of the {n}'),
  reading('cbrt(n)', 'number', 'cube root of the {n} | third root of the {n}'),
  reading('power(n, {number})', 'number', '{n} to the power of {number} | {n} raised to {number}'),
  reading('n ** 2', 'number', '{n} squared, to the power 2 | square of the {n}, that is power 2'),
  reading(
    'mod(i, {number})',
    'integer',
    'remainder of the {i} divided by {number} | {i} modulo {number} | rest of the {i} after division by {number}',
    { group: true },
  ),
  reading(
    'fmod(n, {number})',
    'number',
    'floating-point remainder of the {n} divided by {number} | {n} modulo {number} with decimals',
  ),
  reading(
    'i // {number}',
    'integer',
    '{i} divided by {number} without the rest | whole quotient of the {i} and {number}',
    { group: true },
  ),
  reading(
    'fdiv(n, {number})',
    'number',
    '{n} divided by {number} and rounded down | floor quotient of the {n} and {number}',
  ),
  reading('ln(n + 1)', 'number', 'natural logarithm of the {n} plus 1 | natural log of the {n} plus 1'),
  reading('ln(n)', 'number', 'natural logarithm of the {n} | natural log of the {n}'),
  reading('log(n)', 'number', 'common logarithm of the {n} | base-ten logarithm of the {n}'),
  reading('log10(n)', 'number', 'logarithm to base 10 of the {n} | base-10 log of the {n}'),
  reading('log2(n)', 'number', 'logarithm to base 2 of the {n} | binary logarithm of the {n}'),
  reading(
    'exp(n / {number})',
    'number',
    'e to the power of the {n} divided by {number} | exponential of the {n} divided by {number}',
  ),
  reading('exp(-n)', 'number', 'e to the power of the negative {n} | exponential decay of the {n}'),
  reading(
    'factorial(i % 10)',
    'number',
    'factorial of the remainder of the {i} by 10 | factorial of the {i} modulo 10',
  ),
  reading(
    'gcd(i, {number})',
    'integer',
    'greatest common divisor of the {i} and {number} | greatest number that divides both the {i} and {number}',
  ),
  reading(
    'lcm(i, {number})',
    'integer',
    'least common multiple of the {i} and {number} | smallest multiple that the {i} and {number} share',
  ),
  reading('xor(i, {number})', 'integer', 'bitwise exclusive or of the {i} and {number} | {i} xor {number}'),
  reading('bit_count(i)', 'integer', 'number of bits set in the {i} | count of binary ones in the {i}'),
  reading('bin(i)', 'text', '{i} in binary | binary digits of the {i} | binary form of the {i}'),
  reading('to_base(i, {number})', 'text', '{i} written to base {number} | digits of the {i} in base {number}'),
  reading('to_base(i, 16)', 'text', '{i} written to base 16 | digits of the {i} in base 16'),
  reading('hex(i)', 'text', '{i} in hexadecimal digits | hexadecimal number of the {i}'),
  reading('format_bytes(i)', 'text', '{i} as a size in bytes | {i} written as bytes that people can read'),
  reading(
    'formatReadableDecimalSize(i)',
    'text',
    '{i} as a decimal size in kilobytes | {i} written as a readable decimal size',
  ),
  reading('greatest(n, {number})', 'number', 'greater of the {n} and {number} | {n}, but at least {number}'),
  reading('least(n, {number})', 'number', 'lesser of the {n} and {number} | {n}, but at most {number}'),
  reading('greatest(n1, n2)', 'number', 'greater of the {n1} and the {n2} | larger one of the {n1} and the {n2}'),
  reading('least(n1, n2)', 'number', 'lesser of the {n1} and the {n2} | smaller one of the {n1} and the {n2}'),
  reading('nullif(n, 0)', 'number', '{n} with 0 taken as missing | {n}, nothing where it is 0'),
  reading('ifnull(n, 0)', 'number', '{n}, 0 where it is missing | {n} with 0 in place of a missing value'),
  reading('ifnull(s, {text})', 'text', '{s}, {text} where it is missing | {s} with {text} in place of a missing value'),
];

const trigonometry: Phrase[] = [
  ...(
    [
      ['sin', 'sine'],
      ['cos', 'cosine'],
      ['tan', 'tangent'],
      ['cot', 'cotangent'],
      ['atan', 'arctangent'],
      ['asinh', 'inverse hyperbolic sine'],
      ['tanh', 'hyperbolic tangent'],
    ] as const
  ).map(([name, word]) => reading(`${name}(n)`, 'number', `${word} of the {n} | {n} ${word}`)),
  reading(
    'atan2(n1, n2)',
    'number',
    'two-argument arctangent of the {n1} and the {n2} | angle of the point with the {n2} and the {n1}',
  ),
  reading('radians(n)', 'number', '{n} converted from degrees to radians | {n} in radians'),
  reading('degrees(n)', 'number', '{n} converted from radians to degrees | {n} in degrees'),
  reading('n * pi()', 'number', '{n} times pi | {n} multiplied by the number pi'),
];

const tests: Phrase[] = [
  predicate('isnan(n::DOUBLE)', '{n} is not a number | {n} is NaN'),
  predicate('isfinite(n::DOUBLE)', '{n} is a finite number | {n} is neither infinite nor NaN'),
  predicate('isinf(n::DOUBLE)', '{n} is an infinite number | {n} is infinity'),
  reading(
    'typeof(x)',
    'text',
    'data type of the {x} | type of the {x} in the database | name of the type that the {x} has',
  ),
];

export const numberPhrases: Phrase[] = [...rounding, ...arithmetic, ...trigonometry, ...tests];
