import type { Tokenizer } from '@huggingface/tokenizers';
import type { Sampling } from '../../core/evaluate/evaluate-model.js';
import { bannedIds, idsOf } from './answer-tokens.js';
import { readAnswer, type Answer } from './answer.js';
import { decodeBatch, type DecodedRow, type DecodeLimits } from './decode-batch.js';
import { decodeWithEncoder } from './decode-with-encoder.js';
import { cacheBytes } from './key-value-cache.js';
import { hasEncoder, readModelFiles, type ModelShape, type Precision } from './model-files.js';
import { openSession } from './open-session.js';
import { sampleTokens } from './sample-token.js';

export interface OpenModelOptions {
  precision?: Precision;
  /** Threads inside one operator. */
  threads?: number;
  /** Bytes that the key-value caches of one batch may take. */
  cacheLimit?: number;
}

export interface GenerateOptions {
  maxTokens?: number;
  batchSize?: number;
  /**
   * Texts, each one token, that an answer may use only where its prompt has them: the index tokens of the linked prompt
   * that stand for names and values. A choice among names then never falls on one that does not exist.
   */
  onlyFromPrompt?: readonly string[];
  /** Draw tokens by chance; without it the likeliest is taken. */
  sampling?: Sampling;
  /** Also give the routing of every token; the mean is given anyway. */
  tokenRouting?: boolean;
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface OpenModel {
  readonly shape: ModelShape;
  /** Answers in the order of the prompts. */
  generate(prompts: readonly string[], options?: GenerateOptions): Promise<Answer[]>;
  close(): Promise<void>;
}

/**
 * Opens an exported model folder for decoding on the CPU, greedy or by chance. Prompts are decoded in batches of similar length; a batch
 * is made smaller where its caches would pass `cacheLimit`.
 */
export async function openModel(
  folder: string,
  { precision = 'float32', threads = 2, cacheLimit = 512 * 2 ** 20 }: OpenModelOptions = {},
): Promise<OpenModel> {
  const { shape, tokenizer, graph, encoder: encoderGraph } = await readModelFiles(folder, precision);
  const decoder = await openSession(graph, threads);
  const encoder = encoderGraph === null ? null : await openSession(encoderGraph, threads);
  const decode: Decode = (prompts, limits) =>
    encoder && hasEncoder(shape)
      ? decodeWithEncoder({ encoder, decoder }, shape, prompts, limits)
      : decodeBatch(decoder, shape, prompts, limits);
  return {
    shape,
    generate: (prompts, options = {}) => generate({ decode, shape, tokenizer, cacheLimit }, prompts, options),
    close: async () => {
      await Promise.all([decoder.release(), encoder?.release()]);
    },
  };
}

/** Answers one batch, whatever the model is made of. */
type Decode = (prompts: readonly (readonly number[])[], limits: DecodeLimits) => Promise<DecodedRow[]>;

interface Loaded {
  decode: Decode;
  shape: ModelShape;
  tokenizer: Tokenizer;
  cacheLimit: number;
}

async function generate(
  { decode, shape, tokenizer, cacheLimit }: Loaded,
  prompts: readonly string[],
  {
    maxTokens = 128,
    batchSize = 32,
    onlyFromPrompt = [],
    sampling,
    tokenRouting = false,
    onProgress,
    signal,
  }: GenerateOptions,
): Promise<Answer[]> {
  const end = shape.encoder ? [shape.encoder.end] : [];
  const encoded = prompts.map((prompt, place) => ({ place, ids: [...tokenizer.encode(prompt).ids, ...end] }));
  const answers: Answer[] = prompts.map(() => ({ text: '', tokens: 0, complete: false }));
  const restricted = idsOf(tokenizer, onlyFromPrompt);
  const waiting = encoded
    .filter(({ ids }) => ids.length > end.length && ids.length - end.length < shape.maxPositions)
    .sort((a, b) => b.ids.length - a.ids.length);
  let done = prompts.length - waiting.length;
  while (waiting.length > 0) {
    const longest = longestText(shape, waiting[0]!.ids.length, maxTokens);
    const fitting = Math.max(1, Math.floor(cacheLimit / cacheBytes(shape, longest)));
    const batch = waiting.splice(0, Math.min(batchSize, fitting));
    const decoded = await decode(
      batch.map(({ ids }) => ids),
      {
        maxTokens,
        banned: batch.map(({ ids }) => bannedIds(ids, restricted, shape)),
        ...(sampling && { choices: batch.map(({ place }) => sampleTokens(sampling, place)) }),
        routing: shape.experts > 0,
        signal,
      },
    );
    decoded.forEach((row, at) => {
      const { place, ids } = batch[at]!;
      answers[place] = readAnswer(tokenizer, ids, row, { tokenRouting, skipSpecial: hasEncoder(shape) });
    });
    done += batch.length;
    onProgress?.(done);
  }
  return answers;
}

/** Tokens of a text that the caches hold at most: a decoder reads prompt and answer as one, an encoder–decoder each for itself. */
const longestText = (shape: ModelShape, prompt: number, maxTokens: number): number =>
  hasEncoder(shape)
    ? prompt + Math.min(maxTokens, shape.maxPositions)
    : Math.min(prompt + maxTokens, shape.maxPositions);
