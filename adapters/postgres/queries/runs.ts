import type { Queryable } from '../database.js';

/** A run that starts again keeps its id and loses its document. */
export async function startRun(db: Queryable, run: { id: string; name: string; spec: unknown }): Promise<void> {
  await db.query(
    `INSERT INTO runs (id, name, spec) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE
       SET spec = excluded.spec, status = 'running', document = NULL, started_at = now(), finished_at = NULL`,
    [run.id, run.name, JSON.stringify(run.spec)],
  );
}

export async function finishRun(db: Queryable, id: string, status: string, document: unknown): Promise<void> {
  await db.query('UPDATE runs SET status = $2, document = $3, finished_at = now() WHERE id = $1', [
    id,
    status,
    document === null ? null : JSON.stringify(document),
  ]);
}
