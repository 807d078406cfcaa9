import type { DatasetRef } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

export async function saveDataset(db: Queryable, run: string, dataset: DatasetRef, createdAt: string): Promise<void> {
  await db.query(
    `INSERT INTO datasets (id, run, dialect, pairs, reference, created_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO NOTHING`,
    [dataset.id, run, dataset.dialect, dataset.pairs, JSON.stringify(dataset), createdAt],
  );
}

/** By id, or by the unambiguous beginning of one. */
export async function findDatasets(db: Queryable, beginning: string): Promise<DatasetRef[]> {
  const rows = await db.query<{ reference: DatasetRef }>(
    'SELECT reference FROM datasets WHERE starts_with(id, $1) ORDER BY id = $1 DESC, created_at DESC LIMIT 20',
    [beginning],
  );
  return rows.map((row) => row.reference);
}

/** The run that made a dataset, and when; null for a dataset that is not in the index. */
export async function originOfDataset(db: Queryable, id: string): Promise<{ run: string; createdAt: string } | null> {
  const [row] = await db.query<{ run: string; created_at: Date | string }>(
    'SELECT run, created_at FROM datasets WHERE id = $1',
    [id],
  );
  return row ? { run: row.run, createdAt: new Date(row.created_at).toISOString() } : null;
}
