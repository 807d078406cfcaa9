import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeModelCard } from '../../core/export/model-card.js';
import type { DatasetSource } from '../../core/export/dataset-card.js';
import type { Pair } from '../../core/template.js';
import type { Database } from '../../adapters/postgres/database.js';
import { datasetsOfModel, evaluationsOfModel, trainingsOf } from '../../adapters/postgres/queries/model-history.js';
import type { ModelRow } from '../../adapters/postgres/queries/models.js';
import type { ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { writeDescription } from '../../adapters/onnx/model-description.js';
import { getFolder } from '../../adapters/s3/folder.js';
import { describeStoredModel } from '../../serve/answer/stored-model.js';
import { packageVersion } from '../package-version.js';
import { withTrainer } from '../with-trainer.js';
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

/** Writes a model's ONNX form, with what one must know to ask it. With `int8` the trainer exports it anew, with a second graph whose weights have 8 bits. */
export async function exportOnnxForm(
  db: Database,
  store: ArtifactStore,
  { reference }: ModelRow,
  out: string,
  int8: boolean,
): Promise<void> {
  if (int8) await exportAnew(store, reference, out);
  else await getFolder(store, reference.folder, out, (path) => !isHuggingFace(path));
  await writeDescription(join(out, 'onnx'), await describeStoredModel(db, reference));
}

async function exportAnew(store: ArtifactStore, reference: ModelRow['reference'], out: string): Promise<void> {
  await withTrainer('export', async ({ trainer, work, signal }) => {
    const model = join(work, 'model');
    await getFolder(store, reference.folder, model, isHuggingFace);
    await trainer.run({
      ...{ command: 'export', spec: { model, int8: true }, out: resolve(out), work, signal, onEvent: () => undefined },
    });
  });
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
