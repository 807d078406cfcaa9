import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Numbers. */
export const numberPhrases: Phrase[] = [
  { sql: 'ceiling(n)', returns: 'number', says: ['ceiling of the {n}', 'ceiling value of the {n}'] },
  { sql: 'pow(n, 2)', returns: 'number', says: ['square of the {n}', 'squared {n}'] },
  { sql: 'pow(n, 3)', returns: 'number', says: ['cube of the {n}', 'cubed {n}'] },
  { sql: 'log(n)', returns: 'number', says: ['common logarithm of the {n}', 'decimal logarithm of the {n}'] },
  { sql: 'log2(n)', returns: 'number', says: ['binary logarithm of the {n}', 'base-2 logarithm of the {n}'] },
  {
    sql: 'log({number}, n)',
    returns: 'number',
    says: ['logarithm of the {n} to the base {number}', 'logarithm with base {number} of the {n}'],
  },
  {
    sql: 'ceil(n)',
    returns: 'number',
    says: ['{n} rounded up', '{n} rounded up to a whole number', 'next whole number above the {n}'],
  },
  {
    sql: 'floor(n)',
    returns: 'number',
    says: ['{n} rounded down', '{n} rounded down to a whole number', 'whole number below the {n}'],
  },
  {
    sql: 'trunc(n)',
    returns: 'number',
    says: ['{n} without its decimals', '{n} cut to a whole number', 'truncated {n}'],
  },
  { sql: 'sign(n)', returns: 'integer', says: ['sign of the {n}', 'whether-positive sign of the {n}'] },
  { sql: 'sqrt(n)', returns: 'number', says: ['square root of the {n}', 'root of the {n}'] },
  {
    sql: 'power(n, {number})',
    returns: 'number',
    says: ['{n} to the power of {number}', '{n} raised to the power {number}'],
  },
  {
    sql: 'mod(n, {number})',
    returns: 'number',
    says: ['remainder of the {n} divided by {number}', '{n} modulo {number}'],
  },
  { sql: 'ln(n)', returns: 'number', says: ['natural logarithm of the {n}', 'natural log of the {n}'] },
  { sql: 'log10(n)', returns: 'number', says: ['logarithm to base 10 of the {n}', 'base-10 log of the {n}'] },
  {
    sql: 'exp(n)',
    idiomOnly: true,
    returns: 'number',
    says: ['exponential of the {n}', 'e to the power of the {n}'],
  },
  {
    sql: 'max(n, {number})',
    returns: 'number',
    says: ['greater of the {n} and {number}', '{n}, but at least {number}'],
  },
  {
    sql: 'min(n, {number})',
    returns: 'number',
    says: ['smaller of the {n} and {number}', '{n}, but at most {number}'],
  },
];
