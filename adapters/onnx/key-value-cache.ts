import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { ModelShape } from './model-files.js';

/** Cache tensors [batch, kvHeads, tokens, headDim] by the graph's input names. */
export type Cache = Record<string, Tensor>;

const parts = ['key', 'value'] as const;

function* names(layers: number): Generator<{ past: string; present: string }> {
  for (let layer = 0; layer < layers; layer += 1) {
    for (const part of parts) yield { past: `past_key_values.${layer}.${part}`, present: `present.${layer}.${part}` };
  }
}

/** Cache inputs of the first call: nothing yet, of `batch` texts. */
export function emptyCache(shape: ModelShape, batch: number): Cache {
  const feeds: Cache = {};
  for (const { past } of names(shape.layers)) {
    feeds[past] = new Tensor('float32', new Float32Array(0), [batch, shape.kvHeads, 0, shape.headDim]);
  }
  return feeds;
}

/** What a call gave, as the next call's inputs. */
export function nextCache(shape: ModelShape, outputs: InferenceSession.ReturnType): Cache {
  const feeds: Cache = {};
  for (const { past, present } of names(shape.layers)) feeds[past] = outputs[present] as Tensor;
  return feeds;
}

/** The cache of some of the batch's texts alone, [batch, kvHeads, tokens, headDim], cut to their longest. */
export function keepRows(cache: Cache, rows: readonly number[], tokens: number): Cache {
  const kept: Cache = {};
  for (const [name, tensor] of Object.entries(cache)) {
    const [, heads, total, size] = tensor.dims as [number, number, number, number];
    const from = tensor.data as Float32Array;
    const to = new Float32Array(rows.length * heads * tokens * size);
    rows.forEach((row, at) => {
      for (let head = 0; head < heads; head += 1) {
        const start = (row * heads + head) * total * size;
        to.set(from.subarray(start, start + tokens * size), (at * heads + head) * tokens * size);
      }
    });
    kept[name] = new Tensor('float32', to, [rows.length, heads, tokens, size]);
  }
  return kept;
}

/** Bytes of cache that one text of so many tokens takes; twice, since a call holds its input and its output. */
export const cacheBytes = (shape: ModelShape, tokens: number): number =>
  2 * 2 * 4 * shape.layers * shape.kvHeads * shape.headDim * tokens;

/** Tokens that the cache holds of each text, padding included. */
export const cachedTokens = (cache: Cache): number => Object.values(cache)[0]!.dims[2]!;
