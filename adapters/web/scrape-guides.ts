import { compareGuides } from '../../core/guides/compare.js';
import { InvalidInputError, UnreachableError } from '../../core/errors.js';
import type { GuideSource } from '../../core/run-spec.js';
import type { Guide } from '../../core/template.js';
import { resolveSource, type ResolvedSource } from '../../schema/source.js';
import { sha256 } from '../s3/hash.js';
import { defaultFetchOptions, type FetchOptions } from './fetch-options.js';
import type { RefusalReason } from './fetch-refused.js';
import { createHostPacer } from './host-pacer.js';
import { readBuiltInGuides, readMarkdownFolder } from './markdown-folder.js';
import { createPageParser, type PageParser } from './page-parser.js';
import { createRobotsGate } from './robots.js';
import type { ScrapeManifest, ScrapeResult, SkippedPage } from './scrape-manifest.js';
import { scrapeSite, type SiteResult } from './scrape-site.js';
import { expandSources } from './source-sets.js';

export interface ScrapeProgress {
  /** Pages and files looked at so far, and guides found in them. */
  pages: number;
  guides: number;
  /** The last one. */
  url: string;
}

export interface ScrapeGuidesInput {
  dialect: string;
  /** None: the built-in guides, which need no network. `official` and `tutorials` stand for the dialect's sets of sources. */
  sources?: GuideSource[];
  /** What the last scrape of these sources returned; unchanged pages are then neither sent nor read again. */
  previous?: ScrapeManifest | null;
  fetch?: Partial<FetchOptions>;
  /** Functions, operators and keywords of the dialect beyond those that its built-in guides teach. */
  vocabulary?: Iterable<string>;
  /** To share a parsing process between scrapes; without it a scrape of HTML starts and ends its own. */
  parser?: PageParser;
  onProgress?: (progress: ScrapeProgress) => void;
  signal?: AbortSignal;
}

/**
 * Reads a dialect's guides from its sources and compares them with the last scrape.
 * What cannot be read is in `skipped` with a reason. Raises InvalidInputError when not one guide is found, UnreachableError when that is
 * because the servers do not answer.
 *
 * @example
 * const { manifest, changes } = await scrapeGuides({ dialect: 'sqlite' });
 */
export async function scrapeGuides(input: ScrapeGuidesInput): Promise<ScrapeResult> {
  const { dialect, sources = [], previous = null, onProgress, signal } = input;
  const named = await expandSources(dialect, sources);
  const resolved = named.length > 0 ? named.map(resolveSource) : [{ kind: 'built-in' } as const];
  const options = fetchOptionsFor(resolved, input.fetch);
  const pacer = createHostPacer();
  const robots = createRobotsGate(options, pacer);
  const parser = input.parser ?? createPageParser(options.parseTimeoutMs);
  const vocabulary = await vocabularyOf(dialect, input.vocabulary ?? []);
  const found: SiteResult = { guides: [], pages: [], skipped: [], counts: { fetched: 0, unchanged: 0, bytes: 0 } };
  const failures = new Map<string, number>();
  let looked = 0;
  const onPage = (url: string): void => onProgress?.({ pages: (looked += 1), guides: found.guides.length, url });

  try {
    for (const source of resolved) {
      signal?.throwIfAborted();
      if (source.kind === 'site') {
        const reader = { hash: sha256, vocabulary };
        append(
          found,
          await scrapeSite({
            dialect,
            source,
            previous,
            reader,
            options,
            robots,
            pacer,
            parser,
            failures,
            onPage,
            signal,
          }),
        );
      } else {
        found.guides.push(...(await readLocal(dialect, source, vocabulary)));
        onPage(source.kind === 'folder' ? source.path : 'built-in');
      }
    }
  } finally {
    if (!input.parser) parser.close();
  }

  const guides = uniqueById(found.guides);
  if (guides.length === 0) throw emptyGuideSet(dialect, found.skipped);
  const manifest = { dialect, guides, pages: found.pages };
  const changes = compareGuides(previous?.guides ?? [], guides);
  return { manifest, changes, skipped: found.skipped, counts: found.counts };
}

function readLocal(
  dialect: string,
  source: Exclude<ResolvedSource, { kind: 'site' }>,
  vocabulary: string[],
): Promise<Guide[]> {
  if (source.kind === 'built-in') return readBuiltInGuides(dialect);
  const { path, licence, limit } = source;
  return readMarkdownFolder(path, { dialect, licence, limit, source: path, vocabulary });
}

/** Only the hosts of the sources may be asked, unless the caller names more. */
function fetchOptionsFor(sources: ResolvedSource[], given: Partial<FetchOptions> = {}): FetchOptions {
  const hosts = sources.flatMap((source) => (source.kind === 'site' ? [new URL(source.url).host] : []));
  return { ...defaultFetchOptions, ...given, allowedHosts: [...hosts, ...(given.allowedHosts ?? [])] };
}

/** Sorted, so that the same words count as the same vocabulary in the next scrape. A dialect without built-in guides has none from them. */
async function vocabularyOf(dialect: string, more: Iterable<string>): Promise<string[]> {
  const builtIn = await readBuiltInGuides(dialect).catch(() => []);
  return [...new Set([...builtIn.flatMap(({ teaches }) => teaches), ...more].map((term) => term.toUpperCase()))].sort();
}

function append(all: SiteResult, site: SiteResult): void {
  all.guides.push(...site.guides);
  all.pages.push(...site.pages);
  all.skipped.push(...site.skipped);
  all.counts.fetched += site.counts.fetched;
  all.counts.unchanged += site.counts.unchanged;
  all.counts.bytes += site.counts.bytes;
}

/** Two sources may lead to the same page; the first one counts. */
function uniqueById(guides: Guide[]): Guide[] {
  return [...new Map([...guides].reverse().map((guide) => [guide.id, guide])).values()].reverse();
}

const PASSING = new Set<RefusalReason>(['network', 'timeout', 'robots-unreachable', 'failing']);

function emptyGuideSet(dialect: string, skipped: SkippedPage[]): Error {
  const first = skipped[0];
  const why = first ? `: ${skipped.length} page(s) were skipped, the first, ${first.url}, because ${first.detail}` : '';
  const what = `The sources of ${dialect} gave no guide${why}.`;
  const passing = skipped.length > 0 && skipped.every(({ reason }) => PASSING.has(reason));
  if (passing) return new UnreachableError(what, 'Check the network and try again, or use the built-in guides.');
  return new InvalidInputError(
    what,
    'Correct url, prefix and selector, or leave the sources out to use the built-in guides.',
  );
}
