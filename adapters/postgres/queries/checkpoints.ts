import type { ArtifactRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

export interface CheckpointRow {
  step: number;
  folder: ArtifactRef;
}

export async function saveCheckpoint(db: Queryable, stageKey: string, { step, folder }: CheckpointRow): Promise<void> {
  await db.query(
    `INSERT INTO checkpoints (stage_key, step, folder) VALUES ($1, $2, $3)
     ON CONFLICT (stage_key) DO UPDATE SET step = excluded.step, folder = excluded.folder, saved_at = now()
       WHERE checkpoints.step <= excluded.step`,
    [stageKey, step, JSON.stringify(folder)],
  );
}

export async function findCheckpoint(db: Queryable, stageKey: string): Promise<CheckpointRow | undefined> {
  const [row] = await db.query<CheckpointRow>('SELECT step, folder FROM checkpoints WHERE stage_key = $1', [stageKey]);
  return row;
}

/** A finished training needs its checkpoint no more. */
export async function deleteCheckpoint(db: Queryable, stageKey: string): Promise<void> {
  await db.query('DELETE FROM checkpoints WHERE stage_key = $1', [stageKey]);
}
