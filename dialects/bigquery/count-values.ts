import type { SqlValue } from '../../core/database.js';

/** The different values, in ascending order, and how often each occurs. */
export function countValues(values: SqlValue[]): { value: SqlValue; count: number }[] {
  const counts = new Map<string, { value: SqlValue; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const entry = counts.get(key) ?? { value, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].sort((a, b) => compare(a.value, b.value));
}

function compare(a: SqlValue, b: SqlValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
}
