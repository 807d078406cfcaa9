import { readdir, mkdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { ArtifactRef } from '../../core/contract.js';
import { InvalidInputError } from '../../core/errors.js';
import type { ArtifactStore } from './artifact-store.js';

/** A folder as an artifact: the list of its files, each an artifact of its own, so that equal files are stored once. */
export interface FolderManifest {
  files: { path: string; content: ArtifactRef }[];
}

/** Stores every file of a folder, then its manifest. Paths are written with `/`. */
export async function putFolder(store: ArtifactStore, folder: string): Promise<ArtifactRef> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: FolderManifest['files'] = [];
  for (const path of paths.sort()) {
    files.push({ path: relative(folder, path).split(sep).join('/'), content: await store.putFile(path) });
  }
  return store.putJson({ files });
}

/** Fetches a stored folder's files into `folder`; `only` chooses some by their path. */
export async function getFolder(
  store: ArtifactStore,
  ref: ArtifactRef,
  folder: string,
  only: (path: string) => boolean = () => true,
): Promise<void> {
  const { files } = await store.getJson<FolderManifest>(ref);
  await mkdir(folder, { recursive: true });
  for (const { path, content } of files.filter((file) => only(file.path))) {
    const target = resolve(folder, path);
    if (!target.startsWith(resolve(folder) + sep))
      throw new InvalidInputError(
        `The stored folder ${ref.key} names the path ${path}.`,
        'Use a folder made by Dialectic.',
      );
    await store.getFile(content, target);
  }
}
