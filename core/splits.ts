import { stableId } from './sampling/random.js';

/** Where a pair of a known database goes. */
export type KnownSplit = 'train' | 'validation' | 'heldout';

/**
 * The split of a statement, decided by its text alone: so no held-out statement is among the training rows of any dialect,
 * nor of the base, however often and by whom it is made.
 */
export function splitOf(sql: string, shares: { heldout: number; validation: number }): KnownSplit {
  const place = Number.parseInt(stableId(statementKey(sql)).slice(0, 8), 16) / 2 ** 32;
  if (place < shares.heldout) return 'heldout';
  return place < shares.heldout + shares.validation ? 'validation' : 'train';
}

/** A statement without what dialects write differently and mean alike: quotes of names, letter case outside strings, white space. */
export function statementKey(sql: string): string {
  return sql
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/["`[\]]/g, '').toLowerCase()))
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),;]) ?/g, '$1')
    .trim();
}
