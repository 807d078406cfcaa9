import type { FastifyInstance } from 'fastify';
import type { ServerMetrics } from '../metrics.js';

export function metricsRoute(app: FastifyInstance, { registry }: ServerMetrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
