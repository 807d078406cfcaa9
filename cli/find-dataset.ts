import type { DatasetRef } from '../core/contract.js';
import type { Pair } from '../core/template.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import type { Database } from '../adapters/postgres/database.js';
import { findDatasets } from '../adapters/postgres/queries/datasets.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

/** The newest dataset whose id begins so. @throws NotFoundError */
export async function findDataset(db: Database, beginning: string): Promise<DatasetRef> {
  const [dataset] = await findDatasets(db, beginning);
  if (dataset) return dataset;
  throw new NotFoundError(`There is no dataset "${beginning}".`, 'The end of a run names its datasets.');
}

/** @throws InvalidInputError for a split that no dataset has */
export async function pairsOf(store: ArtifactStore, { splits }: DatasetRef, split: string): Promise<Pair[]> {
  if (split in splits) return store.getRows<Pair>(splits[split as keyof typeof splits]);
  throw new InvalidInputError(`There is no split "${split}".`, `Use one of ${Object.keys(splits).join(', ')}.`);
}
