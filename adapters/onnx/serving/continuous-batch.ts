import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { column, lengthsOf, padRight, type DecodedRow } from '../decode-batch.js';
import { cacheBytes, cachedTokens, emptyCache, keepRows, nextCache, type Cache } from '../key-value-cache.js';
import type { ModelShape } from '../model-files.js';
import { readRouting, type TokenRouting } from '../routing.js';
import type { TokenChoice } from '../sample-token.js';
import { isLongEnough, joinRows, writeRows } from './cache-slots.js';

/** A text to be answered. The prompt has 1 to `maxPositions` − 1 tokens. */
export interface BatchRequest {
  prompt: readonly number[];
  maxTokens: number;
  /** 1 for each id that the answer must not have. */
  banned: Uint8Array | null;
  routing: boolean;
  /** Takes the answer's next token. */
  choose: TokenChoice;
  onToken(id: number): void;
  onEnd(row: DecodedRow): void;
  /** The graph failed; the request is over. */
  onError(error: Error): void;
}

export interface BatchBounds {
  /** Texts decoded together. */
  maxBatch: number;
  /** Bytes that the key-value caches of the running texts may take. */
  cacheLimit: number;
  /** Tokens of newcomers, padding included, read between two steps: those who run wait that long. */
  prefillTokens: number;
}

export interface BatchLoad {
  running: number;
  waiting: number;
}

export interface ContinuousBatch {
  /** Queues a request, and gives what takes it out again, wherever it is by then; nothing is called after that. */
  add(request: BatchRequest): () => void;
  readonly load: BatchLoad;
}

interface Row {
  request: BatchRequest;
  /** Tokens so far, prompt and answer, with the one that is fed next. */
  length: number;
  answer: number[];
  complete: boolean;
  gone: boolean;
  routing: TokenRouting[];
  /** The token that is fed next. */
  next: number;
}

/**
 * Decoding without closed batches: between two steps of the running texts newcomers are read and join, and those who have
 * ended leave. Each text has a slot in one cache; a newcomer takes a slot that is free, so that joining copies its own rows
 * alone, and the cache is packed anew only when half of it is empty, or when it is too short or too long.
 * A text's answer is the one that it would get alone.
 */
