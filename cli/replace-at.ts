import { isFields, type Fields } from '../core/fields.js';

/** A document with what stands in a place changed; `*` is every item or field. A place that is not there is left alone. */
export async function replaceAt(
  value: unknown,
  [first, ...rest]: readonly string[],
  change: (value: unknown) => Promise<unknown>,
): Promise<unknown> {
  if (first === undefined) return change(value);
  if (first === '*' && Array.isArray(value)) return Promise.all(value.map((item) => replaceAt(item, rest, change)));
  if (!isFields(value)) return value;
  const names = first === '*' ? Object.keys(value) : first in value ? [first] : [];
  const changed = await Promise.all(names.map(async (name) => [name, await replaceAt(value[name], rest, change)]));
  return { ...value, ...(Object.fromEntries(changed) as Fields) };
}
