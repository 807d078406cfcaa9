import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import { z } from 'zod';
import { createAdaptiveLimit, type AdaptiveLimit } from './concurrency.js';
import {
  BudgetExhaustedError,
  InvalidReplyError,
  RateLimitedError,
  TeacherRefusedError,
  TeacherUnavailableError,
} from './errors.js';
import { costOf, type PriceList, type TokenUsage } from './prices.js';

/** One question to a model; the reply must satisfy `schema`. */
export interface ModelRequest<T> {
  /** What the call is for, as the ledger names it: `expand`, `populate`, `check`. */
  stage: string;
  system: string;
  user: string;
  schemaName: string;
  schema: z.ZodType<T>;
  temperature: number;
  maxTokens: number;
  seed: number;
}

/** A paid call, as it is kept: the same request is never paid twice. */
export interface PaidCall {
  key: string;
  stage: string;
  model: string;
  reply: string;
  usage: TokenUsage;
  costUsd: number | null;
}

/** Where paid calls are kept: PostgreSQL in a run, memory in a test. */
export interface CallLedger {
  find(key: string): Promise<PaidCall | null>;
  save(call: PaidCall): Promise<void>;
  /** US dollars spent so far by this run, unknown prices left out. */
  spent(): Promise<number>;
}

export interface ModelClientOptions {
  model: string;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  timeoutMs?: number;
  concurrency?: { start: number; max: number };
  prices?: PriceList;
  maxBudgetUsd?: number | null;
  ledger: CallLedger;
}

export interface ModelClient {
  readonly model: string;
  readonly limit: AdaptiveLimit;
  /** Asks the model unless the ledger holds the answer. Throws the classes of ./errors.ts. */
  ask<T>(request: ModelRequest<T>): Promise<{ value: T; call: PaidCall; reused: boolean }>;
}

const defaultRetryAfterMs = 5_000;
/** A server that asks for longer than this is treated as asking for this. */
const maxRetryAfterMs = 120_000;

/**
 * A teacher or judge behind any OpenAI-compatible endpoint. It retries nothing by itself: Temporal does,
 * and every answered call is in the ledger by then, so a retry pays only for what is missing.
 */
export function createModelClient(options: ModelClientOptions): ModelClient {
  const limit = createAdaptiveLimit(options.concurrency ?? { start: 4, max: 32 });
  const openai = new OpenAI({
    apiKey: options.apiKey ?? 'none',
    baseURL: options.baseUrl,
    maxRetries: 0,
    timeout: options.timeoutMs ?? 60_000,
  });
  const inFlight = new Map<string, Promise<PaidCall>>();

  async function call<T>(request: ModelRequest<T>, key: string): Promise<PaidCall> {
    const maxBudget = options.maxBudgetUsd ?? null;
    if (maxBudget !== null && (await options.ledger.spent()) >= maxBudget) {
      throw new BudgetExhaustedError(
        `The budget of $${maxBudget} for model ${options.model} is spent.`,
        'Raise it with `dialectic budget <run> <usd>` and resume; everything paid so far is kept.',
      );
    }
    const { text, usage } = await complete(openai, options.model, request, limit);
    const paid: PaidCall = {
      key,
      stage: request.stage,
      model: options.model,
      reply: text,
      usage,
      costUsd: costOf(options.model, usage, options.prices ?? {}),
    };
    // Kept before it is read: an invalid reply was paid for, too.
    await options.ledger.save(paid);
    return paid;
  }

  return {
    model: options.model,
    limit,
    async ask(request) {
      const key = requestKey(options.model, request);
      const known = await options.ledger.find(key);
      if (known) return { value: parseReply(known, request), call: known, reused: true };
      const pending = inFlight.get(key) ?? limit.run(() => call(request, key));
      inFlight.set(key, pending);
      try {
        const paid = await pending;
        return { value: parseReply(paid, request), call: paid, reused: false };
      } finally {
        inFlight.delete(key);
      }
    },
  };
}

/** sha256 of everything that decides the reply. */
export function requestKey(model: string, request: ModelRequest<unknown>): string {
  const { schema, ...rest } = request;
  return createHash('sha256')
    .update(JSON.stringify({ model, ...rest, schema: z.toJSONSchema(schema) }))
    .digest('hex');
}

async function complete(
  openai: OpenAI,
  model: string,
  request: ModelRequest<unknown>,
  limit: AdaptiveLimit,
): Promise<{ text: string; usage: TokenUsage }> {
  try {
    const reply = await openai.chat.completions.create({
      model,
      temperature: request.temperature,
      max_tokens: request.maxTokens,
      seed: request.seed,
      messages: [
        { role: 'system', content: request.system },
        { role: 'user', content: request.user },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: request.schemaName,
          strict: true,
          schema: z.toJSONSchema(request.schema) as Record<string, unknown>,
        },
      },
    });
    return {
      text: reply.choices?.[0]?.message?.content ?? '',
      usage: {
        inputTokens: reply.usage?.prompt_tokens ?? 0,
        cachedInputTokens: reply.usage?.prompt_tokens_details?.cached_tokens ?? 0,
        outputTokens: reply.usage?.completion_tokens ?? 0,
      },
    };
  } catch (error) {
    throw translate(error, model, limit);
  }
}

function translate(error: unknown, model: string, limit: AdaptiveLimit): Error {
  if (error instanceof OpenAI.APIError && error.status === 429) {
    const wait = retryAfterMs(error.headers);
    limit.onRateLimit(wait);
    return new RateLimitedError(wait, model);
  }
  if (
    error instanceof OpenAI.APIError &&
    error.status !== undefined &&
    error.status >= 400 &&
    error.status < 500 &&
    error.status !== 408
  ) {
    return new TeacherRefusedError(
      `The endpoint refused model ${model} with status ${error.status}: ${error.message}.`,
      'Check teacher.baseUrl, teacher.model and the key in DIALECTIC_TEACHER_API_KEY.',
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new TeacherUnavailableError(
    `The endpoint of model ${model} did not answer: ${reason}`,
    'The call is tried again; check teacher.baseUrl if this goes on.',
    { cause: error },
  );
}

/** Seconds or an HTTP date, as RFC 9110 has it; within limits. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number {
  const value = headers?.get('retry-after');
  if (!value) return defaultRetryAfterMs;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(maxRetryAfterMs, Math.max(0, ms)) : defaultRetryAfterMs;
}

function parseReply<T>(paid: PaidCall, request: ModelRequest<T>): T {
  const remedy =
    'The item is rejected and counted; a stronger model or a lower teacher.temperature gives fewer of these.';
  let json: unknown;
  try {
    json = JSON.parse(withoutFence(paid.reply));
  } catch (cause) {
    throw new InvalidReplyError(`Model ${paid.model} replied with text that is not JSON.`, remedy, { cause });
  }
  const parsed = request.schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidReplyError(
      `Model ${paid.model} replied with JSON of another shape (${issue?.path.join('.') || 'top level'}: ${issue?.message}).`,
      remedy,
    );
  }
  return parsed.data;
}

/** Small local models wrap JSON into a Markdown fence even when told not to. */
function withoutFence(text: string): string {
  const match = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text);
  return match ? match[1]! : text;
}
