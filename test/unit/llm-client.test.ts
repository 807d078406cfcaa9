import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAdaptiveLimit } from '../../adapters/llm/concurrency.js';
import {
  BudgetExhaustedError,
  InvalidReplyError,
  RateLimitedError,
  TeacherRefusedError,
  TeacherUnavailableError,
} from '../../adapters/llm/errors.js';
import {
  createModelClient,
  retryAfterMs,
  type CallLedger,
  type ModelClientOptions,
  type ModelRequest,
  type PaidCall,
} from '../../adapters/llm/model-client.js';
import { costOf } from '../../adapters/llm/prices.js';
import { startModelServer, type Behaviour, type ModelServer } from '../servers/misbehaving-model.js';

const good: Behaviour = { kind: 'answer', content: () => '{"answer":"42"}' };

function memoryLedger(): CallLedger & { calls: PaidCall[] } {
  const calls: PaidCall[] = [];
  return {
    calls,
    find: async (key) => calls.find((call) => call.key === key) ?? null,
    save: async (call) => void calls.push(call),
    spent: async () => calls.reduce((sum, call) => sum + (call.costUsd ?? 0), 0),
  };
}

const question = (user: string): ModelRequest<{ answer: string }> => ({
  stage: 'expand',
  system: 'Answer.',
  user,
  schemaName: 'answer',
  schema: z.object({ answer: z.string() }),
  temperature: 0,
  maxTokens: 100,
  seed: 1,
});

describe('a model behind an endpoint that misbehaves', () => {
  let server: ModelServer;
  afterEach(() => server.close());

  const open = async (plan: (n: number) => Behaviour, options: Partial<ModelClientOptions> = {}) => {
    server = await startModelServer(plan);
    const ledger = memoryLedger();
    return {
      ledger,
      client: createModelClient({ model: 'tiny', baseUrl: server.baseUrl, ledger, timeoutMs: 500, ...options }),
    };
  };

  it('answers with validated JSON and keeps the paid call', async () => {
    const { client, ledger } = await open(() => good);
    const { value, reused } = await client.ask(question('a'));
    expect(value).toEqual({ answer: '42' });
    expect(reused).toBe(false);
    expect(ledger.calls[0]).toMatchObject({
      stage: 'expand',
      model: 'tiny',
      costUsd: null,
      usage: { outputTokens: 15 },
    });
  });

  it('pays for the same request once, also when two ask at the same time', async () => {
    const { client } = await open(() => ({ ...good, delayMs: 30 }) as Behaviour);
    await Promise.all([client.ask(question('a')), client.ask(question('a'))]);
    expect((await client.ask(question('a'))).reused).toBe(true);
    expect(server.paid).toHaveLength(1);
  });

  it('reports a 429 with the time the server asked for, and asks only once', async () => {
    const { client } = await open(() => ({ kind: 'rate-limit', retryAfter: '7' }));
    const error = await client.ask(question('a')).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAfterMs).toBe(7000);
    expect(server.requests).toBe(1);
  });

  it.each<[string, Behaviour, new (...args: never[]) => Error]>([
    ['a 500', { kind: 'status', status: 500 }, TeacherUnavailableError],
    ['a cut reply', { kind: 'cut' }, TeacherUnavailableError],
    ['silence', { kind: 'hang' }, TeacherUnavailableError],
    ['a 401', { kind: 'status', status: 401 }, TeacherRefusedError],
    ['text that is not JSON', { kind: 'answer', content: () => 'Sure! Here it is.' }, InvalidReplyError],
    ['JSON of another shape', { kind: 'answer', content: () => '{"reply": 1}' }, InvalidReplyError],
  ])('names %s for what it is', async (_, behaviour, errorClass) => {
    const { client } = await open(() => behaviour);
    await expect(client.ask(question('a'))).rejects.toBeInstanceOf(errorClass);
  });

  it('reads JSON inside a Markdown fence', async () => {
    const { client } = await open(() => ({ kind: 'answer', content: () => '```json\n{"answer":"x"}\n```' }));
    expect((await client.ask(question('a'))).value).toEqual({ answer: 'x' });
  });

  it('does not pay again for a reply that was invalid', async () => {
    const { client } = await open(() => ({ kind: 'answer', content: () => 'nonsense' }));
    await client.ask(question('a')).catch(() => null);
    await client.ask(question('a')).catch(() => null);
    expect(server.paid).toHaveLength(1);
  });

  it('stops before the call that would pass the budget', async () => {
    const { client } = await open(() => good, {
      prices: { tiny: { input: 1e6, output: 0 } },
      maxBudgetUsd: 2,
    });
    await client.ask(question('ab'));
    await expect(client.ask(question('c'))).rejects.toBeInstanceOf(BudgetExhaustedError);
    expect(server.paid).toHaveLength(1);
  });
});

describe('adaptive concurrency', () => {
  it('shrinks to three quarters on a 429 and grows by one in 25 successes', async () => {
    const limit = createAdaptiveLimit({ start: 8, max: 10 });
    limit.onRateLimit(0);
    expect(limit.current).toBe(6);
    for (let i = 0; i < 25; i++) await limit.run(async () => i);
    expect(limit.current).toBe(7);
  });

  it('never runs more than its limit at once, and lets a failure free its place', async () => {
    const limit = createAdaptiveLimit({ start: 2, max: 2 });
    let running = 0;
    let peak = 0;
    const call = (i: number) => async () => {
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (i % 3 === 0) throw new Error('no');
    };
    await Promise.allSettled(Array.from({ length: 9 }, (_, i) => limit.run(call(i))));
    expect(peak).toBe(2);
  });

  it('starts nothing before Retry-After is over', async () => {
    const limit = createAdaptiveLimit({ start: 2, max: 2 });
    limit.onRateLimit(60);
    const start = Date.now();
    await limit.run(async () => null);
    expect(Date.now() - start).toBeGreaterThanOrEqual(55);
  });
});

describe('Retry-After and prices', () => {
  it('reads seconds and dates, within two minutes', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfterMs(new Headers({ 'retry-after': '3' }), now)).toBe(3000);
    expect(retryAfterMs(new Headers({ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }), now)).toBe(10_000);
    expect(retryAfterMs(new Headers({ 'retry-after': '9999' }), now)).toBe(120_000);
  });

  it('knows no price for a model that is not in the list', () => {
    const usage = { inputTokens: 1000, cachedInputTokens: 400, outputTokens: 100 };
    expect(costOf('other', usage, {})).toBeNull();
    expect(costOf('m', usage, { m: { input: 2, cachedInput: 1, output: 10 } })).toBeCloseTo(
      (600 * 2 + 400 + 1000) / 1e6,
    );
  });
});
