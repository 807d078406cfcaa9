import type { ModelRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

export interface ModelRow {
  run: string;
  reference: ModelRef;
  createdAt: string;
}

export async function saveModel(db: Queryable, run: string, model: ModelRef, createdAt: string): Promise<void> {
  await db.query(
    `INSERT INTO models (id, run, kind, dialect, parameters, reference, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO NOTHING`,
    [model.id, run, model.kind, model.dialect, model.parameters, JSON.stringify(model), createdAt],
  );
}

/** By id, or by the beginning of one; newest first. */
export async function findModels(db: Queryable, beginning = ''): Promise<ModelRow[]> {
  return db.query<ModelRow>(
    `SELECT run, reference, created_at AS "createdAt" FROM models
     WHERE starts_with(id, $1) ORDER BY id = $1 DESC, created_at DESC LIMIT 100`,
    [beginning],
  );
}
