import type { Queryable } from '../database.js';

/** A batch at a model's batch API; `id` is null until the endpoint is known to have taken it. */
export interface ModelBatchRow {
  attempt: number;
  id: string | null;
  ended: boolean;
}

/** The newest batch of these requests. */
export async function findModelBatch(db: Queryable, requests: string): Promise<ModelBatchRow | null> {
  const [row] = await db.query<ModelBatchRow>(
    'SELECT attempt, id, ended FROM model_batches WHERE requests = $1 ORDER BY attempt DESC LIMIT 1',
    [requests],
  );
  return row ?? null;
}

export async function saveModelBatch(db: Queryable, requests: string, batch: ModelBatchRow): Promise<void> {
  await db.query(
    `INSERT INTO model_batches (requests, attempt, id, ended) VALUES ($1, $2, $3, $4)
     ON CONFLICT (requests, attempt) DO UPDATE SET id = excluded.id, ended = excluded.ended`,
    [requests, batch.attempt, batch.id, batch.ended],
  );
}
