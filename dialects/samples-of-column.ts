import type { SqlValue } from '../core/database.js';

/** Sample values that are kept of a column, and distinct values that are looked at to choose them. */
const MAX_SAMPLES = 20;
export const maxValuesLookedAt = 2_000;
/** A longer value is of no use in a prompt or a question. */
const MAX_SAMPLE_LENGTH = 200;

/**
 * Up to 20 values, most frequent first. Of values that are equally frequent an even spread is taken, so that the
 * samples of a unique column reach from its least to its greatest value.
 * `counted` holds distinct values in ascending order with the rows they occur in.
 */
export function chooseSamples(counted: { value: SqlValue; count: number }[]): SqlValue[] {
  const usable = counted.filter(({ value }) => value !== null && JSON.stringify(value).length <= MAX_SAMPLE_LENGTH);
  const frequent = [...usable].sort((a, b) => b.count - a.count);
  if (frequent.length <= MAX_SAMPLES) return frequent.map(({ value }) => value);

  const leastCount = frequent[MAX_SAMPLES - 1]!.count;
  const above = frequent.filter(({ count }) => count > leastCount);
  const tied = frequent.filter(({ count }) => count === leastCount);
  return [...above, ...spread(tied, MAX_SAMPLES - above.length)].map(({ value }) => value);
}

function spread<T>(items: T[], count: number): T[] {
  if (count === 1) return items.slice(0, 1);
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}
