import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../../../core/errors.js';
import type { Predictor } from '../../../core/evaluate/evaluate-model.js';
import type { Answer } from '../answer.js';
import type { Precision } from '../model-files.js';
import { startDecoding, type DecodingProcess } from './decoding-process.js';
import { OverloadedError, PromptLengthError } from './errors.js';
import type { FromModel, News, OpenedModel, Question } from './protocol.js';

export interface ServingOptions {
  precision?: Precision;
  /** Threads inside one operator. */
  threads?: number;
  /** Texts decoded together. */
  maxBatch?: number;
  /** Texts that may wait for a place; whoever comes then is refused. */
  maxQueue?: number;
  /** Bytes that the key-value caches may take. */
  cacheLimit?: number;
  /** Prompt tokens read between two steps. */
  prefillTokens?: number;
  /** The process ended by itself; another is started. */
  onDeath?: (why: string) => void;
}

export interface ServedAnswer extends Answer {
  promptTokens: number;
}

export interface Listener {
  /** The prompt has been read and the first token is there. */
  onRead?: (promptTokens: number) => void;
  /** What the answer's text gained, and the tokens of all of it. */
  onText?: (text: string, tokens: number) => void;
  signal?: AbortSignal;
}

export interface ServingLoad {
  running: number;
  waiting: number;
  /** Rows of the batch, free ones included. */
  slots: number;
}

/** A model that answers many askers at once. */
export interface ServingModel extends Predictor {
  readonly opened: OpenedModel;
  readonly load: ServingLoad;
  /** False while its process is being started again. */
  readonly ready: boolean;
  readonly pid: number | null;
  /**
   * Answers one prompt. @throws OverloadedError, PromptLengthError, UnreachableError when the process dies meanwhile, and the
   * signal's reason
   */
  ask(question: Partial<Question> & Pick<Question, 'prompt'>, listener?: Listener): Promise<ServedAnswer>;
  close(): Promise<void>;
}

interface Asked {
  listener: Listener;
  told: number;
  promptTokens: number;
  settle(answer: Answer): void;
  fail(error: unknown): void;
}

const defaults = { maxTokens: 128, onlyFromPrompt: [], stream: false, tokenRouting: false, sampling: null, place: 0 };
/** No text has fewer tokens than one for so many characters; what is longer is not even cut into tokens, which takes time. */
const charactersOfToken = 16;
const pausesMs = [200, 1_000, 5_000, 30_000];

/**
 * Opens an exported model folder for many askers: a process of its own decodes, in continuous batches. When that process dies, those
 * who wait are told, and another is started.
 */
