import { phraseLines } from '../../phrase-lines.js';

/** Numbers, and what compares them. */
export const numbersPhrases = phraseLines(`
  CBRT(n) → number: cube root of the {n} | third root of the {n}
  POW(n, {number}) → number: {n} raised to {number} | power {number} of the {n}
  CEILING(n) → number: ceiling of the {n} | least whole number not below the {n}
  LN(GREATEST(n, 1)) → number: natural logarithm of the {n} taken as 1 where it is less | natural log of the {n}, counted as no less than 1
  LOG10(GREATEST(n, 1)) → number: decimal logarithm of the {n} taken as 1 where it is less | base-10 logarithm of the {n}, counted as no less than 1
  LOG({number}, GREATEST(n, 1)::numeric) → number: logarithm to base {number} of the {n} taken as 1 where it is less | base-{number} logarithm of the
      {n}, counted as no less than 1
  LCM(i, {number}) → integer: least common multiple of the {i} and {number} | smallest multiple of both the {i} and {number}
  FACTORIAL(i % 10) → number: factorial of the last digit of the {i} | product of the whole numbers from 1 to the last digit of the {i}
  GAMMA(1.0 + i % 10) → number: gamma function of 1 plus the last digit of the {i} | gamma value at the last digit of the {i} plus 1
  LGAMMA(GREATEST(n, 1)) → number: logarithm of the gamma function of the {n} taken as 1 where it is less | log-gamma of the {n}, counted as no less than 1
  ERF(n / 1000) → number: error function of a thousandth of the {n} | erf of the {n} divided by 1000
  ERFC(n / 1000) → number: complementary error function of a thousandth of the {n} | erfc of the {n} divided by 1000
  SCALE(n::numeric) → integer group: number of decimals of the {n} | scale of the {n}
  MIN_SCALE(n::numeric) → integer group: number of decimals that the {n} needs | least scale that keeps the {n} exact
  TRIM_SCALE(n::numeric) → number: {n} without zeros at the end of its decimals | {n} with trailing zeros dropped
  DEGREES(n) → number: {n} converted from radians to degrees | degrees in the {n} taken as radians
  RADIANS(n) → number: {n} converted from degrees to radians | radians in the {n} taken as degrees
  n * PI() → number: {n} times pi | {n} multiplied by pi
  SIN(RADIANS(n)) → number: sine of the {n} in degrees, by way of radians | sine of the {n} after turning degrees into radians
  SIN(n) → number: sine of the {n} | sine of the {n} in radians
  COS(n) → number: cosine of the {n} | cosine of the {n} in radians
  TAN(n) → number: tangent of the {n} | tangent of the {n} in radians
  COT(n + 1) → number: cotangent of the {n} plus 1 | cotangent of 1 more than the {n}
  SIND(n) → number: sine of the {n} taken as degrees | sine of {n} degrees
  COSD(n) → number: cosine of the {n} taken as degrees | cosine of {n} degrees
  TAND(n) → number: tangent of the {n} taken as degrees | tangent of {n} degrees
  COTD(n + 1) → number: cotangent of the {n} plus 1 taken as degrees | cotangent of 1 degree more than the {n}
  ASIN(SIN(n)) → number: arc sine of the sine of the {n} | angle in radians whose sine is that of the {n}
  ACOS(COS(n)) → number: arc cosine of the cosine of the {n} | angle in radians whose cosine is that of the {n}
  ATAN(n) → number: arc tangent of the {n} | angle in radians whose tangent is the {n}
  ATAN2(n1, n2) → number: arc tangent of the {n1} over the {n2} | angle in radians of the {n1} against the {n2}
  ASIND(SIND(n)) → number: arc sine in degrees of the sine of the {n} | angle in degrees whose sine is that of {n} degrees
  ACOSD(COSD(n)) → number: arc cosine in degrees of the cosine of the {n} | angle in degrees whose cosine is that of {n} degrees
  ATAND(n) → number: arc tangent of the {n} in degrees | angle in degrees whose tangent is the {n}
  ATAN2D(n1, n2) → number: arc tangent in degrees of the {n1} over the {n2} | angle in degrees of the {n1} against the {n2}
  SINH(n / 1000000) → number: hyperbolic sine of a millionth of the {n} | sinh of the {n} divided by 1000000
  COSH(n / 1000000) → number: hyperbolic cosine of a millionth of the {n} | cosh of the {n} divided by 1000000
  TANH(n / 1000) → number: hyperbolic tangent of a thousandth of the {n} | tanh of the {n} divided by 1000
  ASINH(n) → number: inverse hyperbolic sine of the {n} | asinh of the {n}
  ACOSH(GREATEST(n, 1)) → number: inverse hyperbolic cosine of the {n} taken as 1 where it is less | acosh of the {n}, counted as no less than 1
  ATANH(SIN(n) / 2) → number: inverse hyperbolic tangent of half the sine of the {n} | atanh of the sine of the {n} divided by 2
  ROUND(n, {number}) → number statement: {n} rounded to {number} places | exact {n} at {number} decimals
  GREATEST(n, {number}) → number: greater of the {n} and {number} | {n}, but at least {number} | larger of the {n} and {number}
  LEAST(n, {number}) → number: smaller of the {n} and {number} | {n}, but at most {number} | lesser of the {n} and {number}
  ROUND(n::numeric, {number}) → number: {n} rounded to {number} decimals | {n} to {number} decimal places | {n} with {number} decimals
  CEIL(n) → number: {n} rounded up | {n} rounded up to a whole number | next whole number above the {n}
  FLOOR(n) → number: {n} rounded down | {n} rounded down to a whole number | whole number below the {n}
  TRUNC(n) → number: {n} without its decimals | {n} cut to a whole number | truncated {n}
  TRUNC(n::numeric, {number}) → number: {n} cut off after {number} decimals
  SIGN(n) → number: sign of the {n}
  SQRT(n) → number: square root of the {n} | root of the {n}
  POWER(n, {number}) → number: {n} to the power of {number} | {n} raised to the power {number}
  MOD(i, {number}) → integer: remainder of the {i} divided by {number} | {i} modulo {number}
  DIV(i, {number}) → number: whole number of times {number} fits into the {i} | integer division of the {i} by {number}
  LN(n) → number: natural logarithm of the {n} | natural log of the {n}
  LOG(n) → number: logarithm to base 10 of the {n} | base-10 log of the {n}
  EXP(n) → number statement: exponential of the {n} | e to the power of the {n}
  GCD(i, {number}) → integer: greatest common divisor of the {i} and {number}
  WIDTH_BUCKET(n, {number1}, {number2}, {number3}) → integer group: bucket of the {n} out of {number3} equal buckets between {number1} and {number2}
`);
