import type { Sampling } from '../../core/evaluate/evaluate-model.js';
import type { ServingModel } from '../../adapters/onnx/serving/serving-model.js';
import type { PreparedPrompt } from './prepare-prompt.js';
import { createStopFilter } from './stop-texts.js';
import { createTextQueue } from './text-queue.js';

export interface AnswerRequest {
  model: ServingModel;
  prepared: PreparedPrompt;
  maxTokens: number;
  sampling: Sampling | null;
  stops: readonly string[];
  signal: AbortSignal;
  onFirstToken(): void;
}

export interface FinishedAnswer {
  text: string;
  finish: 'stop' | 'length';
  promptTokens: number;
  answerTokens: number;
}

export interface RunningAnswer {
  /** Settles with the first token; until then a request can still be refused with a status of its own. */
  started: Promise<void>;
  /** The text as it grows. */
  text: AsyncIterable<string>;
  finished: Promise<FinishedAnswer>;
}

/** Reason of an end that a stop text brought. */
const stopped = Symbol('stop text');

/** Begins to answer. A statement is read from the whole completion, so its text comes in one piece at the end. */
export function runAnswer({ model, prepared, maxTokens, sampling, stops, ...request }: AnswerRequest): RunningAnswer {
  const { prompt, onlyFromPrompt, read } = prepared;
  const queue = createTextQueue();
  const filter = createStopFilter(stops);
  const enough = new AbortController();
  const told = { text: '', promptTokens: 0, answerTokens: 0 };
  const tell = (text: string): void => {
    const { safe, stopped: found } = filter.push(text);
    told.text += safe;
    queue.push(safe);
    if (found) enough.abort(stopped);
  };

  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));

  const decode = async (): Promise<FinishedAnswer> => {
    const answer = await model
      .ask(
        { prompt, onlyFromPrompt, maxTokens, sampling, stream: read === null },
        {
          signal: AbortSignal.any([request.signal, enough.signal]),
          onRead(promptTokens) {
            told.promptTokens = promptTokens;
            request.onFirstToken();
            begin();
          },
          onText(text, tokens) {
            told.answerTokens = tokens;
            if (read === null && !enough.signal.aborted) tell(text);
          },
        },
      )
      .catch((error: unknown) => {
        if (error === stopped) return null;
        throw error;
      });
    if (answer && read !== null) tell(read(answer.text));
    if (!enough.signal.aborted) {
      const rest = filter.rest();
      told.text += rest;
      queue.push(rest);
    }
    const answerTokens = answer?.tokens ?? told.answerTokens;
    const complete = answer === null || answer.complete || enough.signal.aborted;
    return { ...told, answerTokens, finish: complete ? 'stop' : 'length' };
  };

  const finished = decode();
  finished.then(queue.end, queue.fail);
  const started = Promise.race([begun, finished.then(() => undefined)]);
  // Whoever waits for the end only hears of a failure there; one that nobody hears of would end the server.
  started.catch(() => undefined);
  return { started, text: queue, finished };
}
