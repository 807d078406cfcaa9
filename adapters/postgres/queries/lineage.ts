import type { Queryable } from '../database.js';

export async function insertLineage(db: Queryable, stageKey: string, into: string[], outOf: string[]): Promise<void> {
  await db.query(
    `INSERT INTO lineage (stage_key, direction, sha256)
     SELECT $1, 'in', unnest($2::text[]) UNION SELECT $1, 'out', unnest($3::text[])
     ON CONFLICT DO NOTHING`,
    [stageKey, into, outOf],
  );
}

/** The stages that made an artifact, $1, as `ancestry`: each with the artifact that it gave. */
export const ancestry = `WITH RECURSIVE ancestry (sha256, stage_key, distance) AS (
   SELECT sha256, stage_key, 1 FROM lineage WHERE sha256 = $1 AND direction = 'out'
   UNION
   SELECT made.sha256, made.stage_key, ancestry.distance + 1
   FROM ancestry
   JOIN lineage AS used ON used.stage_key = ancestry.stage_key AND used.direction = 'in'
   JOIN lineage AS made ON made.sha256 = used.sha256 AND made.direction = 'out'
   WHERE ancestry.distance < 20
 )`;

/** Stages that an artifact came from, nearest first, up to the run's beginning. */
export async function ancestorsOf(
  db: Queryable,
  sha256: string,
): Promise<{ stage: string; key: string; distance: number }[]> {
  return db.query(
    `${ancestry}
     SELECT stage_results.stage, stage_results.key, min(distance)::integer AS distance
     FROM ancestry JOIN stage_results ON stage_results.key = ancestry.stage_key
     GROUP BY stage_results.stage, stage_results.key ORDER BY distance, stage`,
    [sha256],
  );
}
