import type { DatasetRef, Evaluation } from '../../../core/contract.js';
import type { Queryable } from '../database.js';
import { ancestry } from './lineage.js';

/** A stage that a model's weights went through. */
export interface ModelStage {
  stage: string;
  run: string;
  parameters: Record<string, unknown>;
  finishedAt: string;
}

/** The trainings and merges that led to a model's folder, first to last. */
export async function trainingsOf(db: Queryable, folder: string): Promise<ModelStage[]> {
  return db.query(
    `${ancestry}
     SELECT stage, run, parameters, finished_at AS "finishedAt" FROM stage_results
     WHERE stage IN ('train', 'merge') AND key IN (SELECT stage_key FROM ancestry) ORDER BY finished_at`,
    [folder],
  );
}

/** The datasets that a model's folder, or what it was made from, learned from. */
export async function datasetsOfModel(db: Queryable, folder: string): Promise<DatasetRef[]> {
  const rows = await db.query<{ reference: DatasetRef }>(
    `${ancestry}
     SELECT datasets.reference FROM datasets
     WHERE EXISTS (
       SELECT 1 FROM ancestry
       JOIN stage_results ON stage_results.key = ancestry.stage_key AND stage_results.stage IN ('train', 'merge')
       JOIN lineage AS used ON used.stage_key = ancestry.stage_key AND used.direction = 'in'
       JOIN jsonb_each(datasets.reference -> 'splits') AS split ON split.value ->> 'sha256' = used.sha256
     ) ORDER BY datasets.dialect, datasets.created_at`,
    [folder],
  );
  return rows.map(({ reference }) => reference);
}

/** The newest evaluation of a model's folder on each dialect and split. */
export async function evaluationsOfModel(db: Queryable, folder: string): Promise<Evaluation[]> {
  const rows = await db.query<{ evaluation: Evaluation }>(
    `SELECT DISTINCT ON (result #>> '{evaluation,dialect}', result #>> '{evaluation,split}') result -> 'evaluation' AS evaluation
     FROM stage_results WHERE stage = 'evaluate-cell' AND inputs ->> 'model' = $1
     ORDER BY result #>> '{evaluation,dialect}', result #>> '{evaluation,split}', finished_at DESC`,
    [folder],
  );
  return rows.map(({ evaluation }) => evaluation);
}
