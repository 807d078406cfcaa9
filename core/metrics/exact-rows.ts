import type { SqlValue } from '../database.js';
import { keyOf } from './same-value.js';

type Row = SqlValue[];

/** Whether two lists hold the same rows, each as often, every value exactly. */
export function sameExactBag(gold: Row[], predicted: Row[]): boolean {
  if (gold.length !== predicted.length) return false;
  const left = new Map<string, number>();
  for (const row of gold) {
    const key = keyOf(row);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  for (const row of predicted) {
    const key = keyOf(row);
    const count = left.get(key);
    if (!count) return false;
    left.set(key, count - 1);
  }
  return true;
}

/** Whether two lists hold the same rows in the same order, every value exactly. */
export function sameExactSequence(gold: Row[], predicted: Row[]): boolean {
  return gold.length === predicted.length && gold.every((row, index) => keyOf(row) === keyOf(predicted[index]!));
}
