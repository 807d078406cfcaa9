import { Tensor } from 'onnxruntime-node';
import { cachedTokens, type Cache } from '../key-value-cache.js';

/** A row of a cache and how many of its tokens count. */
export interface CachedRow {
  row: number;
  tokens: number;
}

/**
 * Writes rows of `from` over rows of `into`, in place: newcomers take the slots of those who have left. Tensors are
 * [slots, kvHeads, tokens, headDim]; `into` must be at least as long as the longest newcomer.
 */
export function writeRows(into: Cache, places: readonly number[], from: Cache, rows: readonly CachedRow[]): void {
  for (const [name, target] of Object.entries(into)) {
    rows.forEach((row, at) => copyRow(target, places[at]!, from[name]!, row));
  }
}

/** One cache of `tokens` tokens that holds rows of two: those who stay, then the newcomers. */
export function joinRows(
  stay: { cache: Cache; rows: readonly CachedRow[] },
  come: { cache: Cache; rows: readonly CachedRow[] },
  tokens: number,
): Cache {
  const joined: Cache = {};
  for (const [name, { dims }] of Object.entries(come.cache)) {
    const [, heads, , size] = dims as [number, number, number, number];
    const slots = stay.rows.length + come.rows.length;
    const target = new Tensor('float32', new Float32Array(slots * heads * tokens * size), [slots, heads, tokens, size]);
    stay.rows.forEach((row, at) => copyRow(target, at, stay.cache[name]!, row));
    come.rows.forEach((row, at) => copyRow(target, stay.rows.length + at, come.cache[name]!, row));
    joined[name] = target;
  }
  return joined;
}

/** Whether newcomers of so many tokens can be written into the cache as it is. */
export const isLongEnough = (cache: Cache, rows: readonly CachedRow[]): boolean =>
  rows.every(({ tokens }) => tokens <= cachedTokens(cache));

function copyRow(target: Tensor, place: number, source: Tensor, { row, tokens }: CachedRow): void {
  const [, heads, long, size] = target.dims as [number, number, number, number];
  const total = source.dims[2]!;
  const to = target.data as Float32Array;
  const from = source.data as Float32Array;
  for (let head = 0; head < heads; head += 1) {
    const start = (row * heads + head) * total * size;
    to.set(from.subarray(start, start + tokens * size), (place * heads + head) * long * size);
  }
}
