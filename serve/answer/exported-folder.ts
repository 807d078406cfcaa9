import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '../../core/errors.js';

/** The folder with the graph: the one named, or `onnx` below it. @throws NotFoundError */
export async function onnxFolderOf(folder: string): Promise<string> {
  for (const candidate of [folder, join(folder, 'onnx')]) {
    if ((await stat(join(candidate, 'meta.json')).catch(() => null))?.isFile()) return candidate;
  }
  throw new NotFoundError(
    `${folder} holds no exported model: there is no meta.json in it, nor in its folder onnx.`,
    'Give the folder that `dialectic models export <model> --format onnx` wrote.',
  );
}
