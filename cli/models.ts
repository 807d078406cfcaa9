import { resolve } from 'node:path';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import type { Database } from '../adapters/postgres/database.js';
import { ancestorsOf } from '../adapters/postgres/queries/lineage.js';
import { findModels, type ModelRow } from '../adapters/postgres/queries/models.js';
import type { FolderManifest } from '../adapters/s3/folder.js';
import { exportHuggingFace, exportOnnxForm } from './export/export-model.js';
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

export interface ModelExport {
  format: 'hf' | 'onnx';
  out?: string;
  /** Of ONNX: a graph with 8-bit weights, too. */
  int8?: boolean;
}

/** Writes a model's files in the Hugging Face layout with its card, or its ONNX form. */
export async function exportModel(beginning: string, { format, out, int8 = false }: ModelExport) {
  if (int8 && format !== 'onnx')
    throw new InvalidInputError('--int8 is of ONNX alone.', 'Add --format onnx, or leave it out.');
  return withStore(async (db, store) => {
    const model = await findModel(db, beginning);
    const folder = resolve(out ?? model.reference.id);
    if (format === 'hf') await exportHuggingFace(db, store, model, folder);
    else await exportOnnxForm(db, store, model, folder, int8);
    return { model: model.reference.id, format, ...(int8 && { int8 }), out: folder };
  });
}
