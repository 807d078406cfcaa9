import { lookup } from 'node:dns/promises';
import type { AddressPolicy } from './address-policy.js';

export type HostAddress = { address: string; family: number };

/** How pages are fetched. Every field has a default that is polite to a site one does not own. */
export interface FetchOptions extends AddressPolicy {
  /** Hosts (with port, where it is not the usual one) that may be asked; those of the sources when it is left out. */
  allowedHosts: string[];
  /** Who asks, in the form that RFC 9110 wants; its first word is what robots.txt is matched against. */
  userAgent: string;
  /** Least pause between two requests to one host; robots.txt may ask for more, up to `maxCrawlDelayMs`. */
  intervalMs: number;
  maxCrawlDelayMs: number;
  /** Of one request, from the connection to the last byte of the body. */
  timeoutMs: number;
  /** Of a page after decompression. */
  maxBytes: number;
  maxRedirects: number;
  /** Further tries after a fault that may pass, with a pause before the first that doubles each time. */
  retries: number;
  retryPauseMs: number;
  /** For reading one page; a hostile page can take for ever. */
  parseTimeoutMs: number;
  /** Failures in a row after which a site is left alone until the next scrape. */
  maxFailures: number;
  /** All addresses of a host name; the system's resolver. Asked once a request, and the connection goes to what it said. */
  resolve: (host: string) => Promise<HostAddress[]>;
}

export const defaultFetchOptions: FetchOptions = {
  allowLoopback: false,
  allowedHosts: [],
  userAgent: 'Dialectic/0.1 (guide scraper)',
  intervalMs: 1_000,
  maxCrawlDelayMs: 30_000,
  timeoutMs: 30_000,
  maxBytes: 5_000_000,
  maxRedirects: 5,
  retries: 2,
  retryPauseMs: 2_000,
  parseTimeoutMs: 60_000,
  maxFailures: 5,
  resolve: (host) => lookup(host, { all: true, verbatim: true }),
};
