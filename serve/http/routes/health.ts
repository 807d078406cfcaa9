import type { FastifyInstance } from 'fastify';
import type { ServerDependencies } from '../dependencies.js';
import type { Drain } from '../drain.js';

/** Whether the process lives, and whether it should be sent requests. */
export function healthRoutes(app: FastifyInstance, { models }: ServerDependencies, drain: Drain): void {
  const open = { config: { open: true } };
  const ready = (): boolean => !drain.draining && [...models.values()].every(({ predictor }) => predictor.ready);
  app.get('/health', open, async (_request, reply) =>
    reply.status(ready() ? 200 : 503).send({ status: ready() ? 'ready' : drain.draining ? 'stopping' : 'not ready' }),
  );
  app.get('/health/live', open, async () => ({ status: 'live' }));
}
