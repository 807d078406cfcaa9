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
  files: GraphFiles;
  /** Of an encoder–decoder; all else is then said of its decoder. */
  encoder?: EncoderShape;
}

export interface EncoderShape {
  files: GraphFiles;
  /** The id that ends what the encoder reads. */
  end: number;
  /** The id that an answer begins after. */
  start: number;
}

export type EncoderDecoderShape = ModelShape & { encoder: EncoderShape };

export const hasEncoder = (shape: ModelShape): shape is EncoderDecoderShape => shape.encoder !== undefined;

interface GraphFiles {
  float32: string;
  int8?: string;
}

export type Precision = 'float32' | 'int8';

export interface ModelFiles {
  shape: ModelShape;
  tokenizer: Tokenizer;
  /** Paths of the graph, and of the encoder's where there is one. */
  graph: string;
  encoder: string | null;
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
  const encoder = shape.encoder?.files[precision];
  return { shape, tokenizer, graph: path.join(folder, file), encoder: encoder ? path.join(folder, encoder) : null };
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
