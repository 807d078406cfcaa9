import { phraseLines } from '../../phrase-lines.js';

/** Aggregates and window functions beyond the usual. */
export const aggregatePhrases = phraseLines(`
  BIT_AND(i) → integer aggregate: bitwise and of all the {i} | bits that all the {i} share
  BIT_OR(i) → integer aggregate: bitwise or of all the {i} | bits that any {i} has
  BIT_XOR(i) → integer aggregate: bitwise exclusive or of all the {i} | xor over the {i}
  LOGICAL_AND(b) → boolean aggregate: whether all are {b} | logical and of the {b}
  LOGICAL_OR(b) → boolean aggregate: whether any is {b} | logical or of the {b}
  LOGICAL_AND(n > 0) → boolean aggregate: whether every {n} is above 0 | whether all the {n} exceed 0
  LOGICAL_OR(n > 100) → boolean aggregate: whether any {n} is above 100 | whether some {n} exceeds 100
  VAR_POP(n) → number aggregate: population variance of the {n} | {n} population variance
  VAR_SAMP(n) → number aggregate: sample variance of the {n} | {n} sample variance
  VARIANCE(n) → number aggregate: variance of the {n} | {n} variance
  STDDEV_POP(n) → number aggregate: population standard deviation of the {n} | {n} population standard deviation
  STDDEV_SAMP(n) → number aggregate: sample standard deviation of the {n} | {n} sample standard deviation
  COVAR_POP(n1, n2) → number aggregate: population covariance of the {n1} and the {n2} | how the {n1} and the {n2} vary together in the population
  COVAR_SAMP(n1, n2) → number aggregate: sample covariance of the {n1} and the {n2} | how the {n1} and the {n2} vary together in the sample
  ARRAY_CONCAT_AGG(a) → array aggregate: all the {a} joined into one array | one array of the elements of all the {a}
  COUNTIF(n > 0) → integer aggregate: number of rows whose {n} is above 0 | how often the {n} exceeds 0
  PERCENTILE_DISC(n, 0.5) → number window: discrete 0.5 percentile of the {n} | actual {n} value at the 0.5 percentile
  PERCENTILE_DISC(n, 0.9) → number window: discrete 0.9 percentile of the {n} | actual {n} value at the 0.9 percentile
  PERCENTILE_CONT(n, 0.9) → number window: interpolated 0.9 percentile of the {n} | continuous 0.9 percentile of the {n}
  GROUPING(x) → integer aggregate statement: mark of the totals over the {x} | 1 in totals over the {x} and 0 elsewhere
`);
