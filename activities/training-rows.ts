import type { DatasetRef } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import type { Pair } from '../core/template.js';
import { promptRow, type PromptRow } from '../core/prompt/prompt-form.js';
import type { PromptForm } from '../core/run-spec.js';
import { dialects } from '../dialects/registry.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

/** What the trainer reads, a JSON line each. */
export interface TrainingRow extends PromptRow {
  dialect: string;
}

/** Rows of the pairs whose statement the prompt can say; `unlinked` counts the others. */
export async function readTrainingRows(
  store: ArtifactStore,
  dataset: DatasetRef,
  split: keyof DatasetRef['splits'],
  form: PromptForm,
): Promise<{ rows: TrainingRow[]; unlinked: number }> {
  const [pairs, schemas] = await Promise.all([
    store.getRows<Pair>(dataset.splits[split]),
    store.getJson<Record<string, DatabaseSchema>>(dataset.schemas),
  ]);
  const dialect = dialects[dataset.dialect]!.manifest;
  const rows = pairs.flatMap(({ question, sql, database }): TrainingRow[] => {
    const row = promptRow(form, { question, sql, schema: schemas[database]!, dialect });
    return row === null ? [] : [{ ...row, dialect: dataset.dialect }];
  });
  return { rows, unlinked: pairs.length - rows.length };
}
