import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DatabaseSession, ExecutionOutcome } from '../../core/database.js';
import { createPlayground } from '../../serve/http/playground/playground.js';

/** Statements that run until they are let go. */
const waiting: ((outcome: ExecutionOutcome) => void)[] = [];
const session = {
  ref: { name: 'shop', dialect: 'sqlite', url: 'shop.sqlite' },
  execute: () => new Promise<ExecutionOutcome>((resolve) => waiting.push(resolve)),
} as unknown as DatabaseSession;
const schema = { name: 'shop', dialect: 'sqlite', tables: [], foreignKeys: [] };
const server = fastify();

beforeAll(() =>
  server.register(
    createPlayground({
      models: new Map(),
      databases: new Map([['shop', { session, schema }]]),
      feedback: { add: async () => undefined, list: async () => [] } as never,
      endOf: () => new AbortController().signal,
    }),
  ),
);
afterAll(() => server.close());

const run = () => server.inject({ method: 'POST', url: '/api/run', payload: { database: 'shop', sql: 'SELECT 1' } });

it('takes no more statements than it can get done, and says when to come again', async () => {
  const taken = Array.from({ length: 16 }, run);
  const begun = Promise.all(taken);
  while (waiting.length < 16) await new Promise(setImmediate);
  const refused = await run();
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '5']);
  expect(refused.json()).toEqual({ what: '16 requests wait already.', remedy: 'Ask again in 5 s.' });

  for (const letGo of waiting.splice(0)) letGo({ kind: 'rows', columns: ['1'], rows: [[1]], truncated: false, ms: 1 });
  expect((await begun).map(({ statusCode }) => statusCode)).toEqual(taken.map(() => 200));
  const next = run();
  while (waiting.length < 1) await new Promise(setImmediate);
  waiting.pop()!({ kind: 'timeout', message: 'late', ms: 5_000 });
  expect((await next).json()).toMatchObject({ problem: { remedy: expect.stringContaining('LIMIT') as string } });
});

it('says which databases there are', async () => {
  const unknown = await server.inject({
    method: 'POST',
    url: '/api/run',
    payload: { database: 'bank', sql: 'SELECT 1' },
  });
  expect([unknown.statusCode, unknown.json()]).toEqual([
    404,
    { what: 'There is no database "bank" here.', remedy: 'Choose one of shop.' },
  ]);
});
