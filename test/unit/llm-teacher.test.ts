import { afterEach, expect, it } from 'vitest';
import type { DatabaseSchema } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { Guide, Template } from '../../core/template.js';
import { BudgetExhaustedError, RateLimitedError } from '../../adapters/llm/errors.js';
import { askAll } from '../../adapters/llm/ask-all.js';
import { createModelClient, type PaidCall } from '../../adapters/llm/model-client.js';
import { askForPairs, askForStatements, askForVerdicts } from '../../adapters/llm/teacher.js';
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
const seed = { id: 't', sql: 'SELECT {C1} FROM {T1}' } as Template;

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
      spent: async () => 0,
    },
  });
  return { client, temperature: 0, maxTokens: 200, seed: 1 };
}

it('keeps the guide in the part of the prompt that is shared, and returns the statements a job', async () => {
  const settings = await teacher(() => ({
    kind: 'answer',
    content: () => JSON.stringify({ statements: [{ sql: 'SELECT COUNT(*) FROM orders', uses: ['COUNT'] }] }),
  }));
  const answers = await askForStatements(settings, {
    manifest,
    schema,
    jobs: [{ seed, sql: 'SELECT id FROM orders', guide }],
  });
  expect(answers).toEqual([
    { job: { seed, sql: 'SELECT id FROM orders', guide }, statements: ['SELECT COUNT(*) FROM orders'] },
  ]);
});

it('asks for each fill of a template in another style', async () => {
  const settings = await teacher(() => ({
    kind: 'answer',
    content: () => JSON.stringify({ sql: 'SELECT id FROM orders', question: 'Which?' }),
  }));
  await askForPairs(settings, {
    manifest,
    schema,
    jobs: [
      { template: seed, n: 0 },
      { template: seed, n: 1 },
    ],
  });
  expect(new Set(server.paid.map((body) => /# Style[^\\]*\\n([^\\]*)/.exec(body)?.[1])).size).toBe(2);
});

it('returns an invalid reply as such beside the good ones', async () => {
  const settings = await teacher((_, prompt) => ({
    kind: 'answer',
    content: () => (prompt.includes('bad') ? 'no' : JSON.stringify({ aligned: true, reason: 'same' })),
  }));
  const job = (question: string) => ({ id: question, question, sql: 'SELECT 1', rows: [[1]] });
  const answers = await askForVerdicts(settings, { manifest, schema, jobs: [job('good'), job('bad')] });
  expect(answers[0]).toMatchObject({ aligned: true });
  expect(answers[1]).toHaveProperty('invalid');
});

it('pays for every answered question even when a later one hits the rate limit, and repeats only that one', async () => {
  let limited = true;
  const settings = await teacher((_, prompt) =>
    limited && prompt.includes('third')
      ? { kind: 'rate-limit', retryAfter: '1' }
      : { kind: 'answer', content: () => JSON.stringify({ aligned: true, reason: 'same' }) },
  );
  const jobs = ['first', 'second', 'third'].map((question) => ({ id: question, question, sql: 'SELECT 1', rows: [] }));
  await expect(askForVerdicts(settings, { manifest, schema, jobs })).rejects.toBeInstanceOf(RateLimitedError);
  limited = false;
  expect(await askForVerdicts(settings, { manifest, schema, jobs })).toHaveLength(3);
  expect(server.paid).toHaveLength(3);
});

it('throws the longest rate limit, but a spent budget before any rate limit', async () => {
  const failWith = (errors: Error[]) =>
    askAll(errors, async (error) => Promise.reject(error)).catch((error: unknown) => error);
  const short = new RateLimitedError(1000, 'm');
  const long = new RateLimitedError(9000, 'm');
  const budget = new BudgetExhaustedError('Spent.', 'Raise it.');
  expect(await failWith([short, long])).toBe(long);
  expect(await failWith([long, budget])).toBe(budget);
});
