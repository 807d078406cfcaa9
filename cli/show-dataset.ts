import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { DatasetRef } from '../core/contract.js';
import type { Datasheet } from '../core/datasheet.js';
import { exportSplits } from '../core/export/formats.js';
import { drawSample, matchesFilter, type PairFilter } from '../core/export/select-pairs.js';
import type { Database } from '../adapters/postgres/database.js';
import { originOfDataset } from '../adapters/postgres/queries/datasets.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { dialects } from '../dialects/registry.js';
import type { SplitPair } from '../web/datasheet/dataset-page.js';
import { renderDatasheet } from '../web/datasheet/render-datasheet.js';
import { pairsOf } from './find-dataset.js';
import { packageVersion } from './package-version.js';

export interface WantedPairs extends PairFilter {
  /** A split, or `all`. */
  split: string;
  limit: number;
  seed: string;
}

/** Pairs of a dataset that a filter lets through: how many, and some of them, drawn evenly. */
export async function showPairs(
  store: ArtifactStore,
  dataset: DatasetRef,
  { split, limit, seed, ...filter }: WantedPairs,
): Promise<{ pairs: SplitPair[]; matching: number }> {
  const splits = split === 'all' ? [...exportSplits] : [split];
  const pairs = await readSplits(store, dataset, splits);
  const matching = pairs.filter((pair) => matchesFilter(pair, filter));
  return { pairs: drawSample(matching, limit, seed), matching: matching.length };
}

/** Writes a page with the dataset's datasheet and a sample of its pairs. */
export async function writeDatasetPage(
  { db, store, dataset }: { db: Database; store: ArtifactStore; dataset: DatasetRef },
  wanted: WantedPairs,
  file: string,
): Promise<{ page: string; pairs: number }> {
  const [all, shown, datasheet, origin] = await Promise.all([
    readSplits(store, dataset, [...exportSplits]),
    showPairs(store, dataset, wanted),
    store.getJson<Datasheet>(dataset.datasheet),
    originOfDataset(db, dataset.id),
  ]);
  const page = resolve(file);
  await mkdir(dirname(page), { recursive: true });
  await writeFile(
    page,
    renderDatasheet({
      ...{ id: dataset.id, run: origin?.run ?? null, createdAt: origin?.createdAt ?? null, version: packageVersion() },
      ...{ dialect: dialects[dataset.dialect]!.manifest, databases: dataset.databases, datasheet },
      ...{ pairs: all, sample: shown.pairs },
    }),
  );
  return { page, pairs: shown.pairs.length };
}

async function readSplits(store: ArtifactStore, dataset: DatasetRef, splits: string[]): Promise<SplitPair[]> {
  const read = splits.map(async (split) =>
    (await pairsOf(store, dataset, split)).map((pair): SplitPair => ({ ...pair, split: split as SplitPair['split'] })),
  );
  return (await Promise.all(read)).flat();
}
