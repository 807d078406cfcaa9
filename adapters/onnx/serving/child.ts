/**
 * The process that decodes for a server: onnxruntime holds up the thread it is called on, and a graph that takes all memory
 * ends the process it runs in. The parent owns its life; it ends itself when the parent is gone.
 */
import type { Tokenizer } from '@huggingface/tokenizers';
import type { InferenceSession } from 'onnxruntime-node';
import { endWithParent } from '../../../schema/end-with-parent.js';
import { DialecticError, InvalidInputError } from '../../../core/errors.js';
import { specialTokens } from '../../../core/prompt/special-tokens.js';
import { bannedIds, idsOf } from '../answer-tokens.js';
import { readAnswer } from '../answer.js';
import { likeliestToken } from '../likeliest-token.js';
import { hasEncoder, readModelFiles, type ModelShape } from '../model-files.js';
import { openSession } from '../open-session.js';
import { sampleTokens } from '../sample-token.js';
import { createContinuousBatch, type ContinuousBatch } from './continuous-batch.js';
import { createGrowingText } from './growing-text.js';
import type { FromModel, News, ToModel } from './protocol.js';

interface Opened {
  session: InferenceSession;
  shape: ModelShape;
  tokenizer: Tokenizer;
  batch: ContinuousBatch;
}

let opened: Opened | null = null;
let news: News[] = [];
let slots = 0;
const cancels = new Map<number, () => void>();

const send = (message: FromModel): void => void process.send?.(message);

function tell(): void {
  if (!opened) return;
  send({ kind: 'step', news, load: { ...opened.batch.load, slots } });
  news = [];
}

async function open({ folder, precision, threads, bounds }: ToModel & { kind: 'open' }): Promise<void> {
  const { shape, tokenizer, graph } = await readModelFiles(folder, precision);
  if (hasEncoder(shape))
    throw new InvalidInputError(
      `The model in ${folder} is an encoder–decoder, which is not decoded in continuous batches.`,
      'Ask it with `dialectic ask`, or serve a decoder.',
    );
  const session = await openSession(graph, threads);
  const batch = createContinuousBatch(session, shape, bounds, (step) => {
    slots = step.slots;
    tell();
  });
  opened = { session, shape, tokenizer, batch };
  const indexTokens = idsOf(tokenizer, specialTokens).length === specialTokens.length;
  send({ kind: 'opened', model: { shape, indexTokens } });
}

function ask({ id, prompt, maxTokens, sampling, stream, ...question }: ToModel & { kind: 'ask' }): void {
  const { shape, tokenizer, batch } = opened!;
  const { ids } = tokenizer.encode(prompt);
  if (ids.length === 0 || ids.length >= shape.maxPositions) {
    news.push({ id, kind: 'too-long', promptTokens: ids.length });
    return tell();
  }
  const grow = createGrowingText(tokenizer);
  let read = false;
  let tokens = 0;
  const over = (last: News): void => {
    cancels.delete(id);
    news.push(last);
  };
  const beRead = (): void => {
    if (!read) news.push({ id, kind: 'read', promptTokens: ids.length });
    read = true;
  };
  const cancel = batch.add({
    ...{ prompt: ids, maxTokens, routing: shape.experts > 0 },
    banned: bannedIds(ids, idsOf(tokenizer, question.onlyFromPrompt), shape),
    choose: sampling ? sampleTokens(sampling, question.place) : likeliestToken,
    onToken(token) {
      beRead();
      tokens += 1;
      const text = stream ? grow(token) : '';
      if (text !== '') news.push({ id, kind: 'text', text, tokens });
    },
    onEnd(row) {
      beRead();
      over({ id, kind: 'answer', answer: readAnswer(tokenizer, ids, row, { tokenRouting: question.tokenRouting }) });
    },
    onError: ({ message }) => over({ id, kind: 'error', message }),
  });
  cancels.set(id, cancel);
}

process.on('message', (message: ToModel) => {
  if (message.kind === 'ask') return ask(message);
  if (message.kind === 'cancel') {
    cancels.get(message.id)?.();
    cancels.delete(message.id);
    return tell();
  }
  open(message).catch((error: unknown) => {
    const known = error instanceof DialecticError ? error : null;
    send({
      kind: 'failed',
      what: known?.what ?? (error as Error).message,
      remedy: known?.remedy ?? 'Export the model again.',
    });
  });
});
endWithParent();
// A server's Ctrl-C reaches the whole process group; it is the parent that decides when this one ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
