import { phraseLines } from '../../phrase-lines.js';

/** Angles and circles; of the inverse functions what keeps them inside their domain. */
export const trigonometryPhrases = phraseLines(`
  pi() * n * n → number: area of a circle with the {n} as its radius | area of a circle whose radius is the {n}
  2 * pi() * n → number: circumference of a circle with the {n} as its radius | circumference of a circle of radius {n}
  degrees(n) → number: {n} in degrees | {n} converted from radians to degrees
  radians(n) → number: {n} in radians | {n} converted from degrees to radians
  sin(radians(n)) → number: sine of the {n} in degrees | sine of {n} degrees
  sin(n) → number: sine of the {n} | sine of the {n} in radians
  cos(n) → number: cosine of the {n} | cosine of the {n} in radians
  tan(n) → number: tangent of the {n} | tangent of the {n} in radians
  asin(1.0 / n) → number: arc sine of 1 divided by the {n} | angle whose sine is 1 over the {n}
  acos(1.0 / n) → number: arc cosine of 1 divided by the {n} | angle whose cosine is 1 over the {n}
  atan(n) → number: arc tangent of the {n} | angle whose tangent is the {n}
  atan2(n1, n2) → number: angle of the point with x {n2} and y {n1} | two-argument arc tangent of the {n1} and the {n2}
  sinh(n / 100.0) → number: hyperbolic sine of a hundredth of the {n} | hyperbolic sine of the {n} divided by 100
  cosh(n / 100.0) → number: hyperbolic cosine of a hundredth of the {n} | hyperbolic cosine of the {n} divided by 100
  tanh(n / 100.0) → number: hyperbolic tangent of a hundredth of the {n} | hyperbolic tangent of the {n} divided by 100
  asinh(n) → number: inverse hyperbolic sine of the {n} | area hyperbolic sine of the {n}
  acosh(n + 1) → number: inverse hyperbolic cosine of the {n} plus 1 | area hyperbolic cosine of one more than the {n}
  atanh(1.0 / (n + 1)) → number: inverse hyperbolic tangent of 1 divided by one more than the {n}
`);
