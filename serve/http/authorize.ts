import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ApiError } from './api-error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no key. */
    open?: boolean;
  }
}

/**
 * Asks every request for the key, but for routes whose config says `open`. Without a key only this machine's own names are answered to:
 * a page of the web that has its name point here (DNS rebinding) gets nothing.
 */
export function authorize(app: FastifyInstance, apiKey: string | null): void {
  app.addHook('onRequest', async (request, reply) => {
    if (apiKey === null) {
      if (isLocal(request.hostname)) return;
      throw new ApiError(
        403,
        'permission_error',
        'host_not_allowed',
        `Requests for ${request.hostname} are not answered.`,
      );
    }
    if (request.routeOptions.config.open) return;
    const [, given = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (sameText(given, apiKey)) return;
    void reply.header('www-authenticate', 'Bearer');
    throw new ApiError(401, 'authentication_error', 'invalid_api_key', 'The API key is missing or wrong.');
  });
}

/** Compares hashes, so that the time it takes tells neither the key's length nor how much of it was right. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}

/** Names and addresses that mean this machine. */
export const isLocal = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);
