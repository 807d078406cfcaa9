import { request } from 'undici';
import type { FetchOptions } from './fetch-options.js';
import { FetchRefused, type RefusalReason } from './fetch-refused.js';
import { pinnedAgent } from './pinned-agent.js';
import { readBody } from './read-body.js';

/** What an earlier answer said of its version; sent back, so that an unchanged page is answered by 304 and no body. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type FetchOutcome =
  | { outcome: 'fetched'; url: string; body: Buffer; contentType: string; validators: Validators }
  | { outcome: 'not-modified'; url: string }
  | {
      outcome: 'refused';
      url: string;
      reason: RefusalReason;
      detail: string;
      status: number | null;
      retryAfterMs: number | null;
    };

export interface FetchPageInput {
  url: string;
  options: FetchOptions;
  validators?: Validators | undefined;
  accept?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Take the first `maxBytes` of a body that is larger, in place of refusing it. */
  cutAtMax?: boolean;
  /** Asked before every request, the first one and each redirect: waits for the host's turn, raises FetchRefused where robots.txt says no. */
  beforeRequest?: ((url: URL) => Promise<void>) | undefined;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ACCEPT = 'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8';

/**
 * Fetches one page. Scheme, host and resolved address are checked at the first request and at every redirect.
 * Whatever the server does is an outcome; only an abort by `signal` is raised.
 */
export async function fetchPage(input: FetchPageInput): Promise<FetchOutcome> {
  const { options, signal } = input;
  let url = input.url;
  try {
    for (let redirects = 0; redirects <= options.maxRedirects; redirects += 1) {
      const target = checkAddress(url, options);
      await input.beforeRequest?.(target);
      const deadline = AbortSignal.timeout(options.timeoutMs);
      const answer = await requestOnce(target, input, signal ? AbortSignal.any([signal, deadline]) : deadline);
      if (typeof answer !== 'string') return { ...answer, url };
      url = answer;
    }
    throw new FetchRefused('redirects', `more than ${options.maxRedirects} redirects`);
  } catch (error) {
    signal?.throwIfAborted();
    const refused = explain(error, options);
    const { reason, message: detail, status, retryAfterMs } = refused;
    return { outcome: 'refused', url, reason, detail, status, retryAfterMs };
  }
}

function checkAddress(address: string, { allowedHosts }: FetchOptions): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new FetchRefused('scheme', `the scheme ${url.protocol} is not allowed`);
  }
  if (url.username || url.password) throw new FetchRefused('scheme', 'the address holds a user name or password');
  if (!allowedHosts.includes(url.host)) throw new FetchRefused('host', `the host ${url.host} is not on the list`);
  return url;
}

type Answer =
  { outcome: 'fetched'; body: Buffer; contentType: string; validators: Validators } | { outcome: 'not-modified' };

/** One request. Returns the address to go on with where the server redirects. */
async function requestOnce(url: URL, input: FetchPageInput, signal: AbortSignal): Promise<Answer | string> {
  const { options, validators, accept = ACCEPT } = input;
  const agent = await pinnedAgent(url, options);
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal,
      headers: {
        'user-agent': options.userAgent,
        accept,
        'accept-encoding': 'gzip, br, deflate',
        ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
        ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
      },
    });
    const header = (name: string): string | null => [headers[name]].flat()[0] ?? null;
    const discard = (): unknown => body.on('error', () => undefined).destroy();
    if (REDIRECTS.has(statusCode)) {
      discard();
      const location = header('location');
      if (!location) throw new FetchRefused('status', `status ${statusCode} without an address to go to`, statusCode);
      return new URL(location, url).href;
    }
    if (statusCode === 304 && validators) {
      discard();
      return { outcome: 'not-modified' };
    }
    if (statusCode < 200 || statusCode > 299) {
      discard();
      const wait = retryAfter(header('retry-after'));
      throw new FetchRefused('status', `the server answered with status ${statusCode}`, statusCode, wait);
    }
    return {
      outcome: 'fetched',
      body: await readBody(body, header('content-encoding'), options.maxBytes, input.cutAtMax),
      contentType: header('content-type') ?? '',
      validators: { etag: header('etag'), lastModified: header('last-modified') },
    };
  } finally {
    await agent.destroy();
  }
}

/** Seconds or a date, as RFC 9110 (10.2.3) has it, in milliseconds from now. */
function retryAfter(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function explain(error: unknown, { timeoutMs }: FetchOptions): FetchRefused {
  if (error instanceof FetchRefused) return error;
  const name = error instanceof Error ? error.name : '';
  if (/Timeout/.test(name)) return new FetchRefused('timeout', `no complete answer within ${timeoutMs} ms`);
  return new FetchRefused('network', error instanceof Error ? error.message || name : String(error));
}
