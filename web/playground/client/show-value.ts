import type { SqlValue } from '../../../core/database.js';

export function valueText(value: SqlValue): string {
  return value === null ? 'NULL' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The same, cut where it is long. */
export function shortValue(value: SqlValue, length: number): string {
  const text = valueText(value);
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Numbers, and integers that are too large for one and come as texts. */
export const isNumeric = (value: SqlValue): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d{16,}$/.test(value));
