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
import { openEndpoint, retryAfterMs } from '../../adapters/llm/endpoint.js';
import type { CallLedger, ModelRequest, PaidCall } from '../../adapters/llm/ledger.js';
import { createModelClient, type ModelClientOptions } from '../../adapters/llm/model-client.js';
import { costOf } from '../../adapters/llm/prices.js';
import { startModelServer, type Behaviour, type ModelServer, type Plan } from '../servers/misbehaving-model.js';

const good: Behaviour = { kind: 'answer', content: () => '{"answer":"42"}' };

function memoryLedger(): CallLedger & { calls: PaidCall[] } {
  const calls: PaidCall[] = [];
  return {
    calls,
    find: async (key) => calls.find((call) => call.key === key) ?? null,
    save: async (call) => void calls.push(call),
    spent: async () => ({ calls: calls.length, usd: calls.reduce((sum, call) => sum + (call.costUsd ?? 0), 0) }),
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

  const open = async (plan: Plan, options: Partial<ModelClientOptions> = {}) => {
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

  it('pays once also when two pieces of work ask the same of one endpoint at the same time', async () => {
    const { ledger } = await open(() => ({ ...good, delayMs: 30 }) as Behaviour);
    const endpoint = openEndpoint({ model: 'tiny', baseUrl: server.baseUrl });
    const clients = [1, 2, 3].map(() => createModelClient({ model: 'tiny', ledger, endpoint }));
    const answers = await Promise.all(clients.map((client) => client.ask(question('a'))));
    expect(answers.map(({ reused }) => reused)).toEqual([false, true, true]);
    expect([server.requests, server.repeats]).toEqual([1, 0]);
  });

  it('waits out a 429 as long as the server asked for, and asks again', async () => {
    const { client, ledger } = await open((n) => (n === 0 ? { kind: 'rate-limit', retryAfter: '1' } : good));
    const began = Date.now();
    expect((await client.ask(question('a'))).value).toEqual({ answer: '42' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
    expect(ledger.calls).toHaveLength(1);
  });

  it('leaves it to Temporal when a server refuses on and on', async () => {
    const { client } = await open(() => ({ kind: 'rate-limit', retryAfter: '0' }));
    await expect(client.ask(question('a'))).rejects.toBeInstanceOf(RateLimitedError);
    expect(server.requests).toBe(10);
  });

  it('gets over a passing fault by itself, with the same idempotency key', async () => {
    const { client } = await open((n) => (n === 0 ? { kind: 'status', status: 503 } : good));
    expect((await client.ask(question('a'))).value).toEqual({ answer: '42' });
    expect(new Set(server.keys).size).toBe(1);
  });

  it('tells the schema in the prompt where the endpoint takes none, and remembers that', async () => {
    const { client } = await open((_n, _prompt, _system, body) =>
      'response_format' in body ? { kind: 'status', status: 400 } : good,
    );
    await client.ask(question('a'));
    await client.ask(question('b'));
    expect(server.requests).toBe(3);
    expect(server.paid.every((body) => body.includes('JSON schema') && body.includes('answer'))).toBe(true);
  });

  it('asks nothing more when it is told to stop, and keeps what was answered', async () => {
    const stop = new AbortController();
    const { client, ledger } = await open(() => ({ ...good, delayMs: 50 }) as Behaviour, {
      concurrency: { start: 1, max: 1 },
      signal: stop.signal,
    });
    const asked = ['a', 'b', 'c'].map((user) => client.ask(question(user)));
    setTimeout(() => stop.abort(), 20);
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(ledger.calls).toHaveLength(1);
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
  const refuse = (retryAfterMs: number) => async () => {
    throw new RateLimitedError(retryAfterMs, 'm');
  };
  const refuseOnce = (retryAfterMs: number) => {
    let refused = false;
    return async () => {
      if (refused) return;
      refused = true;
      await refuse(retryAfterMs)();
    };
  };
  const answerIn = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));

  it('shrinks to three quarters on a 429, once for a burst of them, and grows by one in 25 successes', async () => {
    const limit = createAdaptiveLimit({ start: 8, max: 16 });
    const calls = Array.from({ length: 8 }, (_, i) => limit.run(i < 2 ? refuseOnce(30) : answerIn(20)));
    await answerIn(10)();
    expect(limit.current).toBe(6);
    await Promise.all(calls);
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

  it('begins nothing before Retry-After is over when the server takes nothing', async () => {
    const limit = createAdaptiveLimit({ start: 2, max: 2 });
    const refused = limit.run(refuseOnce(60));
    await answerIn(1)();
    const start = Date.now();
    await limit.run(async () => null);
    expect(Date.now() - start).toBeGreaterThanOrEqual(50);
    await refused;
  });

  it('goes on below three quarters while a refused call waits and others are answered', async () => {
    const limit = createAdaptiveLimit({ start: 4, max: 4 });
    const waiting = [limit.run(refuseOnce(200)), ...[1, 2, 3].map(() => limit.run(answerIn(20)))];
    await answerIn(5)();
    const start = Date.now();
    await limit.run(async () => null);
    expect(Date.now() - start).toBeLessThan(100);
    await Promise.all(waiting);
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
