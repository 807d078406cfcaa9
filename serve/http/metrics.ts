import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HostedModel } from './dependencies.js';

export interface ServerMetrics {
  registry: Registry;
  /** Seconds from a request's arrival to its first token. */
  firstToken: Histogram<'model'>;
  tokens: Counter<'model' | 'kind'>;
  rejected: Counter<'reason'>;
}

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What Prometheus may read of the server, in a registry of its own. */
export function createMetrics(app: FastifyInstance, models: ReadonlyMap<string, HostedModel>): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    ...{ name: 'dialectic_http_requests_total', help: 'Requests answered', registers },
    labelNames: ['method', 'route', 'status'] as const,
  });
  const duration = new Histogram({
    ...{ name: 'dialectic_http_request_seconds', help: 'Seconds from a request to the end of its answer', registers },
    labelNames: ['method', 'route'] as const,
    buckets: seconds,
  });
  app.addHook('onResponse', async (request, reply) => {
    // Paths that no route has are one label, or a scanner would fill the memory with them.
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    requests.inc({ method: request.method, route, status: reply.statusCode });
    duration.observe({ method: request.method, route }, reply.elapsedTime / 1000);
  });
  for (const [name, help, of] of gauges) {
    new Gauge({
      ...{ name, help, registers, labelNames: ['model'] as const },
      collect() {
        for (const [model, { predictor }] of models) this.set({ model }, of(predictor));
      },
    });
  }
  return {
    registry,
    firstToken: new Histogram({
      ...{ name: 'dialectic_first_token_seconds', help: 'Seconds from a request to its first token', registers },
      labelNames: ['model'] as const,
      buckets: seconds,
    }),
    tokens: new Counter({
      ...{ name: 'dialectic_tokens_total', help: 'Tokens read and written', registers },
      labelNames: ['model', 'kind'] as const,
    }),
    rejected: new Counter({
      ...{ name: 'dialectic_rejected_total', help: 'Requests refused before they were answered', registers },
      labelNames: ['reason'] as const,
    }),
  };
}

const gauges: [name: string, help: string, of: (predictor: HostedModel['predictor']) => number][] = [
  ['dialectic_batch_size', 'Texts being decoded together', ({ load }) => load.running],
  ['dialectic_batch_slots', 'Rows of the running batch, free ones included', ({ load }) => load.slots],
  ['dialectic_queue_depth', 'Requests that wait for a place in the batch', ({ load }) => load.waiting],
  ['dialectic_model_ready', '1 where the model can be asked', ({ ready }) => Number(ready)],
];
