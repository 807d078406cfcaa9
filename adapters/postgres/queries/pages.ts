import type { ArtifactRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

/** A page as it was last read: what to send in a conditional request, and the guides that came of it. */
export interface PageRow {
  url: string;
  etag: string | null;
  lastModified: string | null;
  content: ArtifactRef;
  fetchedAt: string;
}

export async function listPages(db: Queryable, dialect: string): Promise<PageRow[]> {
  return db.query<PageRow>(
    `SELECT url, etag, last_modified AS "lastModified", content, fetched_at AS "fetchedAt"
     FROM pages WHERE dialect = $1 ORDER BY url`,
    [dialect],
  );
}

export async function savePage(db: Queryable, dialect: string, page: PageRow): Promise<void> {
  await db.query(
    `INSERT INTO pages (dialect, url, etag, last_modified, content, fetched_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (dialect, url) DO UPDATE
       SET etag = excluded.etag, last_modified = excluded.last_modified,
           content = excluded.content, fetched_at = excluded.fetched_at`,
    [dialect, page.url, page.etag, page.lastModified, JSON.stringify(page.content), page.fetchedAt],
  );
}
