import type { Provenance, ScrapeGuidesResult, StageReport } from '../core/contract.js';
import type { GuideSource } from '../core/run-spec.js';
import { canonicalJson } from '../core/stage-key.js';
import type { Database } from '../adapters/postgres/database.js';
import { findScrape, saveScrape } from '../adapters/postgres/queries/scrapes.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { sha256 } from '../adapters/s3/hash.js';
import { scrapeGuides } from '../adapters/web/scrape-guides.js';
import type { ScrapeManifest } from '../adapters/web/scrape-manifest.js';
import { dialects } from '../dialects/registry.js';
import type { Databases } from './databases.js';
import { pulse } from './heartbeat.js';
import type { StageRunner } from './stage.js';

export interface ScrapeWork {
  dialect: string;
  sources: GuideSource[];
  provenance: Provenance;
}

export type ScrapeActivities = ReturnType<typeof createScrapeActivities>;

export function createScrapeActivities({
  db,
  store,
  stages,
  databases,
}: {
  db: Database;
  store: ArtifactStore;
  stages: StageRunner;
  databases: Pick<Databases, 'functions'>;
}) {
  return {
    /**
     * Reads the sources every time, for pages change; what did not change is neither sent nor read again, and gives the same
     * artifact, so that the stages after it are reused.
     */
    async scrapeGuides({ dialect, sources, provenance }: ScrapeWork): Promise<ScrapeGuidesResult> {
      const began = performance.now();
      const { signal, beat } = pulse<number>();
      const key = sha256(canonicalJson({ dialect, sources }));
      const last = await findScrape(db, key);
      const scraped = await scrapeGuides({
        ...{ dialect, sources, signal },
        vocabulary: await vocabularyOf(dialect, sources, databases),
        previous: last && (await store.getJson<ScrapeManifest>(last)),
        onProgress: ({ pages }) => beat(pages),
      });
      await saveScrape(db, key, dialect, await store.putJson(scraped.manifest));
      const guides = await store.putRows(scraped.manifest.guides);
      await stages.once(
        { stage: 'scrape', version: 1, inputs: {}, parameters: { dialect, sources, guides: guides.sha256 } },
        provenance,
        async () => ({ guides }),
      );
      const { new: added, changed, gone } = scraped.changes;
      const report: StageReport = {
        ...{ stage: 'scrape', dialect, in: Math.max(sources.length, 1), out: guides.rows ?? 0, costUsd: 0 },
        seconds: Math.round(performance.now() - began) / 1000,
        reused: last !== null && added.length + changed.length + gone.length === 0,
        figures: { ...scraped.counts, new: added.length, changed: changed.length, gone: gone.length },
      };
      return { dialect, guides, report };
    },
  };
}

/** What pages are searched for: the functions that the engine reports and the keywords that the dialect alone has. The built-in guides say themselves what they teach. */
async function vocabularyOf(
  dialect: string,
  sources: GuideSource[],
  databases: Pick<Databases, 'functions'>,
): Promise<string[]> {
  if (sources.every(({ url }) => url === 'built-in')) return [];
  const functions = await databases.functions(dialect);
  return [...functions.map(({ name }) => name), ...(dialects[dialect]?.manifest.distinctiveKeywords ?? [])];
}
