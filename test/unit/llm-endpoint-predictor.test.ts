import { afterEach, describe, expect, it } from 'vitest';
import { createEndpointPredictor } from '../../adapters/llm/endpoint-predictor.js';
import { BudgetExhaustedError, TeacherRefusedError } from '../../adapters/llm/errors.js';
import type { CallLedger, PaidCall } from '../../adapters/llm/ledger.js';
import { createModelClient, type ModelClientOptions } from '../../adapters/llm/model-client.js';
import { readSqlReply } from '../../core/answer/sql-of-reply.js';
import { startModelServer, type ModelServer, type Plan } from '../servers/misbehaving-model.js';

describe('the statement in a reply', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['SELECT 1;\n', 'SELECT 1'],
    ['```sql\nSELECT 1;\n```', 'SELECT 1'],
    ['```\nSELECT 1\n```', 'SELECT 1'],
    ['Here is the query:\n\n```sql\nSELECT a\nFROM t\n```\nIt lists a.', 'SELECT a\nFROM t'],
    ['```sql\nSELECT 1\n```\nBetter:\n```sql\nSELECT 2\n```', 'SELECT 2'],
    ['```sql\nSELECT 1', 'SELECT 1'],
    ['`SELECT 1`', 'SELECT 1'],
    ['SQL: SELECT 1', 'SELECT 1'],
    ['<think>SELECT 9? No.</think>\nSELECT 1', 'SELECT 1'],
    ['Sure, this is it:\nSELECT a FROM t WHERE b = 1;\n\nIt filters by b.', 'SELECT a FROM t WHERE b = 1'],
    ['WITH x AS (SELECT 1)\nSELECT * FROM x', 'WITH x AS (SELECT 1)\nSELECT * FROM x'],
    ['I cannot answer that.', 'I cannot answer that.'],
    ['', ''],
  ])('of %j is %j', (reply, sql) => expect(readSqlReply(reply)).toBe(sql));
});

describe('an endpoint as a model under test', () => {
  let server: ModelServer;
  afterEach(() => server.close());

  const open = async (plan: Plan, options: Partial<ModelClientOptions> = {}) => {
    server = await startModelServer(plan);
    const calls: PaidCall[] = [];
    const ledger: CallLedger = {
      find: async (key) => calls.find((call) => call.key === key) ?? null,
      save: async (call) => void calls.push(call),
      spent: async () => ({ calls: calls.length, usd: calls.reduce((sum, call) => sum + (call.costUsd ?? 0), 0) }),
    };
    const client = createModelClient({ model: 'tiny', baseUrl: server.baseUrl, ledger, timeoutMs: 2_000, ...options });
    return { calls, client, predictor: createEndpointPredictor(client, { maxTokens: 64 }) };
  };
  const fenced: Plan = (_n, prompt) => ({ kind: 'answer', content: () => `\`\`\`sql\nSELECT '${prompt}';\n\`\`\`` });

  it('answers in order, without fences, and keeps what the calls cost', async () => {
    const { predictor, client, calls } = await open(fenced, { prices: { tiny: { input: 1, output: 2 } } });
    const seen: number[] = [];
    const answers = await predictor.generate(['a', 'b', 'c'], { onProgress: (done) => seen.push(done) });
    expect(answers.map(({ text }) => text)).toEqual(["SELECT 'a'", "SELECT 'b'", "SELECT 'c'"]);
    expect(calls.map(({ stage }) => stage)).toEqual(['evaluate', 'evaluate', 'evaluate']);
    expect(client.tally.costUsd).toBeGreaterThan(0);
    expect(seen).toEqual([1, 2, 3]);
    await predictor.generate(['a', 'b', 'c'], {});
    expect(server.paid).toHaveLength(3);
  });

  it('asks for plain text, cold; drawn at the temperature asked for, each sample with a seed of its own', async () => {
    const { predictor } = await open(fenced);
    await predictor.generate(['q'], {});
    await predictor.generate(['q', 'q'], { sampling: { temperature: 0.7, topP: 0.9, seed: 5 } });
    const bodies = server.paid.map((body) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies[0]).toMatchObject({ temperature: 0, max_tokens: 64 });
    expect(bodies[0]).not.toHaveProperty('response_format');
    expect(
      bodies
        .slice(1)
        .map(({ temperature, seed }) => [temperature, seed])
        .sort(),
    ).toEqual([
      [0.7, 5],
      [0.7, 6],
    ]);
  });

  it('leaves a prompt that is refused unanswered, and fails where all are', async () => {
    const { predictor } = await open((_n, prompt) =>
      prompt === 'long' ? { kind: 'status', status: 413 } : { kind: 'answer', content: () => 'SELECT 1' },
    );
    expect(await predictor.generate(['long', 'short'], {})).toEqual([{ text: '' }, { text: 'SELECT 1' }]);
    await expect(predictor.generate(['long'], {})).rejects.toBeInstanceOf(TeacherRefusedError);
  });

  it('stops at the budget', async () => {
    const { predictor } = await open(fenced, { prices: { tiny: { input: 1e6, output: 1e6 } }, maxBudgetUsd: 1 });
    await expect(predictor.generate(['a', 'b', 'c'], {})).rejects.toBeInstanceOf(BudgetExhaustedError);
    expect(server.paid).toHaveLength(1);
  });

  it('waits out rate limits', async () => {
    const { predictor } = await open((n, prompt, system, body) =>
      n === 0 ? { kind: 'rate-limit', retryAfter: '0' } : fenced(n, prompt, system, body),
    );
    expect(await predictor.generate(['a'], {})).toEqual([{ text: "SELECT 'a'" }]);
  });
});
