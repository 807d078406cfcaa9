import robotsParserModule from 'robots-parser';
import { fetchPage } from './fetch-page.js';
import type { FetchOptions } from './fetch-options.js';
import type { HostPacer } from './host-pacer.js';

export interface RobotsRules {
  allows(url: string): boolean;
  /** Why robots.txt could not be read, in which case nothing is allowed. */
  unreachable: string | null;
  /** Pause that the site asks for between requests, 0 where it asks for none. */
  crawlDelayMs: number;
}

export interface RobotsGate {
  rulesFor(url: URL, signal?: AbortSignal): Promise<RobotsRules>;
}

type ParseRobots = (
  url: string,
  text: string,
) => {
  isAllowed(url: string, userAgent?: string): boolean | undefined;
  getCrawlDelay(userAgent?: string): number | undefined;
};
// The package is CommonJS whose types claim a default export of an ES module.
const parseRobots = robotsParserModule as unknown as ParseRobots;

/** RFC 9309 (2.5) wants at least 500 kibibytes to be read; what is beyond counts as not written. */
const MAX_ROBOTS_BYTES = 512 * 1024;
const everything: RobotsRules = { allows: () => true, unreachable: null, crawlDelayMs: 0 };

/**
 * Reads each site's robots.txt once. As RFC 9309 has it: what it says holds; a 4xx means there are no rules (2.3.1.3);
 * a 5xx, a timeout or no connection means that nothing may be read (2.3.1.4).
 */
export function createRobotsGate(options: FetchOptions, pacer: HostPacer): RobotsGate {
  const known = new Map<string, Promise<RobotsRules>>();
  return {
    rulesFor(url, signal) {
      let rules = known.get(url.origin);
      if (!rules) {
        rules = readRules(url.origin, options, pacer, signal);
        known.set(url.origin, rules);
        rules.catch(() => known.delete(url.origin));
      }
      return rules;
    },
  };
}

async function readRules(
  origin: string,
  options: FetchOptions,
  pacer: HostPacer,
  signal?: AbortSignal,
): Promise<RobotsRules> {
  const url = `${origin}/robots.txt`;
  const fetched = await fetchPage({
    url,
    options: { ...options, maxBytes: MAX_ROBOTS_BYTES },
    cutAtMax: true,
    accept: 'text/plain',
    signal,
    beforeRequest: (target) => pacer.turn(target.host, options.intervalMs, signal),
  });
  if (fetched.outcome === 'fetched') {
    const robots = parseRobots(url, fetched.body.toString('utf8'));
    const agent = options.userAgent.split(/[/\s]/)[0] ?? options.userAgent;
    return {
      allows: (page) => robots.isAllowed(page, agent) ?? true,
      unreachable: null,
      crawlDelayMs: Math.min((robots.getCrawlDelay(agent) ?? 0) * 1000, options.maxCrawlDelayMs),
    };
  }
  const { status, detail } = fetched.outcome === 'refused' ? fetched : { status: null, detail: 'it was not sent' };
  if (status !== null && status >= 400 && status < 500) return everything;
  return { allows: () => false, unreachable: detail, crawlDelayMs: 0 };
}