export function createContinuousBatch(
  session: InferenceSession,
  shape: ModelShape,
  { maxBatch, cacheLimit, prefillTokens }: BatchBounds,
  onStep: (step: { load: BatchLoad; slots: number; newcomers: number }) => void = () => undefined,
): ContinuousBatch {
  const waiting: Row[] = [];
  let slots: (Row | null)[] = [];
  let cache: Cache = {};
  let busy = false;

  const running = (): Row[] => slots.filter((row) => row !== null);
  const load = (): BatchLoad => ({ running: running().length, waiting: waiting.length });

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0 || slots.some((row) => row !== null)) {
      const newcomers = admit();
      if (newcomers.length > 0) await attempt(newcomers, () => prefill(newcomers));
      leave();
      if (slots.length > 0) await attempt(running(), step);
      leave();
      onStep({ load: load(), slots: slots.length, newcomers: newcomers.length });
    }
    busy = false;
  }

  /** A graph that fails ends the texts that it was asked about, not the server. */
  async function attempt(rows: Row[], run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      for (const row of rows) end(row, () => row.request.onError(error as Error));
    }
  }

  /** The first in the queue, as many as there is room for: in the batch, in the caches, and before the next step. */
  function admit(): Row[] {
    const chosen: Row[] = [];
    for (const row of waiting) {
      const all = [...running(), ...chosen, row];
      const longest = Math.max(...[...chosen, row].map(({ length }) => length));
      const room =
        all.length <= maxBatch && all.length * cacheBytes(shape, Math.max(...all.map(mostTokens))) <= cacheLimit;
      const short = (chosen.length + 1) * longest <= prefillTokens;
      // A text that is too long to be read between two steps is read alone, and one that fits nowhere runs alone.
      if (!(room && short) && !(chosen.length === 0 && (all.length === 1 || room))) break;
      chosen.push(row);
    }
    waiting.splice(0, chosen.length);
    return chosen;
  }

  const mostTokens = ({ request: { prompt, maxTokens } }: Row): number =>
    Math.min(prompt.length + maxTokens, shape.maxPositions);

  async function prefill(rows: Row[]): Promise<void> {
    const outputs = await session.run({
      ...emptyCache(shape, rows.length),
      input_ids: padRight(rows.map(({ request }) => request.prompt)),
      lengths: lengthsOf(rows.map(({ length }) => length)),
    });
    rows.forEach((row, at) => choose(row, at, outputs, row.length));
    const staying = rows.flatMap((row, at) => (row.gone ? [] : [{ row: at, tokens: row.length - 1 }]));
    if (staying.length === 0) return;
    const come = { cache: nextCache(shape, outputs), rows: staying };
    const newcomers = rows.filter((row) => !row.gone);
    const free = slots.flatMap((row, at) => (row === null ? [at] : []));
    if (newcomers.length <= free.length && isLongEnough(cache, staying)) {
      writeRows(cache, free, come.cache, staying);
      newcomers.forEach((row, at) => (slots[free[at]!] = row));
      return;
    }
    const stay = slots.flatMap((row, at) => (row ? [{ row: at, tokens: row.length - 1 }] : []));
    const tokens = Math.max(...[...stay, ...staying].map((row) => row.tokens));
    cache = joinRows({ cache, rows: stay }, come, tokens);
    slots = [...running(), ...newcomers];
  }

  /** One more token for every running text; a free slot is fed as a text of one token, which costs least. */
  async function step(): Promise<void> {
    const outputs = await session.run({
      ...cache,
      input_ids: column(slots.map((row) => row?.next ?? 0)),
      lengths: lengthsOf(slots.map((row) => row?.length ?? 1)),
    });
    cache = nextCache(shape, outputs);
    slots.forEach((row, at) => {
      if (row && !row.gone) choose(row, at, outputs, 1);
    });
  }

  function choose(row: Row, at: number, outputs: InferenceSession.ReturnType, read: number): void {
    if (row.gone) return;
    const { request } = row;
    if (request.routing && outputs['router']) {
      row.routing.push(...readRouting(outputs['router'] as Tensor, at, read));
    }
    const all = outputs['logits']!.data as Float32Array;
    const logits = all.subarray(at * shape.vocabulary, (at + 1) * shape.vocabulary);
    const id = request.choose(logits, request.banned);
    row.complete = shape.eos.includes(id);
    if (!row.complete) {
      row.answer.push(id);
      request.onToken(id);
    }
    // Whoever was told the token may have had enough.
    if (row.gone) return;
    // At the last position there would be no place for a token that comes after it.
    if (row.complete || row.answer.length >= request.maxTokens || row.length + 1 >= shape.maxPositions) {
      const { answer, complete, routing } = row;
      end(row, () => request.onEnd({ answer, complete, routing }));
    }
    row.length += 1;
    row.next = id;
  }

  function end(row: Row, tell: () => void): void {
    if (row.gone) return;
    row.gone = true;
    tell();
  }

  /** Frees the slots of those who are gone, and packs the cache where that pays or where it must be shorter. */
  function leave(): void {
    slots = slots.map((row) => (row?.gone ? null : row));
    const staying = slots.flatMap((row, at) => (row ? [at] : []));
    if (staying.length === 0) {
      slots = [];
      cache = {};
      return;
    }
    const longest = Math.max(...running().map(({ length }) => length - 1));
    const total = cachedTokens(cache);
    const empty = slots.length - staying.length;
    const full = total >= shape.maxPositions && longest < total;
    const over = slots.length * cacheBytes(shape, total) > cacheLimit && (empty > 0 || longest < total);
    if (full || over || staying.length <= slots.length / 2 || total > longest + slackTokens) {
      cache = keepRows(cache, staying, longest);
      slots = running();
    }
  }

  return {
    add(request) {
      const { length } = request.prompt;
      const row: Row = { request, length, answer: [], complete: false, gone: false, routing: [], next: 0 };
      waiting.push(row);
      void work();
      return () => {
        row.gone = true;
        const place = waiting.indexOf(row);
        if (place >= 0) waiting.splice(place, 1);
      };
    },
    get load() {
      return load();
    },
  };
}

/** Tokens by which the cache may be longer than its longest text before it is cut. */
const slackTokens = 64;
