import type { GuideChanges } from '../../core/guides/compare.js';
import type { Guide } from '../../core/template.js';
import type { RefusalReason } from './fetch-refused.js';

/** What is remembered of a page, so that the next scrape can ask whether it changed and need not read it again. */
export interface PageRecord {
  /** As it was asked for, before redirects. */
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** SHA-256 of the body. */
  sha256: string;
  /** Says how the page was read: selector, licence and vocabulary. Where it differs the page is read afresh. */
  reading: string;
  links: string[];
  /** Ids of its guides. */
  guides: string[];
  fetchedAt: string;
}

/** All that one scrape leaves for the next one: plain JSON. */
export interface ScrapeManifest {
  dialect: string;
  guides: Guide[];
  pages: PageRecord[];
}

export interface SkippedPage {
  url: string;
  reason: RefusalReason;
  detail: string;
  /** The guides of the earlier scrape were kept, because the fault looks passing. */
  kept: boolean;
}

export interface ScrapeCounts {
  /** Pages whose body was sent. */
  fetched: number;
  /** Pages that the server called unchanged, or whose body is the same as before. */
  unchanged: number;
  bytes: number;
}

export interface ScrapeResult {
  manifest: ScrapeManifest;
  changes: GuideChanges;
  skipped: SkippedPage[];
  counts: ScrapeCounts;
}
