import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CapacityServer {
  baseUrl: string;
  /** Requests that were answered with content: these are paid. */
  readonly answered: number;
  readonly refused: number;
  /** Seconds of its places that were taken, of all places together. */
  busySeconds(): number;
  close(): Promise<void>;
}

const reply = JSON.stringify({
  ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 0, model: 'capacity' },
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{"answer":"yes"}' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
});

/** Takes `places` requests at once, each for `latencyMs`, and answers 429 with Retry-After beyond that. */
export async function startCapacityServer(
  places: number,
  latencyMs: number,
  retryAfter: string,
): Promise<CapacityServer> {
  const counts = { answered: 0, refused: 0, taken: 0, busyMs: 0 };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (counts.taken >= places) {
        counts.refused++;
        response.writeHead(429, { 'retry-after': retryAfter, 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'too many requests', type: 'rate_limit' } }));
        return;
      }
      counts.taken++;
      const began = performance.now();
      setTimeout(() => {
        counts.taken--;
        counts.answered++;
        counts.busyMs += performance.now() - began;
        response.writeHead(200, { 'content-type': 'application/json' }).end(reply);
      }, latencyMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get answered() {
      return counts.answered;
    },
    get refused() {
      return counts.refused;
    },
    busySeconds: () => counts.busyMs / 1000,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
