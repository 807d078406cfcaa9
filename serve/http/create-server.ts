import helmet from '@fastify/helmet';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import { ApiError, sendError, toApiError } from './api-error.js';
import { authorize } from './authorize.js';
import { usualLimits, type ServerDependencies } from './dependencies.js';
import { createDrain, type Drain } from './drain.js';
import { createEndOf, type EndOf } from './end-of.js';
import { createMetrics } from './metrics.js';
import { completionRoutes } from './routes/completions.js';
import { healthRoutes } from './routes/health.js';
import { metricsRoute } from './routes/metrics.js';
import { modelRoutes } from './routes/models.js';

export interface DialecticServer {
  /** Not listening yet; routes may still be added. Every route needs the key unless its config says `open`. */
  app: FastifyInstance;
  /** Refuses new requests, waits for the running ones at most so long, and closes the app. */
  stop(graceMs: number): Promise<void>;
  /** When the answer to a request has to end, for routes that are added. */
  endOf: EndOf;
}

/**
 * The HTTP server: OpenAI's API for models of ours, health and metrics.
 *
 * @example
 * const { app, stop } = await createServer({ models, databases, apiKey: null });
 * await app.listen({ host: '127.0.0.1', port: 8080 });
 */
export async function createServer(dependencies: ServerDependencies): Promise<DialecticServer> {
  const { apiKey, models, log } = dependencies;
  const limits = { ...usualLimits, ...dependencies.limits };
  const app: FastifyInstance = fastify({
    ...(log ? { loggerInstance: log } : {}),
    bodyLimit: limits.bodyBytes,
    // A request must have come in whole by then, and a connection that nothing moves on is closed.
    requestTimeout: 30_000,
    connectionTimeout: limits.answerMs + 30_000,
    keepAliveTimeout: 5_000,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => crypto.randomUUID(),
  });
  app.server.maxConnections = limits.connections;
  // JSON alone: a page elsewhere cannot send that without asking first, and it is never allowed to.
  app.removeContentTypeParser('text/plain');

  const metrics = createMetrics(app, models);
  app.setErrorHandler((error, request, reply) => {
    const { status, code } = toApiError(error);
    if ([401, 403, 413, 429, 503].includes(status)) metrics.rejected.inc({ reason: code });
    return sendError(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    sendError(
      new ApiError(
        404,
        'invalid_request_error',
        'unknown_url',
        `There is no ${request.method} ${pathOf(request.url)} here.`,
      ),
      request,
      reply,
    ),
  );
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const { statusCode: status } = reply;
    request.log.info({ method, path: pathOf(url), status, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));

  const drain: Drain = createDrain(app);
  authorize(app, apiKey);
  // Whether there is TLS in front is for what does the TLS to say.
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  healthRoutes(app, dependencies, drain);
  metricsRoute(app, metrics);
  modelRoutes(app, dependencies);
  const endOf = createEndOf(limits.answerMs, drain.over);
  completionRoutes(app, dependencies, metrics, endOf);
  return { app, endOf, stop: (graceMs) => drain.stop(graceMs) };
}

/** Without the query, which may hold what no log should. */
const pathOf = (url: string): string => url.split('?')[0]!.slice(0, 200);
