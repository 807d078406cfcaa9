import { dirname, resolve } from 'node:path';
import { InvalidInputError } from '../core/errors.js';
import { isFields, type Fields } from '../core/fields.js';
import { readDocument } from './read-document.js';
import { replaceAt } from './replace-at.js';
import { withTrainer } from './with-trainer.js';

export interface MergeDocument {
  method: string;
  inputs: { name: string; path: string }[];
  out: string;
  tensors: number;
  bytes: number;
  /** Share of SLERP's steps that were straight lines; null where nothing was interpolated. */
  slerpFallbackShare: number | null;
  /** Of each layer's router rows; null for a dense model. */
  gateConditionNumbers: number[] | null;
  warnings: string[];
  peakRssBytes: number;
  seconds: number;
}

/** The merge alone, by the trainer as a child process. Paths in the spec are relative to the spec's own folder. */
export async function runMerge(specFile: string, out: string, onLog: (line: string) => void): Promise<MergeDocument> {
  const spec = await readDocument(specFile);
  if (!isFields(spec)) {
    throw new InvalidInputError(
      `${specFile} holds no fields.`,
      'Give it "method" and "models", as docs/merge.md shows.',
    );
  }
  return withTrainer('merge', async ({ trainer, work, signal }) => {
    const result = await trainer.run({
      ...{ command: 'merge', spec: await withAbsolutePaths(spec, dirname(resolve(specFile))), out: resolve(out) },
      ...{ work, signal, onLog, onEvent: () => undefined },
    });
    return result as unknown as MergeDocument;
  });
}

/** The trainer runs in another folder, so `base` and each model's `path` are made absolute. */
async function withAbsolutePaths(spec: Fields, folder: string): Promise<Fields> {
  let result: unknown = spec;
  for (const place of [['base'], ['models', '*', 'path']])
    result = await replaceAt(result, place, async (path) => (typeof path === 'string' ? resolve(folder, path) : path));
  return result as Fields;
}
