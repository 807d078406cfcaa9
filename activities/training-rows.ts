import type { DatasetRef } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import type { Pair } from '../core/template.js';
import { encodeSql } from '../core/prompt/encode-sql.js';
import { buildLinkedPrompt } from '../core/prompt/linked-prompt.js';
import { dialects } from '../dialects/registry.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

/** What the trainer reads, a JSON line each. */
export interface TrainingRow {
  prompt: string;
  completion: string;
  dialect: string;
}

/** Rows of the pairs whose statement the prompt can say; `unlinked` counts the others. */
export async function readTrainingRows(
  store: ArtifactStore,
  dataset: DatasetRef,
  split: keyof DatasetRef['splits'],
): Promise<{ rows: TrainingRow[]; unlinked: number }> {
  const [pairs, schemas] = await Promise.all([
    store.getRows<Pair>(dataset.splits[split]),
    store.getJson<Record<string, DatabaseSchema>>(dataset.schemas),
  ]);
  const dialect = dialects[dataset.dialect]!.manifest;
  const rows = pairs.flatMap(({ question, sql, database }): TrainingRow[] => {
    const { prompt, links } = buildLinkedPrompt({ question, schema: schemas[database]!, dialect });
    const completion = encodeSql(sql, links, dialect);
    return completion === null ? [] : [{ prompt, completion, dialect: dataset.dialect }];
  });
  return { rows, unlinked: pairs.length - rows.length };
}
