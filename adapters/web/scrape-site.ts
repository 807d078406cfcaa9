import { setTimeout as sleep } from 'node:timers/promises';
import type { PageReader } from '../../core/guides/guides-of-page.js';
import type { Guide } from '../../core/template.js';
import type { ResolvedSource } from '../../schema/source.js';
import { sha256 } from '../s3/hash.js';
import type { FetchOptions } from './fetch-options.js';
import { fetchPage, type FetchOutcome } from './fetch-page.js';
import { FetchRefused } from './fetch-refused.js';
import type { HostPacer } from './host-pacer.js';
import type { PageParser } from './page-parser.js';
import { readPage } from './read-page.js';
import type { RobotsGate } from './robots.js';
import type { PageRecord, ScrapeCounts, ScrapeManifest, SkippedPage } from './scrape-manifest.js';

export interface ScrapeSiteInput {
  dialect: string;
  source: Extract<ResolvedSource, { kind: 'site' }>;
  previous: ScrapeManifest | null;
  reader: PageReader;
  options: FetchOptions;
  robots: RobotsGate;
  pacer: HostPacer;
  parser: PageParser;
  /** Requests in a row, by host, that failed in a way that may pass; shared by the sources of one scrape. */
  failures: Map<string, number>;
  onPage?: ((url: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface SiteResult {
  guides: Guide[];
  pages: PageRecord[];
  skipped: SkippedPage[];
  counts: ScrapeCounts;
}

/** Files that are never guides; asking for them would only cost the site. */
const NO_PAGE =
  /\.(?:png|jpe?g|gif|svg|ico|webp|css|js|mjs|json|xml|pdf|zip|gz|tgz|bz2|xz|tar|exe|dmg|woff2?|ttf|mp4|mp3|c|h)$/i;

/** Against pages that make up links without end: longer addresses are no documentation, and nobody links to more pages from one. */
const LONGEST_ADDRESS = 500;
const MOST_LINKS = 5_000;
/** Requests for each page wanted; what is asked for beyond its limit of pages was missing or led nowhere. */
const REQUESTS_PER_PAGE = 5;

/**
 * Reads a site breadth first from its start address, along links that begin with its prefix, up to its limit of pages. A site that fails
 * several times in a row is left alone: the rest of its pages keep their earlier guides.
 */
export async function scrapeSite(input: ScrapeSiteInput): Promise<SiteResult> {
  const { source, onPage, signal } = input;
  const result: SiteResult = { guides: [], pages: [], skipped: [], counts: { fetched: 0, unchanged: 0, bytes: 0 } };
  const queue = [source.url];
  const seen = new Set(queue);
  let asked = 0;
  while (queue.length > 0 && result.pages.length < source.limit && asked < source.limit * REQUESTS_PER_PAGE) {
    signal?.throwIfAborted();
    const url = queue.shift()!;
    asked += 1;
    const record = await visit(url, input, result, seen);
    onPage?.(url);
    for (const link of record?.links ?? []) {
      if (seen.has(link) || !link.startsWith(source.prefix) || NO_PAGE.test(new URL(link).pathname)) continue;
      seen.add(link);
      queue.push(link);
    }
  }
  return result;
}

/** Goes up when a page is read in another way, so that pages that did not change are read again. */
const READING = 2;

async function visit(
  url: string,
  input: ScrapeSiteInput,
  result: SiteResult,
  seen: Set<string>,
): Promise<PageRecord | null> {
  const { dialect, source, previous, reader, options, failures } = input;
  const { host } = new URL(url);
  const reading = sha256(
    JSON.stringify([READING, source.selector, source.licence, [...reader.vocabulary], reader.maxWords ?? null]),
  );
  const known = previous?.pages.find((page) => page.url === url && page.reading === reading) ?? null;
  const keep = (): PageRecord | null => {
    if (!known) return null;
    const ids = new Set(known.guides);
    result.guides.push(...(previous?.guides ?? []).filter((guide) => ids.has(guide.id)));
    result.pages.push(known);
    return known;
  };
  const skip = (refused: Pick<SkippedPage, 'reason' | 'detail'>, passing: boolean): PageRecord | null => {
    const kept = passing ? keep() : null;
    result.skipped.push({ url, reason: refused.reason, detail: refused.detail, kept: kept !== null });
    return kept;
  };

  const failed = failures.get(host) ?? 0;
  if (failed >= options.maxFailures) {
    const detail = `${host} failed ${failed} times in a row and was left alone`;
    return skip({ reason: 'failing', detail }, true);
  }
  const fetched = await fetchWithRetries(url, known, input);
  failures.set(host, fetched.outcome === 'refused' && isPassing(fetched) ? failed + 1 : 0);
  if (fetched.outcome === 'refused')
    return skip(fetched, isPassing(fetched) || fetched.reason === 'robots-unreachable');
  if (fetched.outcome === 'not-modified') {
    result.counts.unchanged += 1;
    return keep();
  }
  result.counts.fetched += 1;
  result.counts.bytes += fetched.body.length;
  if (!fetched.url.startsWith(source.prefix)) {
    return skip({ reason: 'prefix', detail: `it leads to ${fetched.url}, outside the prefix` }, false);
  }
  if (fetched.url !== url && seen.has(fetched.url)) return null;
  seen.add(fetched.url);
  const hash = sha256(fetched.body);
  if (known?.sha256 === hash) {
    result.counts.unchanged += 1;
    return keep();
  }
  const fetchedAt = new Date().toISOString();
  try {
    const page = { ...fetched, dialect, fetchedAt, licence: source.licence, selector: source.selector };
    const { guides, links } = await readPage(page, reader, input.parser);
    const record = {
      url,
      ...fetched.validators,
      sha256: hash,
      reading,
      links: links.filter((link) => link.length <= LONGEST_ADDRESS).slice(0, MOST_LINKS),
      guides: guides.map(({ id }) => id),
      fetchedAt,
    };
    result.guides.push(...guides);
    result.pages.push(record);
    return record;
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return skip({ reason: error.reason, detail: error.message }, false);
  }
}

async function fetchWithRetries(url: string, known: PageRecord | null, input: ScrapeSiteInput): Promise<FetchOutcome> {
  const { options, robots, pacer, signal } = input;
  const beforeRequest = async (target: URL): Promise<void> => {
    const rules = await robots.rulesFor(target, signal);
    if (rules.unreachable !== null) {
      const detail = `robots.txt of ${target.host} could not be read (${rules.unreachable}), so nothing there may be`;
      throw new FetchRefused('robots-unreachable', detail);
    }
    if (!rules.allows(target.href)) throw new FetchRefused('robots', `robots.txt of ${target.host} does not allow it`);
    await pacer.turn(target.host, Math.max(options.intervalMs, rules.crawlDelayMs), signal);
  };
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await fetchPage({ url, options, beforeRequest, signal, validators: known ?? undefined });
    if (outcome.outcome !== 'refused' || !isPassing(outcome) || attempt >= options.retries) return outcome;
    const asked = Math.min(outcome.retryAfterMs ?? 0, options.maxCrawlDelayMs);
    await sleep(Math.max(options.retryPauseMs * 2 ** attempt, asked), undefined, signal ? { signal } : {});
  }
}

/** A fault that another try may mend: no connection, too slow, or a status that says so. */
export function isPassing({ reason, status }: Extract<FetchOutcome, { outcome: 'refused' }>): boolean {
  return reason === 'network' || reason === 'timeout' || (status !== null && (status >= 500 || status === 429));
}
