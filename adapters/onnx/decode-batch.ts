import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { likeliestToken } from './likeliest-token.js';
import { cachedTokens, emptyCache, keepRows, nextCache } from './key-value-cache.js';
import type { ModelShape } from './model-files.js';
import { readRouting, type TokenRouting } from './routing.js';
import type { TokenChoice } from './sample-token.js';

/** One text of a batch while it is being answered. */
interface Row {
  place: number;
  /** Tokens so far, prompt and answer. */
  length: number;
  answer: number[];
  complete: boolean;
  routing: TokenRouting[];
}

export interface DecodedRow {
  answer: number[];
  /** Ended by the model, not by a limit. */
  complete: boolean;
  /** Of every token read, prompt and answer; empty for a dense model. */
  routing: TokenRouting[];
}

export interface DecodeLimits {
  maxTokens: number;
  /** 1 for each id that this row must not answer with. */
  banned: readonly (Uint8Array | null)[];
  /** How each row's tokens are chosen; the likeliest where absent. */
  choices?: readonly TokenChoice[];
  routing: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Decoding of prompts of different lengths, together, with a key-value cache. Texts that have ended leave the batch
 * when half of it has, so that the last long answer does not pay for all.
 */
export async function decodeBatch(
  session: InferenceSession,
  shape: ModelShape,
  prompts: readonly (readonly number[])[],
  limits: DecodeLimits,
): Promise<DecodedRow[]> {
  const all: Row[] = prompts.map((prompt, place) => ({
    place,
    length: prompt.length,
    answer: [],
    complete: false,
    routing: [],
  }));
  let rows = all;
  let cache = emptyCache(shape, rows.length);
  let input = padRight(prompts);
  for (let step = 0; step < limits.maxTokens; step += 1) {
    limits.signal?.throwIfAborted();
    const lengths = lengthsOf(rows.map(({ length }) => length));
    const outputs = await session.run({ ...cache, input_ids: input, lengths });
    const logits = outputs['logits']!.data as Float32Array;
    const chosen = rows.map((row, at) => {
      if (ended(row, shape)) return shape.eos[0]!;
      if (limits.routing && outputs['router']) {
        row.routing.push(...readRouting(outputs['router'] as Tensor, at, step === 0 ? row.length : 1));
      }
      const choose = limits.choices?.[row.place] ?? likeliestToken;
      const id = choose(
        logits.subarray(at * shape.vocabulary, (at + 1) * shape.vocabulary),
        limits.banned[row.place] ?? null,
      );
      if (shape.eos.includes(id)) row.complete = true;
      else row.answer.push(id);
      return id;
    });
    cache = nextCache(shape, outputs);
    const going = rows.flatMap((row, at) => (ended(row, shape) ? [] : [at]));
    if (going.length === 0) break;
    // The batch's cache grows by one however long each text is; the graph's positions end where a text's do.
    const full = going.length < rows.length && cachedTokens(cache) >= shape.maxPositions;
    if (full || going.length <= rows.length / 2) {
      const longest = Math.max(...going.map((at) => rows[at]!.length));
      cache = keepRows(cache, going, longest);
      input = column(going.map((at) => chosen[at]!));
      rows = going.map((at) => rows[at]!);
    } else {
      input = column(chosen);
    }
    for (const row of rows) if (!ended(row, shape)) row.length += 1;
  }
  return all.map(({ answer, complete, routing }) => ({ answer, complete, routing }));
}

const ended = (row: Row, shape: ModelShape): boolean => row.complete || row.length >= shape.maxPositions;

/** Prompts padded on the right: any token will do there, since `lengths` says where each text ends. */
export function padRight(prompts: readonly (readonly number[])[]): Tensor {
  const longest = Math.max(...prompts.map(({ length }) => length));
  const ids = new BigInt64Array(prompts.length * longest);
  prompts.forEach((prompt, row) => prompt.forEach((id, at) => (ids[row * longest + at] = BigInt(id))));
  return new Tensor('int64', ids, [prompts.length, longest]);
}

/** How many of each text's tokens are real, [batch]. */
export const lengthsOf = (lengths: readonly number[]): Tensor =>
  new Tensor('int32', Int32Array.from(lengths), [lengths.length]);

/** The next token of each text, [batch, 1]. */
export const column = (ids: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(ids, BigInt), [ids.length, 1]);
