import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openServingModel, type ServingModel } from '../../adapters/onnx/serving/serving-model.js';
import { createModelClient } from '../../adapters/llm/model-client.js';
import type { CallLedger, PaidCall } from '../../adapters/llm/ledger.js';
import type { DatabaseSchema } from '../../core/database.js';
import { readDdl } from '../../core/ddl/read-ddl.js';
import { RefusedError } from '../../core/errors.js';
import { predictSql } from '../../core/evaluate/evaluate-model.js';
import { dialects } from '../../dialects/registry.js';
import { createServer, type DialecticServer } from '../../serve/http/create-server.js';
import type { ServerDependencies } from '../../serve/http/dependencies.js';
import { listen, requireKeyBeyondHere } from '../../serve/http/listen.js';
import { hostDatabases, type HostedDatabases } from '../../serve/hosting/host-databases.js';
import { canTrain, makeTinyModel, rows, type TinyModel } from '../support/tiny-model.js';

const json = { 'content-type': 'application/json' };

describe.skipIf(!canTrain)('the server', () => {
  let tiny: TinyModel;
  let model: ServingModel;
  let hosted: HostedDatabases;
  const servers: DialecticServer[] = [];

  beforeAll(async () => {
    [tiny, hosted] = await Promise.all([
      makeTinyModel({ maxPositions: 512 }),
      hostDatabases([{ name: 'retail', dialect: 'sqlite', url: 'sample:retail' }]),
    ]);
    model = await openServingModel(tiny.dense, { maxBatch: 4, maxQueue: 4 });
  }, 240_000);

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop(0)));
  });

  afterAll(async () => {
    await Promise.all([model?.close(), hosted?.close()]);
    await tiny?.remove();
  });

  async function start(options: Partial<ServerDependencies> = {}): Promise<{ url: string; server: DialecticServer }> {
    const tinyModel = {
      ...({ id: 'tiny', kind: 'expert', promptForm: 'linked', dialects: ['sqlite'], experts: [] } as const),
      ...{ predictor: model, close: () => model.close() },
    };
    const models = new Map([['tiny', { ...tinyModel, experts: [] }]]);
    const server = await createServer({ models, databases: hosted.databases, apiKey: null, ...options });
    servers.push(server);
    return { url: await listen(server, { host: '127.0.0.1', port: 0 }), server };
  }

  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/v1/completions`, {
      ...{ method: 'POST', headers: { ...json, ...headers } },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  /** An answer of about 490 tokens, drawn so freely that the model hardly ever ends it. */
  const endless = (seed = 1) => ({ model: 'tiny', prompt: rows[1]!.prompt, temperature: 2, seed, max_tokens: 490 });
  const errorOf = async (response: Response) => ({
    status: response.status,
    ...((await response.json()) as { error: { code: string } }).error,
  });
  /** Waits until nobody is answered any more, which must be soon. */
  const idle = async (): Promise<void> => {
    const begun = performance.now();
    while (model.load.running + model.load.waiting > 0) await sleep(2);
    expect(performance.now() - begun).toBeLessThan(2_000);
  };
  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();

  describe("answers OpenAI's own client", () => {
    const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });

    it('about a prompt that the asker has built, whole and in pieces', async () => {
      const { url } = await start();
      const openai = clientOf(url);
      const { prompt, completion } = rows[1]!;
      const messages = [{ role: 'user' as const, content: prompt }];
      const whole = await openai.chat.completions.create({ model: 'tiny', messages });
      const [alone] = await model.generate([prompt], {});
      expect(whole.choices[0]).toMatchObject({ message: { content: alone!.text }, finish_reason: 'stop' });
      expect(alone!.text).toBe(completion);
      const { usage } = whole;
      expect(usage!.prompt_tokens).toBeGreaterThan(10);
      expect(usage!.total_tokens).toBe(usage!.prompt_tokens + usage!.completion_tokens);

      const stream = await openai.chat.completions.create({
        ...{ model: 'tiny', messages, stream: true, stream_options: { include_usage: true } },
      });
      const pieces: string[] = [];
      let told: typeof usage;
      for await (const { choices, usage: counted } of stream) {
        if (choices[0]?.delta.content) pieces.push(choices[0].delta.content);
        told = counted ?? told;
      }
      expect(pieces.join('')).toBe(completion);
      expect(told).toEqual(usage);
      const bare = await openai.completions.create({ model: 'tiny', prompt });
      expect(bare.choices[0]!.text).toBe(completion);
    });

    it('about a database of the server, and about tables that it brings along', async () => {
      const { url } = await start();
      const openai = clientOf(url);
      const ask = async (model: string, content: string, system?: string): Promise<string> => {
        const messages = [
          ...(system ? [{ role: 'system' as const, content: system }] : []),
          { role: 'user' as const, content },
        ];
        return (await openai.chat.completions.create({ model, messages })).choices[0]!.message.content!;
      };
      // As evaluation asks a model, without any server between.
      const { manifest: dialect } = dialects['sqlite']!;
      const { session, schema } = hosted.databases.get('retail')!;
      const expected = async (question: string, described: DatabaseSchema): Promise<string> => {
        const pair = { id: 'one', dialect: 'sqlite', database: described.name, question, sql: 'SELECT 1' };
        const [given] = await predictSql({
          model,
          items: [{ pair, schema: described }],
          promptForm: 'linked',
          dialect,
          session: async () => session,
        });
        return given!.sql.trim();
      };
      const ddl = 'The tables:\nCREATE TABLE "heads of state" (age INT PRIMARY KEY, name varchar(20));';
      for (const question of ['count customers', 'list the orders of 2020', 'sum of price']) {
        expect(await ask('tiny@retail', question)).toBe(await expected(question, schema));
        expect(await ask('tiny', question, ddl)).toBe(await expected(question, readDdl(ddl)));
      }
      expect(await ask('tiny', 'count heads of state', ddl)).toContain('FROM "heads of state"');
      const { data } = await openai.models.list();
      expect(data.map(({ id }) => id)).toEqual(['tiny', 'tiny@retail']);
      await expect(ask('tiny@nowhere', 'count customers')).rejects.toMatchObject({
        status: 404,
        code: 'database_not_found',
      });
      await expect(ask('great', 'count customers')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    });

    it('and stops at stop texts and at the token limit', async () => {
      const { url } = await start();
      const openai = clientOf(url);
      const { prompt, completion } = rows[1]!;
      const [before] = completion.split(' FROM');
      for (const stream of [false, true]) {
        const asked = { model: 'tiny', prompt, stop: [' FROM', '#'] };
        const { choices } = stream
          ? { choices: [await gather(await openai.completions.create({ ...asked, stream: true }))] }
          : await openai.completions.create(asked);
        expect(choices[0]).toMatchObject({ text: before, finish_reason: 'stop' });
      }
      const short = await openai.completions.create({ model: 'tiny', prompt, max_tokens: 3 });
      expect(short).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 3 } });
    });

    async function gather(stream: AsyncIterable<OpenAI.Completion>) {
      const all = { text: '', finish_reason: null as string | null };
      for await (const { choices } of stream) {
        all.text += choices[0]?.text ?? '';
        all.finish_reason = choices[0]?.finish_reason ?? all.finish_reason;
      }
      return all;
    }
  });

  it('is a model under test for the client that teachers are asked by', async () => {
    const { url } = await start({ apiKey: 'secret' });
    const kept = new Map<string, PaidCall>();
    const ledger: CallLedger = {
      find: async (key) => kept.get(key) ?? null,
      save: async (call) => void kept.set(call.key, call),
      spent: async () => ({ calls: kept.size, usd: 0 }),
    };
    const client = createModelClient({ model: 'tiny', baseUrl: `${url}/v1`, apiKey: 'secret', ledger });
    // It asks for JSON of a schema first; the refusal tells it to ask in another form. The model knows no JSON, so the reply is refused.
    const request = {
      ...{ stage: 'test', system: 'sqlite', user: rows[0]!.prompt, maxTokens: 20, temperature: 0, seed: 1 },
      ...{ schema: z.object({ sql: z.string() }), schemaName: 'answer' },
    };
    await expect(client.ask(request)).rejects.toThrow();
    expect([...kept.values()]).toMatchObject([{ model: 'tiny', usage: { outputTokens: 20 } }]);
  });

  it('says what is wrong with a request, in the form that clients know', async () => {
    const { url } = await start();
    const prompt = rows[0]!.prompt;
    const wrong: [unknown, Record<string, unknown>][] = [
      ['{"model": ', { status: 400, type: 'invalid_request_error', code: 'invalid_json_body' }],
      ['', { status: 400, code: 'empty_json_body' }],
      [{ prompt }, { status: 400, param: 'model' }],
      [
        { model: 'tiny', prompt: 7 },
        { status: 400, param: 'prompt' },
      ],
      [{ model: 'tiny', prompt: ' ' }, { status: 400 }],
      [
        { model: 'tiny', prompt, n: 2 },
        { status: 400, param: 'n' },
      ],
      [
        { model: 'tiny', prompt, temperature: -1 },
        { status: 400, param: 'temperature' },
      ],
      [
        { model: 'tiny', prompt, max_tokens: 0 },
        { status: 400, param: 'max_tokens' },
      ],
      [
        { model: 'tiny', prompt: ' 7'.repeat(600) },
        { status: 400, code: 'context_length_exceeded' },
      ],
      [
        { model: 'tiny', prompt: 'x'.repeat(300_000) },
        { status: 413, code: 'body_too_large' },
      ],
      [
        { model: '__proto__', prompt },
        { status: 404, code: 'model_not_found' },
      ],
    ];
    for (const [body, expected] of wrong) expect(await errorOf(await post(url, body))).toMatchObject(expected);
    expect(await errorOf(await post(url, 'x', { 'content-type': 'text/plain' }))).toMatchObject({ status: 415 });
    expect(await errorOf(await fetch(`${url}/v1/nothing`))).toMatchObject({ status: 404, code: 'unknown_url' });
    // A stream that cannot begin is an error with a status, too.
    const late = await post(url, { model: 'tiny', prompt: ' 7'.repeat(600), stream: true });
    expect(await errorOf(late)).toMatchObject({ status: 400, code: 'context_length_exceeded' });
    expect((await post(url, { model: 'tiny', prompt })).status).toBe(200);
  });

  it('asks for its key, and without one answers to this machine’s names alone', async () => {
    const { url } = await start({ apiKey: 'secret' });
    const body = { model: 'tiny', prompt: rows[0]!.prompt };
    for (const authorization of ['', 'Bearer wrong', 'Bearer secretly', 'secret', 'Bearer ']) {
      expect(await errorOf(await post(url, body, { authorization }))).toMatchObject({
        status: 401,
        code: 'invalid_api_key',
      });
    }
    expect((await post(url, body, { authorization: 'Bearer secret' })).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/v1/nothing`)).status).toBe(401);

    const open = await start();
    const { port } = new URL(open.url);
    const rebound = await rawRequest(
      Number(port),
      `GET /v1/models HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(rebound).toMatch(/^HTTP\/1.1 403 /);
    const response = await fetch(`${open.url}/v1/models`, { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(() => requireKeyBeyondHere('0.0.0.0', null)).toThrow(RefusedError);
    expect(() => requireKeyBeyondHere('0.0.0.0', 'secret')).not.toThrow();
  });

  it('ends the answer of a client that goes away', async () => {
    const { url } = await start();
    const gone = new AbortController();
    const response = await fetch(`${url}/v1/completions`, {
      ...{ method: 'POST', headers: json, signal: gone.signal, body: JSON.stringify({ ...endless(), stream: true }) },
    });
    const reader = response.body!.getReader();
    await reader.read();
    expect(model.load.running).toBe(1);
    gone.abort();
    await idle();
    // Far from all of its tokens were written.
    const written = Number(/dialectic_tokens_total\{[^}]*kind="answer"\} (\d+)/.exec(await metricsOf(url))?.[1] ?? 0);
    expect(written).toBe(0);
  });

  it('tells whoever comes too many to come again, and goes on', async () => {
    const { url } = await start();
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, seed) => post(url, { ...endless(seed), max_tokens: 60 })),
    );
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(8);
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length + statuses.filter((status) => status === 200).length).toBe(40);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await errorOf(refused[0]!)).toMatchObject({ type: 'overloaded_error', code: 'overloaded' });
    expect(await metricsOf(url)).toContain(`dialectic_rejected_total{reason="overloaded"} ${refused.length}`);
    expect((await post(url, { model: 'tiny', prompt: rows[0]!.prompt })).status).toBe(200);
  });

  it('answers others while one answers at length', async () => {
    const { url } = await start();
    const long = post(url, endless());
    const begun = performance.now();
    const short = await post(url, { model: 'tiny', prompt: rows[0]!.prompt });
    const took = performance.now() - begun;
    expect(short.status).toBe(200);
    await long;
    expect(took).toBeLessThan(performance.now() - begun);
  });

  it('breaks off an answer that takes too long', async () => {
    const { url } = await start({ limits: { answerMs: 5 } });
    expect(await errorOf(await post(url, endless()))).toMatchObject({ status: 503, code: 'timeout' });
    const events = await (await post(url, { ...endless(), stream: true })).text();
    expect(events).toContain('"code":"timeout"');
    expect(events).not.toContain('[DONE]');
    await idle();
  });

  it('finishes what runs when it is told to stop, and takes nothing new', async () => {
    const { url, server } = await start();
    const running = post(url, { ...endless(), max_tokens: 200 });
    const streaming = post(url, { ...endless(2), max_tokens: 200, stream: true });
    while (model.load.running < 2) await sleep(2);
    const kept = connect(Number(new URL(url).port), '127.0.0.1');
    await once(kept, 'connect');
    const stopped = server.stop(20_000);
    kept.write('POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
    expect(String((await once(kept, 'data'))[0])).toMatch(/^HTTP\/1.1 503 /);
    kept.destroy();
    expect((await running).status).toBe(200);
    expect(await (await streaming).text()).toContain('[DONE]');
    await stopped;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('breaks off what is not finished in time when it is told to stop', async () => {
    const { url, server } = await start();
    const running = [1, 2, 3, 4].map((seed) => post(url, endless(seed)));
    while (model.load.running < 4) await sleep(1);
    const begun = performance.now();
    await server.stop(1);
    expect(performance.now() - begun).toBeLessThan(5_000);
    const ends = await Promise.all(running.map(async (response) => errorOf(await response)));
    expect(ends).toContainEqual(expect.objectContaining({ status: 503, code: 'shutting_down' }));
    await idle();
  });

  it('does not wait for a client that never reads', async () => {
    const { url, server } = await start();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1').pause();
    const body = JSON.stringify({ ...endless(), stream: true });
    const head = `POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
    // The same question over and over in one connection: more than the system's buffers take.
    socket.write(`${head}\r\n\r\n${body}`.repeat(8));
    while (model.load.running < 1) await sleep(1);
    const begun = performance.now();
    await server.stop(100);
    expect(performance.now() - begun).toBeLessThan(10_000);
    socket.destroy();
    await idle();
  });

  it('measures itself', async () => {
    const { url } = await start();
    await post(url, { model: 'tiny', prompt: rows[0]!.prompt });
    const text = await metricsOf(url);
    for (const line of [
      'dialectic_http_requests_total{method="POST",route="/v1/completions",status="200"} 1',
      'dialectic_first_token_seconds_count{model="tiny"} 1',
      'dialectic_http_request_seconds_count{method="POST",route="/v1/completions"} 1',
      'dialectic_model_ready{model="tiny"} 1',
      'dialectic_queue_depth{model="tiny"} 0',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toMatch(/dialectic_tokens_total\{model="tiny",kind="prompt"\} \d+/);
    expect(text).toContain('process_resident_memory_bytes');
  });
});

async function rawRequest(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
