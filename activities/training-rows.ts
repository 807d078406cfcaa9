import type { DatasetRef } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import { InvalidInputError } from '../core/errors.js';
import { drawRows, mayLearn } from '../core/learn-rows.js';
import type { LearnPlan } from '../core/run-spec.js';
import type { Pair } from '../core/template.js';
import { promptRow, type PromptRow } from '../core/prompt/prompt-form.js';
import type { PromptForm } from '../core/run-spec.js';
import { dialects } from '../dialects/registry.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

/** What the trainer reads, a JSON line each. */
export interface TrainingRow extends PromptRow {
  dialect: string;
}

/** What is learned of a dataset. */
export interface WantedRows {
  split: keyof DatasetRef['splits'];
  form: PromptForm;
  learn?: LearnPlan | undefined;
  /** People's questions, of which a share may take the place of generated ones. */
  human?: DatasetRef | null | undefined;
}

/**
 * Rows of the pairs whose statement the prompt can say; `unlinked` counts the others.
 * @throws InvalidInputError where people wrote fewer questions than are wanted
 */
export async function readTrainingRows(
  store: ArtifactStore,
  dataset: DatasetRef,
  { split, form, learn = {}, human }: WantedRows,
): Promise<{ rows: TrainingRow[]; unlinked: number }> {
  const made = await readRows(store, dataset, split, form, learn);
  const share = learn.humanShare ?? 0;
  const mixes = share > 0 && (split === 'train' || split === 'seeds') && human?.dialect === dataset.dialect;
  const byPeople = mixes ? await readRows(store, human, 'train', form, learn) : { rows: [], unlinked: 0 };
  const drawn = drawRows(
    made.rows,
    byPeople.rows,
    split === 'validation' ? {} : { ...learn, humanShare: mixes ? share : 0 },
  );
  if (!drawn)
    throw new InvalidInputError(
      `People's questions give ${byPeople.rows.length} rows that can be learned, fewer than learn.humanShare wants.`,
      'Lower learn.rows or learn.humanShare, or name a larger file in human.train.',
    );
  return {
    rows: drawn.map(({ id: _, ...row }) => row),
    unlinked: made.unlinked + byPeople.unlinked,
  };
}

async function readRows(
  store: ArtifactStore,
  dataset: DatasetRef,
  split: keyof DatasetRef['splits'],
  form: PromptForm,
  learn: LearnPlan,
): Promise<{ rows: (TrainingRow & { id: string })[]; unlinked: number }> {
  const [all, schemas] = await Promise.all([
    store.getRows<Pair>(dataset.splits[split]),
    store.getJson<Record<string, DatabaseSchema>>(dataset.schemas),
  ]);
  const dialect = dialects[dataset.dialect]!.manifest;
  const pairs = all.filter(mayLearn(learn, dialect));
  const rows = pairs.flatMap(({ id, question, sql, database }) => {
    const row = promptRow(form, { question, sql, schema: schemas[database]!, dialect });
    return row === null ? [] : [{ id, ...row, dialect: dataset.dialect }];
  });
  return { rows, unlinked: pairs.length - rows.length };
}
