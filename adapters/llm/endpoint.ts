import OpenAI from 'openai';
import { createAdaptiveLimit, type AdaptiveLimit } from './concurrency.js';
import { RateLimitedError, TeacherRefusedError, TeacherUnavailableError } from './errors.js';
import type { ModelRequest, PaidCall } from './ledger.js';
import type { TokenUsage } from './prices.js';
import { narrowForm, requestBody, widestForm, type RequestForm } from './request-form.js';

export interface EndpointOptions {
  model: string;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  /** Of one call. */
  timeoutMs?: number | undefined;
  concurrency?: { start: number; max: number };
}

/** A model behind an address, with what was learned of it: how many calls it takes at once and in which form. Shared by all who ask there. */
export interface Endpoint {
  readonly model: string;
  readonly openai: OpenAI;
  readonly limit: AdaptiveLimit;
  /** Calls on their way, by request key: whoever asks the same meanwhile waits for that answer and pays for none of their own. */
  readonly inFlight: Map<string, Promise<PaidCall>>;
  form: RequestForm;
}

export function openEndpoint({ model, baseUrl, apiKey, timeoutMs, concurrency }: EndpointOptions): Endpoint {
  return {
    model,
    form: widestForm,
    inFlight: new Map(),
    limit: createAdaptiveLimit(concurrency ?? { start: 4, max: 32 }),
    openai: new OpenAI({ apiKey: apiKey ?? 'none', baseURL: baseUrl, maxRetries: 0, timeout: timeoutMs ?? 120_000 }),
  };
}

/** What a model replied. `usage` is null where the endpoint does not say. */
export interface Completion {
  text: string;
  usage: TokenUsage | null;
}

/**
 * One call. The key goes along as `Idempotency-Key`: an endpoint that honours it charges once for a call whose answer was lost.
 * @throws the classes of ./errors.ts
 */
export async function complete(endpoint: Endpoint, request: ModelRequest<unknown>, key: string): Promise<Completion> {
  for (;;) {
    const { form, model, openai } = endpoint;
    try {
      const reply = await openai.chat.completions.create(requestBody(model, request, form), {
        headers: { 'Idempotency-Key': key },
      });
      return readCompletion(reply);
    } catch (error) {
      const narrower = narrowForm(form, error);
      if (narrower === null) throw translateError(error, model);
      // Another call may have narrowed it meanwhile; then that form is tried first.
      if (endpoint.form === form) endpoint.form = narrower;
    }
  }
}

/** Text and tokens of a reply, of a single call or of a line of a batch's output. */
export function readCompletion(reply: OpenAI.Chat.Completions.ChatCompletion): Completion {
  const { usage } = reply;
  return {
    text: reply.choices?.[0]?.message?.content ?? '',
    usage: usage
      ? {
          inputTokens: usage.prompt_tokens ?? 0,
          cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
          outputTokens: usage.completion_tokens ?? 0,
        }
      : null,
  };
}

export function translateError(error: unknown, model: string): Error {
  if (error instanceof OpenAI.APIError && error.status === 429) {
    if (error.code !== 'insufficient_quota') return new RateLimitedError(retryAfterMs(error.headers), model);
    return new TeacherRefusedError(
      `The account behind model ${model} has no credit left.`,
      'Add credit and `dialectic run` the same spec again; everything paid so far is kept.',
      { cause: error },
    );
  }
  if (error instanceof OpenAI.APIError && isClientError(error.status))
    return new TeacherRefusedError(
      `The endpoint refused model ${model} with status ${error.status}: ${error.message}.`,
      'Check its baseUrl and model in the run spec, and its key in the environment of the workers.',
      { cause: error },
    );
  const reason = error instanceof Error ? error.message : String(error);
  return new TeacherUnavailableError(
    `The endpoint of model ${model} did not answer: ${reason}`,
    'The call is tried again; check the baseUrl in the run spec if this goes on.',
    { cause: error },
  );
}

const isClientError = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 409;

const defaultRetryAfterMs = 2_000;
/** A server that asks for longer than this is treated as asking for this. */
const maxRetryAfterMs = 120_000;

/** Milliseconds where the endpoint says so, else seconds or an HTTP date, as RFC 9110 has it; within limits. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number {
  const exact = headers?.get('retry-after-ms');
  const value = headers?.get('retry-after');
  if (!exact && !value) return defaultRetryAfterMs;
  const seconds = Number(value);
  const ms = exact ? Number(exact) : Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value!) - now;
  return Number.isFinite(ms) ? Math.min(maxRetryAfterMs, Math.max(0, ms)) : defaultRetryAfterMs;
}