export async function openServingModel(
  folder: string,
  {
    precision = 'float32',
    threads = 2,
    maxBatch = 32,
    maxQueue = 128,
    cacheLimit = 512 * 2 ** 20,
    prefillTokens = 256,
    onDeath = () => undefined,
  }: ServingOptions = {},
): Promise<ServingModel> {
  const open = { folder, precision, threads, bounds: { maxBatch, cacheLimit, prefillTokens } };
  const asked = new Map<number, Asked>();
  let lastId = 0;
  let load: ServingLoad = { running: 0, waiting: 0, slots: 0 };
  let secondsEach = 0.2;
  let closing = false;
  let process: DecodingProcess | null = await start();
  const { model: opened } = process;
  const mostTokens = opened.shape.maxPositions - 1;

  function start(): Promise<DecodingProcess> {
    return startDecoding(open, hear, (why) => void restart(why));
  }

  async function restart(why: string): Promise<void> {
    process = null;
    load = { running: 0, waiting: 0, slots: 0 };
    for (const { fail } of asked.values()) {
      fail(new UnreachableError('The process that decodes has ended.', 'Ask again in a few seconds.'));
    }
    onDeath(why);
    for (let attempt = 0; !closing; attempt += 1) {
      await sleep(pausesMs[Math.min(attempt, pausesMs.length - 1)]!, undefined, { ref: false });
      if (closing) return;
      try {
        const started = await start();
        if (closing) return await started.close();
        process = started;
        return;
      } catch (error) {
        onDeath((error as Error).message);
      }
    }
  }

  function hear({ news, load: told }: FromModel & { kind: 'step' }): void {
    load = told;
    for (const item of news) hearOne(item);
  }

  function hearOne(item: News): void {
    const one = asked.get(item.id);
    if (!one) return;
    switch (item.kind) {
      case 'read':
        one.promptTokens = item.promptTokens;
        return one.listener.onRead?.(item.promptTokens);
      case 'text':
        one.told += item.text.length;
        return one.listener.onText?.(item.text, item.tokens);
      case 'answer': {
        const rest = item.answer.text.slice(one.told);
        if (rest !== '') one.listener.onText?.(rest, item.answer.tokens);
        return one.settle(item.answer);
      }
      case 'too-long':
        return one.fail(new PromptLengthError(item.promptTokens, mostTokens));
      case 'error':
        return one.fail(new Error(item.message));
    }
  }

  async function ask(question: Parameters<ServingModel['ask']>[0], listener: Listener = {}): Promise<ServedAnswer> {
    const { signal } = listener;
    signal?.throwIfAborted();
    const { length } = question.prompt;
    if (length > charactersOfToken * mostTokens) throw new PromptLengthError(length, mostTokens, 'characters');
    if (!process) throw new UnreachableError('The model is being started again.', 'Ask again in a few seconds.');
    if (asked.size >= maxBatch + maxQueue) throw new OverloadedError(asked.size - maxBatch, retryAfter());
    const id = (lastId += 1);
    const begun = performance.now();
    const stop = (): void => {
      process?.send({ kind: 'cancel', id });
      asked.get(id)?.fail(signal!.reason);
    };
    try {
      const answer = await new Promise<Answer>((settle, fail) => {
        asked.set(id, { listener, told: 0, promptTokens: 0, settle, fail });
        signal?.addEventListener('abort', stop, { once: true });
        process!.send({ kind: 'ask', id, ...defaults, ...question });
      });
      const { promptTokens } = asked.get(id)!;
      secondsEach += 0.05 * ((performance.now() - begun) / 1000 - secondsEach);
      return { ...answer, promptTokens };
    } finally {
      signal?.removeEventListener('abort', stop);
      asked.delete(id);
    }
  }

  /** Roughly when a place is free: an answer's mean time is that of a batch, and a batch's worth leaves in it. */
  const retryAfter = (): number =>
    Math.min(60, Math.max(1, Math.ceil((secondsEach * maxQueue) / (maxBatch + maxQueue))));

  return {
    opened,
    ask,
    get load() {
      return load;
    },
    get ready() {
      return process !== null;
    },
    get pid() {
      return process?.pid ?? null;
    },
    async generate(prompts, { onProgress, signal, ...options } = {}) {
      const answers: ServedAnswer[] = [];
      const places = prompts.keys();
      let done = 0;
      // As many at once as a batch holds, so that a long list does not fill the queue that others wait in, too.
      const lane = async (): Promise<void> => {
        for (const place of places) {
          answers[place] = await ask({ prompt: prompts[place]!, place, ...options }, signal ? { signal } : {}).catch(
            unread,
          );
          onProgress?.((done += 1));
        }
      };
      await Promise.all(Array.from({ length: Math.min(maxBatch, prompts.length) }, lane));
      return answers;
    },
    async close() {
      closing = true;
      for (const { fail } of asked.values()) {
        fail(new UnreachableError('The model was closed.', 'Ask another server.'));
      }
      await process?.close();
      process = null;
    },
  };
}

/** In a list a prompt that is too long has an empty answer, as with a model that is asked list by list. */
function unread(error: unknown): ServedAnswer {
  if (error instanceof PromptLengthError) return { text: '', tokens: 0, complete: false, promptTokens: 0 };
  throw error;
}
