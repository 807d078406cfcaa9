import type { FastifyRequest } from 'fastify';
import { RefusedError } from '../../../core/errors.js';

/**
 * Refuses what a page of another site sends: a browser says where a request comes from, and only JSON is taken, which no form can send.
 * A program that is no browser says nothing and may come.
 */
export async function requireSameOrigin({ headers, host }: FastifyRequest): Promise<void> {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const foreign = (origin !== undefined && hostOf(origin) !== host) || (site !== undefined && !ownSites.has(`${site}`));
  if (foreign)
    throw new RefusedError('A page of another site sent this request.', 'Use the playground that this server serves.');
}

/** `none`: typed into the address bar. */
const ownSites = new Set(['same-origin', 'none']);

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
