import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scrapesOf } from '../../adapters/postgres/queries/scrapes.js';
import type { Database } from '../../adapters/postgres/database.js';
import type { ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import type { ScrapeManifest } from '../../adapters/web/scrape-manifest.js';
import type { DatasetSource } from '../../core/export/dataset-card.js';
import type { Guide, Pair } from '../../core/template.js';
import { projectRoot } from '../../schema/home.js';

/**
 * The guides and seeds that pairs go back to, grouped by site and licence, the one with most pairs first. Guides are looked up among the
 * dialect's built-in ones and its scrapes; one that is in neither any more is named as not recorded.
 */
export async function sourcesOfPairs(
  db: Database,
  store: ArtifactStore,
  dialect: string,
  pairs: Pair[],
): Promise<DatasetSource[]> {
  const wanted = new Set(pairs.flatMap(({ guide }) => guide ?? []));
  const guides = await findGuides(db, store, dialect, wanted);
  const sources = new Map<string, DatasetSource>();
  const count = (source: Omit<DatasetSource, 'pairs'>): void => {
    const key = `${source.name} ${source.licence}`;
    const known = sources.get(key) ?? { ...source, pairs: 0 };
    sources.set(key, { ...known, pairs: known.pairs + 1 });
  };
  const seeds = await seedSource();
  for (const { guide } of pairs) {
    if (guide === null) count(seeds);
    else count(sourceOf(guides.get(guide)));
  }
  return [...sources.values()].sort((a, b) => b.pairs - a.pairs);
}

async function findGuides(
  db: Database,
  store: ArtifactStore,
  dialect: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Guide>> {
  const found = new Map<string, Guide>();
  const take = (guides: Guide[]): void => {
    for (const guide of guides) if (wanted.has(guide.id) && !found.has(guide.id)) found.set(guide.id, guide);
  };
  take(await readBuiltInGuides(dialect).catch(() => []));
  if (found.size === wanted.size) return found;
  for (const manifest of await scrapesOf(db, dialect)) {
    if (found.size < wanted.size) take((await store.getJson<ScrapeManifest>(manifest)).guides);
  }
  return found;
}

function sourceOf(guide: Guide | undefined): Omit<DatasetSource, 'pairs'> {
  if (!guide) return { name: 'guides not recorded any more', address: null, licence: 'not recorded' };
  const { source, licence } = guide;
  if (source === 'built-in') return { name: 'built-in guides of Dialectic', address: null, licence };
  if (!URL.canParse(source) || !/^https?:/.test(source)) return { name: source, address: null, licence };
  const { origin, host } = new URL(source);
  return { name: host, address: origin, licence };
}

/** Templates that no guide taught go back to the seeds; the built-in ones say whose queries they were taken from. */
async function seedSource(): Promise<Omit<DatasetSource, 'pairs'>> {
  const file = join(projectRoot(), 'core', 'templates', 'seeds.json');
  const { attribution } = JSON.parse(await readFile(file, 'utf8')) as {
    attribution: { source: string; url: string; licence: string };
  };
  return { name: `seed templates from ${attribution.source}`, address: attribution.url, licence: attribution.licence };
}
