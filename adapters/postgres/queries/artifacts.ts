import type { ArtifactRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

/** Remembers artifacts; those that are known stay as they are. */
export async function insertArtifacts(db: Queryable, refs: ArtifactRef[]): Promise<void> {
  if (refs.length === 0) return;
  await db.query(
    `INSERT INTO artifacts (sha256, key, bytes, rows, media_type)
     SELECT sha256, key, bytes, rows, media_type
     FROM jsonb_to_recordset($1) AS given (sha256 text, key text, bytes bigint, rows bigint, media_type text)
     ON CONFLICT (sha256) DO NOTHING`,
    [JSON.stringify(refs.map(({ mediaType, ...ref }) => ({ ...ref, media_type: mediaType })))],
  );
}
