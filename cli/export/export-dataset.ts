import { createWriteStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DatasetRef } from '../../core/contract.js';
import type { DatabaseSchema } from '../../core/database.js';
import type { Datasheet } from '../../core/datasheet.js';
import { toAlpaca, toMessages, toShareGpt, type ConversationInput } from '../../core/export/conversation.js';
import { writeDatasetCard } from '../../core/export/dataset-card.js';
import { exportSplits, type ExportFormat, type ExportSplit } from '../../core/export/formats.js';
import { databaseColumns, pairColumns } from '../../core/export/parquet-columns.js';
import { toSpiderRow, toSpiderSchema } from '../../core/export/spider.js';
import { schemaText } from '../../core/prompt/plain-prompt.js';
import type { Pair } from '../../core/template.js';
import { InvalidInputError } from '../../core/errors.js';
import type { Database } from '../../adapters/postgres/database.js';
import { originOfDataset } from '../../adapters/postgres/queries/datasets.js';
import type { ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { dialects } from '../../dialects/registry.js';
import { packageVersion } from '../package-version.js';
import { sourcesOfPairs } from './sources-of-pairs.js';
import { writeParquet } from './write-parquet.js';

export interface ExportedFile {
  path: string;
  rows: number;
  bytes: number;
}

export interface ExportOptions {
  format: ExportFormat;
  /** Folder; made where it is missing. */
  out: string;
  /** Licence that the dataset card names; null: that of the sources. */
  licence: string | null;
}

interface Source {
  db: Database;
  store: ArtifactStore;
  dataset: DatasetRef;
}

/** Writes a dataset's splits in a form that other programs read; splits without pairs are left out. Gives the files, relative to `out`. */
export async function exportDataset(source: Source, options: ExportOptions): Promise<ExportedFile[]> {
  const { store, dataset } = source;
  const out = resolve(options.out);
  await mkdir(out, { recursive: true }).catch((cause: unknown) => {
    throw new InvalidInputError(`The folder ${out} cannot be made.`, 'Give another --out.', { cause });
  });
  const schemas = await store.getJson<Record<string, DatabaseSchema>>(dataset.schemas);
  const written =
    options.format === 'parquet'
      ? exportParquet(source, schemas, out, options.licence)
      : options.format === 'spider'
        ? exportSpider(source, schemas, out)
        : exportLines(
            source,
            schemas,
            out,
            { messages: toMessages, alpaca: toAlpaca, sharegpt: toShareGpt }[options.format],
          );
  return (await written).map((file) => ({ ...file, path: relative(out, file.path) }));
}

const manifestOf = ({ dataset }: Source) => dialects[dataset.dialect]!.manifest;

/** Each split with its pairs, one after another, so that one split at a time is in memory. */
async function* splitsOf({ store, dataset }: Source): AsyncGenerator<{ split: ExportSplit; pairs: Pair[] }> {
  for (const split of exportSplits) {
    const pairs = await store.getRows<Pair>(dataset.splits[split]);
    if (pairs.length > 0) yield { split, pairs };
  }
}

async function exportLines(
  source: Source,
  schemas: Record<string, DatabaseSchema>,
  out: string,
  toRow: (input: ConversationInput) => object,
): Promise<ExportedFile[]> {
  const dialect = manifestOf(source);
  const files: ExportedFile[] = [];
  for await (const { split, pairs } of splitsOf(source)) {
    const path = join(out, `${split}.jsonl`);
    const lines = function* () {
      for (const pair of pairs) yield `${JSON.stringify(toRow({ pair, schema: schemas[pair.database]!, dialect }))}\n`;
    };
    await pipeline(Readable.from(lines()), createWriteStream(path));
    files.push({ path, rows: pairs.length, bytes: (await stat(path)).size });
  }
  return files;
}

/** Spider calls its validation set dev. */
const spiderNames: Record<ExportSplit, string> = {
  ...{ train: 'train', validation: 'dev', heldout: 'heldout', unseen: 'unseen' },
};

async function exportSpider(
  source: Source,
  schemas: Record<string, DatabaseSchema>,
  out: string,
): Promise<ExportedFile[]> {
  const dialect = manifestOf(source);
  const files: ExportedFile[] = [];
  const write = async (name: string, rows: object[]): Promise<void> => {
    const path = join(out, `${name}.json`);
    await writeFile(path, `${JSON.stringify(rows, null, 2)}\n`);
    files.push({ path, rows: rows.length, bytes: (await stat(path)).size });
  };
  for await (const { split, pairs } of splitsOf(source)) {
    await write(
      spiderNames[split],
      pairs.map((pair) => toSpiderRow(pair, dialect)),
    );
  }
  await write('tables', Object.values(schemas).map(toSpiderSchema));
  return files;
}

/** Pairs in one Parquet file, so that a large split is written in parts. */
const PAIRS_IN_FILE = 200_000;

/** The layout that `datasets.load_dataset(folder)` reads: data/<split>-00000-of-00001.parquet, and a README.md that says so. */
async function exportParquet(
  source: Source,
  schemas: Record<string, DatabaseSchema>,
  out: string,
  licence: string | null,
): Promise<ExportedFile[]> {
  const { db, store, dataset } = source;
  const files: ExportedFile[] = [];
  const all: Pair[] = [];
  for (const folder of ['data', 'databases']) await mkdir(join(out, folder), { recursive: true });
  const splits: { name: string; rows: number; bytes: number }[] = [];
  for await (const { split, pairs } of splitsOf(source)) {
    const parts = Math.ceil(pairs.length / PAIRS_IN_FILE);
    let bytes = 0;
    for (let part = 0; part < parts; part += 1) {
      const rows = pairs.slice(part * PAIRS_IN_FILE, (part + 1) * PAIRS_IN_FILE);
      const path = join(out, 'data', `${split}-${fiveDigits(part)}-of-${fiveDigits(parts)}.parquet`);
      files.push({ path, rows: rows.length, bytes: await writeParquet(path, pairColumns(rows)) });
      bytes += files.at(-1)!.bytes;
    }
    splits.push({ name: split, rows: pairs.length, bytes });
    for (const pair of pairs) all.push(pair);
  }
  const databases = join(out, 'databases', 'databases-00000-of-00001.parquet');
  const columns = databaseColumns(Object.values(schemas), (schema) => schemaText(schema));
  files.push({ path: databases, rows: dataset.databases.length, bytes: await writeParquet(databases, columns) });

  const origin = await originOfDataset(db, dataset.id);
  const card = writeDatasetCard({
    ...{ id: dataset.id, run: origin?.run ?? null, createdAt: origin?.createdAt ?? null },
    ...{ version: packageVersion(), dialect: manifestOf(source), databases: dataset.databases, splits, licence },
    datasheet: await store.getJson<Datasheet>(dataset.datasheet),
    sources: await sourcesOfPairs(db, store, dataset.dialect, all),
  });
  const readme = join(out, 'README.md');
  await writeFile(readme, card);
  return [...files, { path: readme, rows: 0, bytes: Buffer.byteLength(card) }];
}

const fiveDigits = (count: number): string => String(count).padStart(5, '0');
