import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { CorruptArtifactError, NotFoundError } from '../../core/errors.js';

/** What `meta.json` says of an exported model (written by the trainer's export command). */
export interface ModelShape {
  layers: number;
  kvHeads: number;
  headDim: number;
  vocabulary: number;
  /** Prompt and answer together have at most this many tokens. */
  maxPositions: number;
  /** Ids that end an answer. */
  eos: number[];
  /** 0 for a dense model. */
  experts: number;
  files: { float32: string; int8?: string };
}

export type Precision = 'float32' | 'int8';

export interface ModelFiles {
  shape: ModelShape;
  tokenizer: Tokenizer;
  /** Path of the graph. */
  graph: string;
}

/** Reads an exported folder: `meta.json`, `tokenizer.json`, `tokenizer_config.json` and the graph's place. */
export async function readModelFiles(folder: string, precision: Precision): Promise<ModelFiles> {
  const shape = (await readJson(folder, 'meta.json')) as ModelShape;
  const file = shape.files[precision];
  if (!file) {
    throw new NotFoundError(
      `The model in ${folder} has no ${precision} graph.`,
      'Export it again with int8 set, or decode with float32.',
    );
  }
  const tokenizer = new Tokenizer(
    (await readJson(folder, 'tokenizer.json')) as object,
    (await readJson(folder, 'tokenizer_config.json')) as object,
  );
  return { shape, tokenizer, graph: path.join(folder, file) };
}

async function readJson(folder: string, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path.join(folder, name), 'utf8');
  } catch (error) {
    throw new NotFoundError(`${folder} has no ${name}.`, 'Give the folder that `python -m trainer export` wrote.', {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CorruptArtifactError(`${name} in ${folder} is not JSON.`, 'Export the model again.', { cause: error });
  }
}
