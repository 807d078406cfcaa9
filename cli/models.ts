import { resolve } from 'node:path';
import { NotFoundError } from '../core/errors.js';
import type { Database } from '../adapters/postgres/database.js';
import { ancestorsOf } from '../adapters/postgres/queries/lineage.js';
import { findModels, type ModelRow } from '../adapters/postgres/queries/models.js';
import { getFolder, type FolderManifest } from '../adapters/s3/folder.js';
import { withStore } from './services.js';

/** The newest model whose id begins so. @throws NotFoundError */
export async function findModel(db: Database, beginning: string): Promise<ModelRow> {
  const [model] = await findModels(db, beginning);
  if (model) return model;
  throw new NotFoundError(`There is no model "${beginning}".`, '`dialectic models list` shows those there are.');
}

/** A model with its files and the stages that led to it, nearest first. */
export async function describeModel(beginning: string) {
  return withStore(async (db, store) => {
    const { run, createdAt, reference } = await findModel(db, beginning);
    const { files } = await store.getJson<FolderManifest>(reference.folder);
    return {
      ...{ ...reference, run, createdAt },
      files: files.map(({ path, content }) => ({ path, bytes: content.bytes, sha256: content.sha256 })),
      lineage: await ancestorsOf(db, reference.folder.sha256),
    };
  });
}

/** Writes a model's files in the Hugging Face layout, or its ONNX form. */
export async function exportModel(beginning: string, format: 'hf' | 'onnx', out?: string) {
  return withStore(async (db, store) => {
    const { reference } = await findModel(db, beginning);
    const folder = resolve(out ?? reference.id);
    await getFolder(store, reference.folder, folder, (path) => path.startsWith('onnx/') === (format === 'onnx'));
    return { model: reference.id, format, out: folder };
  });
}
