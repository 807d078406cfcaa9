import type { ArtifactRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

/** @param sources hash of the dialect and its sources */
export async function findScrape(db: Queryable, sources: string): Promise<ArtifactRef | null> {
  const [row] = await db.query<{ manifest: ArtifactRef }>('SELECT manifest FROM scrapes WHERE sources = $1', [sources]);
  return row?.manifest ?? null;
}

export async function saveScrape(
  db: Queryable,
  sources: string,
  dialect: string,
  manifest: ArtifactRef,
): Promise<void> {
  await db.query(
    `INSERT INTO scrapes (sources, dialect, manifest) VALUES ($1, $2, $3)
     ON CONFLICT (sources) DO UPDATE SET manifest = excluded.manifest, scraped_at = now()`,
    [sources, dialect, JSON.stringify(manifest)],
  );
}

/** The manifests of a dialect's scrapes, the newest first. */
export async function scrapesOf(db: Queryable, dialect: string): Promise<ArtifactRef[]> {
  const rows = await db.query<{ manifest: ArtifactRef }>(
    'SELECT manifest FROM scrapes WHERE dialect = $1 ORDER BY scraped_at DESC',
    [dialect],
  );
  return rows.map((row) => row.manifest);
}
