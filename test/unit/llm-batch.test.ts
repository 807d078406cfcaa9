import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { BatchLedger, KnownBatch } from '../../adapters/llm/batch.js';
import { BudgetExhaustedError, TeacherUnavailableError } from '../../adapters/llm/errors.js';
import type { CallLedger, ModelRequest, PaidCall } from '../../adapters/llm/ledger.js';
import { createModelClient, type ModelClientOptions } from '../../adapters/llm/model-client.js';
import { createBatchApi, type LineAnswer } from '../servers/batch-api.js';
import { startModelServer, type ModelServer } from '../servers/misbehaving-model.js';

const schema = z.object({ answer: z.string() });
const question = (user: string): ModelRequest<{ answer: string }> => ({
  ...{ stage: 'expand', system: 'Answer.', user, schemaName: 'answer', schema },
  ...{ temperature: 0, maxTokens: 100, seed: 1 },
});
const prices = { tiny: { input: 2, output: 20, batch: { input: 1, output: 10 } } };

let server: ModelServer;
let answerLine: (prompt: string) => LineAnswer;
let api: ReturnType<typeof createBatchApi>;
let calls: Map<string, PaidCall>;
let known: Map<string, KnownBatch[]>;

beforeEach(async () => {
  answerLine = (prompt) => ({ content: JSON.stringify({ answer: prompt }) });
  api = createBatchApi({ seconds: 0.2, answer: (_system, prompt) => answerLine(prompt) });
  server = await startModelServer(() => ({ kind: 'status', status: 500 }), api);
  calls = new Map();
  known = new Map();
});
afterEach(() => server.close());

const open = (options: Partial<ModelClientOptions> = {}) => {
  const ledger: CallLedger = {
    find: async (key) => calls.get(key) ?? null,
    save: async (call) => void calls.set(call.key, call),
    spent: async () => ({
      calls: calls.size,
      usd: [...calls.values()].reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    }),
  };
  const batches: BatchLedger = {
    find: async (requests) => known.get(requests)?.at(-1) ?? null,
    save: async (requests, { ...batch }) =>
      void known.set(requests, [
        ...(known.get(requests) ?? []).filter(({ attempt }) => attempt !== batch.attempt),
        batch,
      ]),
  };
  return createModelClient({ ...{ model: 'tiny', baseUrl: server.baseUrl, ledger, batches, prices }, ...options });
};
const questions = ['a', 'b', 'c'].map(question);

it('answers all questions by one batch, matched by key, at its price, and no other call', async () => {
  const client = open();
  await client.announce(questions);
  const answers = await Promise.all(questions.map((request) => client.ask(request)));
  expect(answers.map(({ value }) => value.answer)).toEqual(['a', 'b', 'c']);
  expect(client.tally.costUsd).toBeCloseTo((3 * (100 * 1 + 10 * 10)) / 1e6);
  expect([api.batches.length, server.requests]).toEqual([1, 0]);
});

it('goes on with a batch that somebody else began and did not live to read', async () => {
  const stop = new AbortController();
  const first = open({ signal: stop.signal }).announce(questions);
  setTimeout(() => stop.abort(), 100);
  await expect(first).rejects.toThrow();
  expect(api.batches).toHaveLength(1);
  await open().announce(questions);
  expect(api.batches).toHaveLength(1);
  expect(calls.size).toBe(3);
});

it('finds a batch by its mark when whoever created it died before writing down the id', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  await open({ signal: stop.signal })
    .announce(questions)
    .catch(() => undefined);
  for (const list of known.values()) for (const batch of list) batch.id = null;
  await open().announce(questions);
  expect(api.batches).toHaveLength(1);
  expect(calls.size).toBe(3);
});

it('sends again only what a batch left unanswered', async () => {
  answerLine = (prompt) => (prompt === 'b' ? { status: 500 } : { content: JSON.stringify({ answer: prompt }) });
  await expect(open().announce(questions)).rejects.toBeInstanceOf(TeacherUnavailableError);
  answerLine = (prompt) => ({ content: JSON.stringify({ answer: prompt }) });
  await open().announce(questions);
  expect(api.batches.map(({ lines }) => lines.length)).toEqual([3, 1]);
  expect(calls.size).toBe(3);
});

it('creates no batch that would pass the budget', async () => {
  await expect(open({ maxBudgetUsd: 0.0001 }).announce(questions)).rejects.toBeInstanceOf(BudgetExhaustedError);
  expect(api.batches).toHaveLength(0);
});
