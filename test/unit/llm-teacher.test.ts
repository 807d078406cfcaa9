import { afterEach, expect, it } from 'vitest';
import type { DatabaseSchema } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { Guide, Template } from '../../core/template.js';
import { BudgetExhaustedError, RateLimitedError } from '../../adapters/llm/errors.js';
import { askAll } from '../../adapters/llm/ask-all.js';
import { askForVerdicts } from '../../adapters/llm/judge.js';
import type { PaidCall } from '../../adapters/llm/ledger.js';
import { createModelClient } from '../../adapters/llm/model-client.js';
import { askForPairs, askForRepairs, askForStatements } from '../../adapters/llm/teacher.js';
import { startModelServer, type Behaviour, type ModelServer } from '../servers/misbehaving-model.js';

const manifest = { name: 'sqlite', title: 'SQLite', engine: 'SQLite 3.54' } as DialectManifest;
const schema: DatabaseSchema = {
  name: 'shop',
  dialect: 'sqlite',
  tables: [
    {
      name: 'orders',
      rows: 3,
      columns: [
        {
          name: 'id',
          type: 'integer',
          nativeType: 'INTEGER',
          nullable: false,
          primaryKey: true,
          distinct: 3,
          nullRate: 0,
          samples: [1],
        },
      ],
    },
  ],
  foreignKeys: [],
};
const guide = { id: 'g', text: 'COUNT counts.' } as Guide;
const template = { id: 't', sql: 'SELECT {C1} FROM {T1}' } as Template;

let server: ModelServer;
afterEach(() => server?.close());

async function teacher(plan: (n: number, prompt: string) => Behaviour) {
  server = await startModelServer(plan);
  const calls = new Map<string, PaidCall>();
  const client = createModelClient({
    model: 'tiny',
    baseUrl: server.baseUrl,
    timeoutMs: 1000,
    ledger: {
      find: async (key) => calls.get(key) ?? null,
      save: async (call) => void calls.set(call.key, call),
      spent: async () => ({ calls: 0, usd: 0 }),
    },
  });
  return client;
}

it('keeps the guide in the part of the prompt that is shared, and returns the statements a job', async () => {
  const client = await teacher(() => ({
    kind: 'answer',
    content: () => JSON.stringify({ statements: [{ sql: 'SELECT COUNT(*) FROM orders', uses: ['COUNT'] }] }),
  }));
  const answers = await askForStatements(client, {
    ...{ manifest, schema, seed: 1 },
    jobs: [{ sql: 'SELECT id FROM orders', guide, wanted: ['COUNT'] }],
  });
  expect(answers.flatMap((answer) => ('statements' in answer ? answer.statements : []))).toEqual([
    'SELECT COUNT(*) FROM orders',
  ]);
  const { messages } = JSON.parse(server.paid[0]!) as { messages: { content: string }[] };
  expect(messages[0]!.content).toContain(guide.text);
  expect(messages[1]!.content).not.toContain(guide.text);
});

it('asks for each fill of a template in another style', async () => {
  const client = await teacher(() => ({
    kind: 'answer',
    content: () => JSON.stringify({ sql: 'SELECT id FROM orders', question: 'Which?' }),
  }));
  await askForPairs(client, {
    ...{ manifest, schema, seed: 1 },
    jobs: [0, 1].map((n) => ({ template, sql: 'SELECT id FROM orders', n })),
  });
  expect(new Set(server.paid.map((body) => /# Style[^\\]*\\n([^\\]*)/.exec(body)?.[1])).size).toBe(2);
});

it('returns an invalid reply as such beside the good ones', async () => {
  const client = await teacher((_, prompt) => ({
    kind: 'answer',
    content: () => (prompt.includes('bad') ? 'no' : JSON.stringify({ aligned: true, reason: 'same' })),
  }));
  const job = (question: string) => ({ id: question, question, sql: 'SELECT 1', rows: [[1]] });
  const answers = await askForVerdicts(client, { manifest, schema, jobs: [job('good'), job('bad')] });
  expect(answers[0]).toMatchObject({ aligned: true });
  expect(answers[1]).toHaveProperty('invalid');
});

it('pays for every answered question even when a later one hits the rate limit, and repeats only that one', async () => {
  let limited = true;
  const client = await teacher((_, prompt) =>
    limited && prompt.includes('third')
      ? { kind: 'rate-limit', retryAfter: '0' }
      : { kind: 'answer', content: () => JSON.stringify({ aligned: true, reason: 'same' }) },
  );
  const jobs = ['first', 'second', 'third'].map((question) => ({ id: question, question, sql: 'SELECT 1', rows: [] }));
  await expect(askForVerdicts(client, { manifest, schema, jobs })).rejects.toBeInstanceOf(RateLimitedError);
  limited = false;
  expect(await askForVerdicts(client, { manifest, schema, jobs })).toHaveLength(3);
  expect(server.paid).toHaveLength(3);
});

it('throws the longest rate limit, but a spent budget before any rate limit', async () => {
  const failing = { announce: async () => undefined, ask: (error: unknown) => Promise.reject(error) };
  const failWith = (errors: Error[]) =>
    askAll(failing, errors, (error) => error as never).catch((error: unknown) => error);
  const short = new RateLimitedError(1000, 'm');
  const long = new RateLimitedError(9000, 'm');
  const budget = new BudgetExhaustedError('Spent.');
  expect(await failWith([short, long])).toBe(long);
  expect(await failWith([long, budget])).toBe(budget);
});

it('asks for a mended pair with what was said against it, below the prompt that it was written under', async () => {
  const client = await teacher((_, prompt) => ({
    kind: 'answer',
    content: () =>
      prompt.includes('no such column: nam')
        ? JSON.stringify({ sql: 'SELECT id FROM orders', question: 'Which orders are there?' })
        : 'what?',
  }));
  const pair = { sql: 'SELECT nam FROM orders', question: 'Which orders are there?' };
  const [answer] = await askForRepairs(client, {
    ...{ manifest, schema },
    jobs: [{ pair, reason: 'invalid', evidence: 'no such column: nam' }],
  });
  expect(answer).toMatchObject({ value: { sql: 'SELECT id FROM orders' } });
});
