/**
 * How much of an endpoint's capacity the client uses, without being told it: calls done against those that the server can do in
 * the same time, in one run. The server takes so many calls at once, each for a fixed time, and answers 429 beyond that.
 *
 *     npx tsx bench/corpus/teacher-capacity.ts [--places 16] [--latency 1000] [--retry-after 1] [--calls 1600] [--max 64]
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { PaidCall } from '../../adapters/llm/ledger.js';
import { createModelClient } from '../../adapters/llm/model-client.js';
import { startCapacityServer } from './capacity-server.js';

const { values } = parseArgs({
  options: {
    places: { type: 'string', default: '16' },
    latency: { type: 'string', default: '1000' },
    'retry-after': { type: 'string', default: '1' },
    calls: { type: 'string', default: '1600' },
    max: { type: 'string', default: '64' },
  },
});
const [places, latencyMs, wanted, max] = [values.places, values.latency, values.calls, values.max].map(Number) as [
  number,
  number,
  number,
  number,
];

const server = await startCapacityServer(places, latencyMs, values['retry-after']);
const kept = new Map<string, PaidCall>();
const client = createModelClient({
  ...{ model: 'capacity', baseUrl: server.baseUrl, concurrency: { start: Math.min(8, max), max } },
  ledger: {
    find: async (key) => kept.get(key) ?? null,
    save: async (call) => void kept.set(call.key, call),
    spent: async () => ({ calls: 0, usd: 0 }),
  },
});
const schema = z.object({ answer: z.string() });
const request = (n: number) => ({
  ...{ stage: 'expand', system: 'Answer.', user: `Question ${n}`, schemaName: 'answer', temperature: 0, maxTokens: 10 },
  ...{ schema, seed: 1 },
});

const began = performance.now();
await Promise.all(Array.from({ length: wanted }, (_, n) => client.ask(request(n))));
const seconds = (performance.now() - began) / 1000;
const possible = (seconds * 1000 * places) / latencyMs;
await server.close();
process.stdout.write(
  `${JSON.stringify({
    ...{ places, latencyMs, retryAfter: values['retry-after'], calls: wanted, answered: server.answered },
    ...{ refused: server.refused, lost: wanted - kept.size, seconds: Number(seconds.toFixed(2)) },
    capacityUsed: Number((server.answered / possible).toFixed(4)),
    placesTaken: Number((server.busySeconds() / (seconds * places)).toFixed(4)),
  })}\n`,
);
