import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { ApiError } from './api-error.js';

/** Milliseconds that connections get to take what was written. */
const closingMs = 2_000;

export interface Drain {
  /** True from the moment at which the server is told to stop. */
  readonly draining: boolean;
  /** Aborted when whoever is still being answered has to go. */
  readonly over: AbortSignal;
  /** Refuses new work, waits for the running as long as it may, then ends the rest and closes the server. */
  stop(graceMs: number): Promise<void>;
}

/** Lets a server stop without breaking off the answers it is at. */
export function createDrain(app: FastifyInstance): Drain {
  let draining = false;
  let active = 0;
  const over = new AbortController();
  let settled = (): void => undefined;
  app.addHook('onRequest', async (request, reply) => {
    active += 1;
    // Once, however the request ends: answered, failed, or left by the client.
    reply.raw.once('close', () => {
      active -= 1;
      if (active === 0) settled();
    });
    if (!draining || request.routeOptions.config.open) return;
    void reply.header('connection', 'close');
    throw new ApiError(503, 'server_error', 'shutting_down', 'The server is stopping. Ask another one.', null, 5);
  });
  return {
    get draining() {
      return draining;
    },
    over: over.signal,
    async stop(graceMs) {
      draining = true;
      const finished = new Promise<void>((resolve) => (settled = resolve));
      if (active > 0) {
        await Promise.race([finished, sleep(graceMs, undefined, { ref: false })]);
        over.abort(new ApiError(503, 'server_error', 'shutting_down', 'The server is stopping.', null, 5));
      }
      // A client that does not read its answer would keep its connection for ever.
      const impatience = setTimeout(() => app.server.closeAllConnections(), closingMs);
      await app.close();
      clearTimeout(impatience);
    },
  };
}
