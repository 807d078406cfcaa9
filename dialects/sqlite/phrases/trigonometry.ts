import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Angles and circles; of the inverse functions what keeps them inside their domain. */
export const trigonometryPhrases: Phrase[] = [
  {
    sql: 'pi() * n * n',
    returns: 'number',
    says: ['area of a circle with the {n} as its radius', 'area of a circle whose radius is the {n}'],
  },
  {
    sql: '2 * pi() * n',
    returns: 'number',
    says: ['circumference of a circle with the {n} as its radius', 'circumference of a circle of radius {n}'],
  },
  { sql: 'degrees(n)', returns: 'number', says: ['{n} in degrees', '{n} converted from radians to degrees'] },
  { sql: 'radians(n)', returns: 'number', says: ['{n} in radians', '{n} converted from degrees to radians'] },
  { sql: 'sin(radians(n))', returns: 'number', says: ['sine of the {n} in degrees', 'sine of {n} degrees'] },
  { sql: 'sin(n)', returns: 'number', says: ['sine of the {n}', 'sine of the {n} in radians'] },
  { sql: 'cos(n)', returns: 'number', says: ['cosine of the {n}', 'cosine of the {n} in radians'] },
  { sql: 'tan(n)', returns: 'number', says: ['tangent of the {n}', 'tangent of the {n} in radians'] },
  {
    sql: 'asin(1.0 / n)',
    returns: 'number',
    says: ['arc sine of 1 divided by the {n}', 'angle whose sine is 1 over the {n}'],
  },
  {
    sql: 'acos(1.0 / n)',
    returns: 'number',
    says: ['arc cosine of 1 divided by the {n}', 'angle whose cosine is 1 over the {n}'],
  },
  { sql: 'atan(n)', returns: 'number', says: ['arc tangent of the {n}', 'angle whose tangent is the {n}'] },
  {
    sql: 'atan2(n1, n2)',
    returns: 'number',
    says: ['angle of the point with x {n2} and y {n1}', 'two-argument arc tangent of the {n1} and the {n2}'],
  },
  {
    sql: 'sinh(n / 100.0)',
    returns: 'number',
    says: ['hyperbolic sine of a hundredth of the {n}', 'hyperbolic sine of the {n} divided by 100'],
  },
  {
    sql: 'cosh(n / 100.0)',
    returns: 'number',
    says: ['hyperbolic cosine of a hundredth of the {n}', 'hyperbolic cosine of the {n} divided by 100'],
  },
  {
    sql: 'tanh(n / 100.0)',
    returns: 'number',
    says: ['hyperbolic tangent of a hundredth of the {n}', 'hyperbolic tangent of the {n} divided by 100'],
  },
  {
    sql: 'asinh(n)',
    returns: 'number',
    says: ['inverse hyperbolic sine of the {n}', 'area hyperbolic sine of the {n}'],
  },
  {
    sql: 'acosh(n + 1)',
    returns: 'number',
    says: ['inverse hyperbolic cosine of the {n} plus 1', 'area hyperbolic cosine of one more than the {n}'],
  },
  {
    sql: 'atanh(1.0 / (n + 1))',
    returns: 'number',
    says: ['inverse hyperbolic tangent of 1 divided by one more than the {n}'],
  },
];
