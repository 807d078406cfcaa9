import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeModelCard } from '../../core/export/model-card.js';
import type { DatasetSource } from '../../core/export/dataset-card.js';
import type { Pair } from '../../core/template.js';
import type { Database } from '../../adapters/postgres/database.js';
import { datasetsOfModel, evaluationsOfModel, trainingsOf } from '../../adapters/postgres/queries/model-history.js';
import type { ModelRow } from '../../adapters/postgres/queries/models.js';
import type { ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { getFolder } from '../../adapters/s3/folder.js';
import { createTrainer } from '../../adapters/trainer/process.js';
import { locateHome } from '../../schema/home.js';
import { packageVersion } from '../package-version.js';
import { sourcesOfPairs } from './sources-of-pairs.js';

/** Writes a model's weights and tokenizer in the Hugging Face layout, with a card that says what it is and came from. */
export async function exportHuggingFace(
  db: Database,
  store: ArtifactStore,
  model: ModelRow,
  out: string,
): Promise<void> {
  await getFolder(store, model.reference.folder, out, isHuggingFace);
  await writeFile(join(out, 'README.md'), await cardOf(db, store, model));
}

/** Writes a model's ONNX form. With `int8` the trainer exports it anew, with a second graph whose weights have 8 bits. */
export async function exportOnnxForm(
  store: ArtifactStore,
  { reference }: ModelRow,
  out: string,
  int8: boolean,
): Promise<void> {
  if (!int8) return getFolder(store, reference.folder, out, (path) => !isHuggingFace(path));
  const { python, root } = locateHome();
  const work = await mkdtemp(join(tmpdir(), 'dialectic-export-'));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const model = join(work, 'model');
    await getFolder(store, reference.folder, model, isHuggingFace);
    await createTrainer({ python, root }).run({
      ...{ command: 'export', spec: { model, int8 }, out: resolve(out), work },
      ...{ onEvent: () => undefined, signal: stop.signal },
    });
  } finally {
    process.off('SIGINT', interrupt);
    await rm(work, { recursive: true, force: true });
  }
}

const isHuggingFace = (path: string): boolean => !path.startsWith('onnx/');

async function cardOf(db: Database, store: ArtifactStore, { reference, run, createdAt }: ModelRow): Promise<string> {
  const folder = reference.folder.sha256;
  const datasets = await datasetsOfModel(db, folder);
  const sources = new Map<string, DatasetSource>();
  for (const { dialect, splits } of datasets) {
    const pairs = await store.getRows<Pair>(splits.train);
    for (const source of await sourcesOfPairs(db, store, dialect, pairs)) {
      const known = sources.get(source.name + source.licence);
      sources.set(source.name + source.licence, { ...source, pairs: source.pairs + (known?.pairs ?? 0) });
    }
  }
  return writeModelCard({
    ...{ model: reference, run, createdAt: new Date(createdAt).toISOString(), version: packageVersion() },
    evaluations: await evaluationsOfModel(db, folder),
    datasets: datasets.map(({ id, dialect, pairs, databases }) => ({ id, dialect, pairs, databases })),
    sources: [...sources.values()].sort((a, b) => b.pairs - a.pairs),
    stages: (await trainingsOf(db, folder)).map((stage) => ({
      ...stage,
      finishedAt: new Date(stage.finishedAt).toISOString(),
    })),
    measured: plainFigures(await store.getJson<Record<string, unknown>>(reference.measured)),
  });
}

/** Numbers and words; curves and lists are in the run's report. */
function plainFigures(measured: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(measured).flatMap(([name, value]) =>
      typeof value === 'number' || typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
