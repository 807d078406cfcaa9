import { bootstrapInterval, mean, type BootstrapOptions } from './bootstrap.js';

export interface PairedComparison {
  n: number;
  /** Mean of the first less that of the second, and its confidence interval. */
  difference: number;
  interval: [number, number];
  /** Items that only the first, and only the second, has right. */
  onlyFirst: number;
  onlySecond: number;
  /** McNemar's exact two-sided p. */
  p: number;
}

/**
 * Compares two models on the same questions, right (true) or wrong: the difference with a paired bootstrap (questions are resampled,
 * both answers together) and McNemar's exact test. Throws RangeError where the lists differ in length.
 */
export function comparePaired(
  first: readonly boolean[],
  second: readonly boolean[],
  options: BootstrapOptions = {},
): PairedComparison {
  if (first.length !== second.length) throw new RangeError('Both models must answer the same questions.');
  const differences = first.map((right, index) => Number(right) - Number(second[index]));
  const onlyFirst = differences.filter((difference) => difference === 1).length;
  const onlySecond = differences.filter((difference) => difference === -1).length;
  return {
    n: first.length,
    difference: mean(differences),
    interval: differences.length === 0 ? [-1, 1] : bootstrapInterval(differences, options),
    onlyFirst,
    onlySecond,
    p: mcnemarExact(onlyFirst, onlySecond),
  };
}

/**
 * McNemar's exact test (1947): the two-sided probability, were both models equally good, that the questions on which they differ divide
 * at least this unevenly: 2 · Σ_{i ≤ min} C(n, i) / 2ⁿ, at most 1.
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  let logCombinations = 0;
  let sum = 0;
  for (let i = 0; i <= Math.min(onlyFirst, onlySecond); i += 1) {
    if (i > 0) logCombinations += Math.log(n - i + 1) - Math.log(i);
    sum += Math.exp(logCombinations - n * Math.LN2);
  }
  return Math.min(1, 2 * sum);
}
