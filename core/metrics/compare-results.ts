import type { SqlValue } from '../database.js';
import { sameResult, type ComparisonOptions, type ResultRows } from './execution-accuracy.js';
import { keyOf } from './same-value.js';

/** How two results are compared: ours, that of Spider's test-suite evaluation, or BIRD's. */
export const comparisonRules = ['dialectic', 'spider', 'bird'] as const;
export type ComparisonRule = (typeof comparisonRules)[number];

/**
 * Whether a prediction's result is the gold's by a rule:
 * - `dialectic`: as `sameResult` says, numbers by tolerance.
 * - `spider`: the same with every value exactly (Zhong, Yu, Klein 2020: some order of columns gives the same bag of rows, or the same list
 *   where `ordered`).
 * - `bird`: the same set of rows, columns in their order; neither the order of rows nor how often one occurs counts (Li et al. 2023).
 */
export function compareResults(
  rule: ComparisonRule,
  gold: ResultRows,
  predicted: ResultRows,
  { ordered }: Pick<ComparisonOptions, 'ordered'>,
): boolean {
  if (gold.rows === predicted.rows) return true;
  if (rule === 'bird') return sameSet(gold.rows, predicted.rows);
  return sameResult(gold, predicted, { ordered, exact: rule === 'spider' });
}

function sameSet(gold: SqlValue[][], predicted: SqlValue[][]): boolean {
  const [left, right] = [new Set(gold.map(keyOf)), new Set(predicted.map(keyOf))];
  return left.size === right.size && [...left].every((row) => right.has(row));
}
