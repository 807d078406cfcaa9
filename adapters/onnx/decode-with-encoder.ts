import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { column, lengthsOf, padRight, type DecodedRow, type DecodeLimits } from './decode-batch.js';
import { emptyCache, keepRows, nextCache, type Cache } from './key-value-cache.js';
import { likeliestToken } from './likeliest-token.js';
import type { EncoderDecoderShape } from './model-files.js';

/** The two graphs of an encoder–decoder. */
export interface Halves {
  encoder: InferenceSession;
  decoder: InferenceSession;
}

interface Row {
  place: number;
  answer: number[];
  complete: boolean;
}

/** What stays the same at every call: how long each question is, and what the decoder attends to of it. */
interface Read {
  lengths: readonly number[];
  cross: Cache;
}

/**
 * Decoding of an encoder–decoder: the questions are encoded together, once; the answers begin together, so that their cache
 * holds no padding. As with a decoder alone, texts that have ended leave the batch when half of it has.
 */
export async function decodeWithEncoder(
  { encoder, decoder }: Halves,
  shape: EncoderDecoderShape,
  prompts: readonly (readonly number[])[],
  limits: DecodeLimits,
): Promise<DecodedRow[]> {
  const all: Row[] = prompts.map((_, place) => ({ place, answer: [], complete: false }));
  let rows = all;
  let read = await encode(encoder, shape, prompts);
  let cache = emptyCache(shape, rows.length);
  let input = column(rows.map(() => shape.encoder.start));
  // <sos> has the first position, and the last token is never read.
  const maxTokens = Math.min(limits.maxTokens, shape.maxPositions);
  for (let step = 1; step <= maxTokens; step += 1) {
    limits.signal?.throwIfAborted();
    const outputs = await decoder.run({ ...cache, ...read.cross, input_ids: input, lengths: lengthsOf(read.lengths) });
    const logits = outputs['logits']!.data as Float32Array;
    const chosen = rows.map((row, at) => {
      if (row.complete) return shape.eos[0]!;
      const own = logits.subarray(at * shape.vocabulary, (at + 1) * shape.vocabulary);
      const choose = limits.choices?.[row.place] ?? likeliestToken;
      const id = choose(own, limits.banned[row.place] ?? null);
      if (shape.eos.includes(id)) row.complete = true;
      else row.answer.push(id);
      return id;
    });
    cache = nextCache(shape, outputs);
    const going = rows.flatMap((row, at) => (row.complete ? [] : [at]));
    if (going.length === 0) break;
    if (going.length <= rows.length / 2) {
      cache = keepRows(cache, going, step);
      read = keepRead(read, going);
      input = column(going.map((at) => chosen[at]!));
      rows = going.map((at) => rows[at]!);
    } else {
      input = column(chosen);
    }
  }
  return all.map(({ answer, complete }) => ({ answer, complete, routing: [] }));
}

async function encode(
  encoder: InferenceSession,
  shape: EncoderDecoderShape,
  prompts: readonly (readonly number[])[],
): Promise<Read> {
  const lengths = prompts.map(({ length }) => length);
  const outputs = await encoder.run({ input_ids: padRight(prompts), lengths: lengthsOf(lengths) });
  const names = Array.from({ length: shape.layers }, (_, layer) => [`cross.${layer}.key`, `cross.${layer}.value`]);
  return { lengths, cross: Object.fromEntries(names.flat().map((name) => [name, outputs[name] as Tensor])) };
}

function keepRead({ lengths, cross }: Read, going: readonly number[]): Read {
  const kept = going.map((at) => lengths[at]!);
  return { lengths: kept, cross: keepRows(cross, going, Math.max(...kept)) };
}
