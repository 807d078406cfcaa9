import type { StageIdentity } from '../../../core/stage-key.js';
import type { Queryable } from '../database.js';

/** A finished stage, as its manifest in S3 and its row say it. */
export interface StageRecord extends StageIdentity {
  key: string;
  run: string;
  result: unknown;
  seconds: number;
  finishedAt: string;
}

export type FoundStage = Pick<StageRecord, 'result' | 'seconds' | 'run' | 'finishedAt'>;

/** @param notBefore only a result finished after this time counts; null: any */
export async function findStageResult(
  db: Queryable,
  key: string,
  notBefore: string | null,
): Promise<FoundStage | undefined> {
  const [row] = await db.query<FoundStage>(
    `SELECT result, seconds, run, finished_at AS "finishedAt" FROM stage_results
     WHERE key = $1 AND ($2::timestamptz IS NULL OR finished_at >= $2::timestamptz)`,
    [key, notBefore],
  );
  return row;
}

/** The newest result of a key stays. */
export async function saveStageResult(db: Queryable, record: StageRecord): Promise<void> {
  await db.query(
    `INSERT INTO stage_results (key, stage, version, run, inputs, parameters, result, seconds, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (key) DO UPDATE
       SET run = excluded.run, result = excluded.result, seconds = excluded.seconds, finished_at = excluded.finished_at
       WHERE stage_results.finished_at <= excluded.finished_at`,
    [
      record.key,
      record.stage,
      record.version,
      record.run,
      JSON.stringify(record.inputs),
      JSON.stringify(record.parameters),
      JSON.stringify(record.result),
      record.seconds,
      record.finishedAt,
    ],
  );
}
