import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDescription, type ModelDescription } from '../../adapters/onnx/model-description.js';
import type { Database } from '../../adapters/postgres/database.js';
import { datasetsOfModel, trainingsOf } from '../../adapters/postgres/queries/model-history.js';
import { findModels } from '../../adapters/postgres/queries/models.js';
import type { ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { getFolder } from '../../adapters/s3/folder.js';
import type { ModelRef } from '../../core/contract.js';
import { NotFoundError } from '../../core/errors.js';

/** Runs work with the index in PostgreSQL and the artifacts in S3. */
export type WithStore = <T>(work: (db: Database, store: ArtifactStore) => Promise<T>) => Promise<T>;

/**
 * A stored model's ONNX form on this machine, fetched where the cache does not hold it yet. It lies under its content's hash, and it
 * appears there whole or not at all, also where several processes fetch it at once.
 * @throws NotFoundError, UnreachableError
 */
export async function fetchModel(
  beginning: string,
  { cache, withStore }: { cache: string; withStore: WithStore },
): Promise<{ folder: string; description: ModelDescription }> {
  return withStore(async (db, store) => {
    const [row] = await findModels(db, beginning);
    if (!row)
      throw new NotFoundError(
        `There is no model "${beginning}".`,
        '`dialectic models list` shows those there are; an exported folder is named with a slash: ./folder.',
      );
    const { reference } = row;
    const { sha256 } = reference.folder;
    const description = await describeStoredModel(db, reference);
    const kept = join(cache, sha256);
    const folder = join(kept, 'onnx');
    if ((await stat(join(folder, 'meta.json')).catch(() => null)) === null) {
      const partial = join(cache, `${sha256}.${randomUUID()}.partial`);
      await mkdir(cache, { recursive: true });
      try {
        await getFolder(store, reference.folder, partial, (path) => path.startsWith('onnx/'));
        await writeDescription(join(partial, 'onnx'), description);
        await rename(partial, kept).catch((error: NodeJS.ErrnoException) => {
          // Somebody else was faster; theirs is the same.
          if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
        });
      } finally {
        await rm(partial, { recursive: true, force: true });
      }
    }
    return { folder, description };
  });
}

/** What one must know of a stored model to ask it, by its record and by the stages that it came from. */
export async function describeStoredModel(
  db: Database,
  { id, kind, dialect, promptForm, folder }: ModelRef,
): Promise<ModelDescription> {
  const [stages, datasets] = await Promise.all([trainingsOf(db, folder.sha256), datasetsOfModel(db, folder.sha256)]);
  const dialects = dialect === null ? [...new Set(datasets.map((dataset) => dataset.dialect))] : [dialect];
  const order = stages.findLast(({ stage }) => stage === 'merge')?.parameters['order'];
  const experts = kind === 'mixture' && Array.isArray(order) ? order.map((name) => String(name ?? 'general')) : [];
  return { id, kind, promptForm, dialects, experts };
}
