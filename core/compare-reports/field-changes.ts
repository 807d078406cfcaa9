import { canonicalJson } from '../stage-key.js';

/** One field that two documents hold differently; undefined where a document lacks it. */
export interface FieldChange {
  /** Names from the document's top, such as `merge.tuning.recipe.steps`. */
  path: string;
  first: unknown;
  second: unknown;
}

/**
 * The fields in which two JSON documents differ, in the order of their names. Neither the order of fields nor `undefined` makes a difference.
 * Lists of named things are compared by name, other lists as a whole.
 */
export function fieldChanges(first: unknown, second: unknown, path = ''): FieldChange[] {
  if (textOf(first) === textOf(second)) return [];
  const [left, right] = [fieldsOf(first), fieldsOf(second)];
  if (left === null || right === null) return [{ path, first, second }];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .sort()
    .flatMap((name) => fieldChanges(left[name], right[name], path === '' ? name : `${path}.${name}`));
}

const textOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));

/** A document's fields, or a list's entries by their names; null of what has neither. */
function fieldsOf(value: unknown): Record<string, unknown> | null {
  if (value === null || typeof value !== 'object') return null;
  if (!Array.isArray(value)) return value as Record<string, unknown>;
  const named = value.map((item: unknown) => nameOf(item));
  if (named.includes(null) || new Set(named).size < named.length) return null;
  return Object.fromEntries(value.map((item: unknown, at) => [named[at]!, item]));
}

function nameOf(item: unknown): string | null {
  if (item === null || typeof item !== 'object' || !('name' in item)) return null;
  return typeof item.name === 'string' ? item.name : null;
}
