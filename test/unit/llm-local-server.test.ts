import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createLocalServer } from '../../adapters/llm/local/server.js';
import type { LocalModel, LocalRequest } from '../../adapters/llm/local/llama.js';

/** The server is real; the model behind it is 1.1 GB, so these tests put one in its place that says what it was asked. */
function echoingModel(milliseconds: number, parallel = 1, read = true) {
  const asked: LocalRequest[] = [];
  let running = 0;
  let peak = 0;
  const model: LocalModel = {
    ...{ contextSize: 100, parallel, hasRead: () => read },
    countTokens: (text) => text.length,
    async complete(request) {
      asked.push(request);
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      running--;
      return { text: `"${request.user}"`, finish: 'stop', promptTokens: 10, cachedTokens: 6, replyTokens: 3 };
    },
  };
  return { model, asked, peak: () => peak };
}

let server: Server;
afterEach(() => void server.close());

async function open(model: LocalModel): Promise<(body: object, signal?: AbortSignal) => Promise<Response>> {
  server = createLocalServer('tiny', model);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (body, signal) =>
    fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      ...(signal && { signal }),
    });
}
const ask = (user: string) => ({ messages: [{ role: 'user', content: user }], max_tokens: 10 });

it('answers one request at a time, in the order in which they came, with the tokens used', async () => {
  const { model, asked, peak } = echoingModel(10);
  const post = await open(model);
  const replies = await Promise.all(['a', 'b', 'c'].map(async (user) => (await post(ask(user))).json()));
  expect(peak()).toBe(1);
  expect(asked).toHaveLength(3);
  expect(replies[0]).toMatchObject({
    choices: [{ message: { content: '"a"' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 6 } },
  });
});

it('answers as many at once as the model computes side by side, and the others after them', async () => {
  const { model, asked, peak } = echoingModel(20, 2);
  const post = await open(model);
  const statuses = await Promise.all([...'abcde'].map(async (user) => (await post(ask(user))).status));
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(peak()).toBe(2);
  expect(asked).toHaveLength(5);
});

it('reads a new prompt beside others only for several that begin with it', async () => {
  const few = echoingModel(20, 4, false);
  let post = await open(few.model);
  await Promise.all([...'abcd'].map((user) => post(ask(user))));
  expect(few.peak()).toBe(1);
  server.close();
  const many = echoingModel(20, 4, false);
  post = await open(many.model);
  await Promise.all([...'abcdefgh'].map((user) => post(ask(user))));
  expect(many.peak()).toBeGreaterThan(1);
});

it('gives the schema of the reply to the model', async () => {
  const { model, asked } = echoingModel(0);
  const post = await open(model);
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: {} };
  await post({ ...ask('a'), response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } });
  expect(asked[0]!.jsonSchema).toEqual({ type: 'object', properties: {} });
});

it('computes nothing for who has hung up', async () => {
  const { model, asked } = echoingModel(60);
  const post = await open(model);
  const first = post(ask('first'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(post(ask('second'), AbortSignal.timeout(10))).rejects.toThrow();
  await first;
  expect((await post(ask('third'))).status).toBe(200);
  expect(asked.map(({ user }) => user)).toEqual(['first', 'third']);
});

it.each([
  ['a prompt that the context cannot hold', ask('x'.repeat(95)), 400],
  ['a body without messages', {}, 400],
])('refuses %s with a reason', async (_, body, status) => {
  const post = await open(echoingModel(0).model);
  const response = await post(body);
  expect(response.status).toBe(status);
  expect(((await response.json()) as { error: { message: string } }).error.message).not.toBe('');
});
