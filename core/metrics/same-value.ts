import type { SqlValue } from '../database.js';

/** How far two numbers may lie apart, relative to the greater, and absolutely near zero, and still be the same. */
export const tolerance = { relative: 1e-6, absolute: 1e-9 } as const;

/** Whether two numbers are the same within the tolerance. */
export function sameNumber(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Math.abs(a - b) <= Math.max(tolerance.absolute, tolerance.relative * Math.max(Math.abs(a), Math.abs(b)));
}

/**
 * Whether two values of results are the same. Numbers by tolerance, so 3 is 3.0. A text is never a number nor a boolean one:
 * '3' is not 3, TRUE is not 1; a query that answers with another type answers something else. Arrays and structs element by
 * element, in order; objects by field.
 */
export function sameValue(a: SqlValue, b: SqlValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b);
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameValue(item, b[index]!));
  }
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && sameValue(a[name]!, b[name]!));
}

/** Whether a value is, or holds, a number that is no integer, so that it cannot be compared by a key. */
export function isInexact(value: SqlValue): boolean {
  if (typeof value === 'number') return !Number.isSafeInteger(value);
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(isInexact);
}

/** A text that two values without inexact numbers share exactly when they are the same. */
export function keyOf(value: SqlValue): string {
  if (typeof value === 'number') return `n${value === 0 ? 0 : value}`;
  if (typeof value === 'string') return `s${JSON.stringify(value)}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${keyOf(value[name]!)}`).join()}}`;
}
