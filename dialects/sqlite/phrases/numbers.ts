import { phraseLines } from '../../phrase-lines.js';

/** Numbers. */
export const numberPhrases = phraseLines(`
  ceiling(n) → number: ceiling of the {n} | ceiling value of the {n}
  pow(n, 2) → number: square of the {n} | squared {n}
  pow(n, 3) → number: cube of the {n} | cubed {n}
  log(n) → number: common logarithm of the {n} | decimal logarithm of the {n}
  log2(n) → number: binary logarithm of the {n} | base-2 logarithm of the {n}
  log({number}, n) → number: logarithm of the {n} to the base {number} | logarithm with base {number} of the {n}
  ceil(n) → number: {n} rounded up | {n} rounded up to a whole number | next whole number above the {n}
  floor(n) → number: {n} rounded down | {n} rounded down to a whole number | whole number below the {n}
  trunc(n) → number: {n} without its decimals | {n} cut to a whole number | truncated {n}
  sign(n) → integer: sign of the {n} | whether-positive sign of the {n}
  sqrt(n) → number: square root of the {n} | root of the {n}
  power(n, {number}) → number: {n} to the power of {number} | {n} raised to the power {number}
  mod(n, {number}) → number: remainder of the {n} divided by {number} | {n} modulo {number}
  ln(n) → number: natural logarithm of the {n} | natural log of the {n}
  log10(n) → number: logarithm to base 10 of the {n} | base-10 log of the {n}
  exp(n) → number statement: exponential of the {n} | e to the power of the {n}
  max(n, {number}) → number: greater of the {n} and {number} | {n}, but at least {number}
  min(n, {number}) → number: smaller of the {n} and {number} | {n}, but at most {number}
`);
