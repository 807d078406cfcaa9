import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { createBatchApi } from './batch-api.js';

/** What the server does with one request. */
export type Behaviour =
  | { kind: 'answer'; content: (prompt: string) => string; delayMs?: number }
  | { kind: 'rate-limit'; retryAfter: string }
  | { kind: 'status'; status: number }
  /** Sends half of a reply and drops the connection. */
  | { kind: 'cut' }
  /** Accepts the request and never answers. */
  | { kind: 'hang' };

export interface ModelServer {
  baseUrl: string;
  /** Bodies of the requests that were taken to be answered: these are the paid ones, whether or not anybody waited for the answer. */
  paid: string[];
  /** How many paid requests came again. They are answered as before and not charged again, as their idempotency key asks. */
  repeats: number;
  /** Idempotency keys of all requests. */
  keys: string[];
  requests: number;
  peakConcurrency: number;
  close(): Promise<void>;
}

export type Plan = (n: number, prompt: string, system: string, body: { model: string }) => Behaviour;

/** A local server that speaks OpenAI's chat completions and misbehaves by plan; `plan` gets the request's number and its prompts. */
export async function startModelServer(plan: Plan, batchApi?: ReturnType<typeof createBatchApi>): Promise<ModelServer> {
  let open = 0;
  const state = { paid: [] as string[], repeats: 0, keys: [] as string[], requests: 0, peakConcurrency: 0 };
  const replies = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    open++;
    state.peakConcurrency = Math.max(state.peakConcurrency, open);
    response.on('close', () => open--);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const bytes = Buffer.concat(chunks);
      if (await batchApi?.handle(request, bytes, response)) return;
      const body = bytes.toString('utf8');
      const parsed = JSON.parse(body) as { model: string; messages: { role: string; content: string }[] };
      const prompt = parsed.messages.at(-1)!.content;
      const key = String(request.headers['idempotency-key'] ?? '');
      state.keys.push(key);
      const behaviour = plan(state.requests++, prompt, parsed.messages[0]!.content, parsed);
      const reply = (content: string): string =>
        JSON.stringify({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 0,
          model: parsed.model,
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          usage: {
            prompt_tokens: prompt.length,
            completion_tokens: content.length,
            total_tokens: prompt.length + content.length,
          },
        });
      switch (behaviour.kind) {
        case 'answer': {
          const content = replies.get(key) ?? behaviour.content(prompt);
          if (replies.has(key)) state.repeats++;
          else state.paid.push(body);
          replies.set(key, content);
          setTimeout(() => {
            response.writeHead(200, { 'content-type': 'application/json' }).end(reply(content));
          }, behaviour.delayMs ?? 0);
          return;
        }
        case 'rate-limit':
          response.writeHead(429, { 'retry-after': behaviour.retryAfter, 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: { message: 'rate limit', type: 'rate_limit' } }));
          return;
        case 'status':
          response.writeHead(behaviour.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: { message: 'no', type: 'error' } }));
          return;
        case 'cut': {
          const text = reply('{"answer": "half of it"}');
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) });
          response.write(text.slice(0, text.length / 2), () => response.destroy());
          return;
        }
        case 'hang':
          return;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
