import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent } from 'undici';
import { isAllowedAddress, type AddressPolicy } from './address-policy.js';
import { FetchRefused } from './fetch-refused.js';

type Address = { address: string; family: number };

/**
 * Resolves the host once and returns an agent whose connections go to these very addresses, so that a name that resolves to another
 * address a moment later (DNS rebinding) reaches nothing. Raises FetchRefused when any of the addresses is not allowed.
 */
export async function pinnedAgent(url: URL, policy: AddressPolicy, timeoutMs: number): Promise<Agent> {
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
  const closed = addresses.find(({ address }) => !isAllowedAddress(address, policy));
  if (closed) throw new FetchRefused('address', `${url.host} is at ${closed.address}, which is not a public address`);
  return new Agent({
    connections: 1,
    connect: {
      timeout: timeoutMs,
      lookup: (_host, options, done) => {
        const first = addresses[0];
        if (options.all) done(null, addresses);
        else if (first) done(null, first.address, first.family);
      },
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

async function resolve(host: string): Promise<Address[]> {
  const family = isIP(host);
  return family ? [{ address: host, family }] : lookup(host, { all: true, verbatim: true });
}
