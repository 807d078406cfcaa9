import { isIP } from 'node:net';
import { Agent } from 'undici';
import { isAllowedAddress } from './address-policy.js';
import type { FetchOptions, HostAddress } from './fetch-options.js';
import { FetchRefused } from './fetch-refused.js';

/**
 * Resolves the host once and returns an agent whose connections go to these very addresses, so that a name that resolves to another
 * address a moment later (DNS rebinding) reaches nothing. Raises FetchRefused when any of the addresses is not allowed.
 */
export async function pinnedAgent(url: URL, options: FetchOptions): Promise<Agent> {
  const { timeoutMs } = options;
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ''), options);
  const closed = addresses.find(({ address }) => !isAllowedAddress(address, options));
  if (closed) throw new FetchRefused('address', `${url.host} is at ${closed.address}, which is not a public address`);
  return new Agent({
    connections: 1,
    connect: {
      timeout: timeoutMs,
      lookup: (_host, wanted, done) => {
        const first = addresses[0];
        if (wanted.all) done(null, addresses);
        else if (first) done(null, first.address, first.family);
      },
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

async function resolve(host: string, options: FetchOptions): Promise<HostAddress[]> {
  const family = isIP(host);
  return family ? [{ address: host, family }] : options.resolve(host);
}
