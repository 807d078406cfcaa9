import { phraseLines } from '../../phrase-lines.js';

/** Mathematics, safe arithmetic and bits. */
export const numberPhrases = phraseLines(`
  CBRT(n) → number: cube root of the {n} | third root of the {n}
  POW(n, 2) → number: {n} to the power of 2 | second power, exponent 2, of the {n}
  LOG(ABS(n) + 1, 2) → number: base 2 logarithm of 1 plus the absolute {n} | log2 of 1 more than the absolute {n}
  IEEE_DIVIDE(n1, n2) → number: {n1} divided by the {n2} with infinity where that is zero | IEEE quotient of the {n1} and the {n2}
  SAFE_ADD(n1, n2) → number: {n1} plus the {n2}, nothing on overflow | safe sum of the {n1} and the {n2}
  SAFE_SUBTRACT(n1, n2) → number: {n1} less the {n2}, nothing on overflow | safe difference of the {n1} and the {n2}
  SAFE_MULTIPLY(n1, n2) → number: {n1} times the {n2}, nothing on overflow | safe product of the {n1} and the {n2}
  SAFE_NEGATE(n) → number: safely negated {n} | {n} with the sign turned, nothing on overflow
  SAFE.SQRT(n) → number: square root of the {n} where there is one | square root of the {n}, nothing where it fails
  SAFE.LN(n) → number: natural logarithm of the {n} where there is one | natural log of the {n}, nothing where it fails
  IS_NAN(CAST(n AS FLOAT64)) → boolean: whether the {n} is not a number | NaN test of the {n}
  IS_INF(CAST(n AS FLOAT64)) → boolean: whether the {n} is infinite | infinity test of the {n}
  RANGE_BUCKET(n, [10, 100, 1000]) → integer group: bucket of the {n} with the bounds 10, 100 and 1000 | {n} bucket among 10, 100 and 1000
  RANGE_BUCKET(n, [1, 5, 20]) → integer group: bucket of the {n} with the bounds 1, 5 and 20 | {n} bucket among 1, 5 and 20
  BIT_COUNT(i) → integer group: number of bits set in the {i} | set bits of the {i} | how many bits the {i} has set
  SIN(n) → number statement: sine of the {n} | {n} sine
  COS(n) → number statement: cosine of the {n} | {n} cosine
  TAN(n) → number statement: tangent of the {n} | {n} tangent
  COT(ABS(n) + 1) → number statement: cotangent of the absolute {n} plus 1 | cot of 1 more than the absolute {n}
  SEC(n) → number statement: secant of the {n} | {n} secant
  CSC(ABS(n) + 1) → number statement: cosecant of the absolute {n} plus 1 | csc of 1 more than the absolute {n}
  SINH(LN(ABS(n) + 1)) → number statement: hyperbolic sine of the logarithm of the absolute {n} plus 1 | sinh of the logarithm of 1 more than the absolute {n}
  COSH(LN(ABS(n) + 1)) → number statement: hyperbolic cosine of the logarithm of the absolute {n} plus 1 | cosh of the logarithm of 1 more than the absolute {n}
  TANH(n / 100) → number statement: hyperbolic tangent of a 100th of the {n} | tanh of the {n} over 100
  COTH(ABS(n) + 1) → number statement: hyperbolic cotangent of the absolute {n} plus 1 | coth of 1 more than the absolute {n}
  SECH(LN(ABS(n) + 1)) → number statement: hyperbolic secant of the logarithm of the absolute {n} plus 1 | sech of the logarithm of 1 more than the absolute {n}
  CSCH(LN(ABS(n) + 2)) → number statement: hyperbolic cosecant of the logarithm of the absolute {n} plus 2 | csch of the logarithm of 2 more than the absolute {n}
  ASIN(1 / (ABS(n) + 1)) → number statement: arc sine of 1 over the absolute {n} plus 1 | inverse sine of 1 by the absolute {n} plus 1
  ACOS(1 / (ABS(n) + 1)) → number statement: arc cosine of 1 over the absolute {n} plus 1 | inverse cosine of 1 by the absolute {n} plus 1
  ATAN(n) → number statement: arc tangent of the {n} | inverse tangent of the {n}
  ATAN2(n1, n2) → number statement: angle between the {n2} and {n1} axes | arc tangent of the {n1} over the {n2}, quadrant kept
  ASINH(n) → number statement: inverse hyperbolic sine of the {n} | arsinh of the {n}
  ACOSH(ABS(n) + 1) → number statement: inverse hyperbolic cosine of the absolute {n} plus 1 | arcosh of 1 more than the absolute {n}
  ATANH(1 / (ABS(n) + 2)) → number statement: inverse hyperbolic tangent of 1 over the absolute {n} plus 2 | artanh of 1 by the absolute {n} plus 2
  PARSE_NUMERIC(CAST(n AS STRING)) → number statement: {n} parsed back from text as an exact number | exact number parsed from the {n} text
  PARSE_BIGNUMERIC(CAST(n AS STRING)) → number statement: {n} parsed back from text as a big exact number | big exact number parsed from the {n} text
  SAFE.EUCLIDEAN_DISTANCE([CAST(n1 AS FLOAT64), 0.0], [CAST(n2 AS FLOAT64), 1.0]) → number statement: Euclidean distance between the points of the {n1} with 0.0 and of the {n2} with 1.0
      | straight-line distance from the {n1} and 0.0 to the {n2} and 1.0
  SAFE.COSINE_DISTANCE([CAST(n1 AS FLOAT64), 1.0], [CAST(n2 AS FLOAT64), 1.0]) → number statement: cosine distance between the vectors of the {n1} and the {n2}, each with 1.0
      | cosine distance from the {n1} and 1.0 to the {n2} and 1.0
`);
