import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody, toApiError } from '../api-error.js';
import { readChatRequest, readCompletionRequest, type SharedRequest } from '../chat-request.js';
import { usualLimits, type HostedModel, type ServerDependencies } from '../dependencies.js';
import type { EndOf } from '../end-of.js';
import { findModel } from '../find-model.js';
import type { ServerMetrics } from '../metrics.js';
import { preparePrompt, rawPrompt, type PreparedPrompt } from '../prepare-prompt.js';
import { chatShape, completionShape, type ReplyShape } from '../reply-shape.js';
import { runAnswer, type FinishedAnswer, type RunningAnswer } from '../running-answer.js';

const usualMaxTokens = 256;

/** Asking in OpenAI's two forms: a chat, and a bare prompt. */
export function completionRoutes(
  app: FastifyInstance,
  dependencies: ServerDependencies,
  metrics: ServerMetrics,
  endOf: EndOf,
): void {
  const limits = { ...usualLimits, ...dependencies.limits };

  app.post('/v1/chat/completions', async (request, reply) => {
    const body = readChatRequest(request.body);
    const { model, database } = findModel(dependencies, body.model, body.database);
    const prepared = preparePrompt({
      ...{ model, database, messages: body.messages },
      dialect: body.dialect ?? null,
    });
    const maxTokens = body.max_completion_tokens ?? body.max_tokens;
    return answer({ request, reply, model, prepared, body: { ...body, max_tokens: maxTokens }, shape: chatShape });
  });

  app.post('/v1/completions', async (request, reply) => {
    const body = readCompletionRequest(request.body);
    const { model } = findModel(dependencies, body.model, null);
    return answer({ request, reply, model, prepared: rawPrompt(model, body.prompt), body, shape: completionShape });
  });

  async function answer({ request, reply, model, prepared, body, shape }: Asking): Promise<FastifyReply> {
    const id = `${shape.prefix}-${randomUUID()}`;
    const running = runAnswer({
      ...{ model: model.predictor, prepared, signal: endOf(reply) },
      maxTokens: Math.min(body.max_tokens ?? usualMaxTokens, limits.maxTokens),
      sampling: samplingOf(body),
      stops: [body.stop ?? []].flat(),
      onFirstToken: () => metrics.firstToken.observe({ model: model.id }, reply.elapsedTime / 1000),
    });
    running.finished.then(
      ({ promptTokens, answerTokens }) => {
        metrics.tokens.inc({ model: model.id, kind: 'prompt' }, promptTokens);
        metrics.tokens.inc({ model: model.id, kind: 'answer' }, answerTokens);
      },
      () => undefined,
    );
    const head = { id, created: Math.floor(Date.now() / 1000), model: body.model };
    if (!body.stream) {
      const finished = await running.finished;
      return reply.send({ ...head, object: shape.object, choices: [shape.whole(finished)], usage: usageOf(finished) });
    }
    await running.started;
    void reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('x-accel-buffering', 'no');
    return reply.send(
      Readable.from(events(running, head, shape, body.stream_options?.include_usage ?? false, request), {
        objectMode: false,
      }),
    );
  }
}

interface Asking {
  request: FastifyRequest;
  reply: FastifyReply;
  model: HostedModel;
  prepared: PreparedPrompt;
  body: SharedRequest;
  shape: ReplyShape;
}

/** Server-sent events: pieces of the text, the reason of its end, the usage where asked for, and `[DONE]`. */
async function* events(
  { text, finished }: RunningAnswer,
  head: { id: string; created: number; model: string },
  shape: ReplyShape,
  withUsage: boolean,
  request: FastifyRequest,
): AsyncGenerator<string> {
  const event = (choices: unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({ ...head, object: shape.chunkObject, choices, ...more })}\n\n`;
  const usage = withUsage ? { usage: null } : {};
  try {
    for (const opening of shape.opening) yield event([opening], usage);
    for await (const piece of text) yield event([shape.piece(piece)], usage);
    const end = await finished;
    yield event([shape.end(end)], usage);
    if (withUsage) yield event([], { usage: usageOf(end) });
    yield 'data: [DONE]\n\n';
  } catch (error) {
    // The status has long been sent; clients of this form look for an `error` in the events.
    const known = toApiError(error);
    if (known.status === 500) request.log.error({ err: error }, 'an answer broke off');
    yield `data: ${JSON.stringify(errorBody(known))}\n\n`;
  }
}

const usageOf = ({ promptTokens, answerTokens }: FinishedAnswer) => ({
  prompt_tokens: promptTokens,
  completion_tokens: answerTokens,
  total_tokens: promptTokens + answerTokens,
});

/** Null for temperature 0, which is also the usual one: SQL is either right or wrong. */
function samplingOf({ temperature, top_p, seed }: SharedRequest) {
  if (!temperature) return null;
  return { temperature, topP: top_p ?? 1, seed: seed ?? Math.floor(Math.random() * 2 ** 31) };
}
