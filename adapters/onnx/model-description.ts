import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelKind } from '../../core/contract.js';
import { CorruptArtifactError } from '../../core/errors.js';
import type { PromptForm } from '../../core/run-spec.js';

/** What one must know of an exported model to ask it: `dialectic.json` beside its `meta.json`. */
export interface ModelDescription {
  id: string;
  kind: ModelKind;
  promptForm: PromptForm;
  /** The dialects that it learned; none where that is not known. */
  dialects: string[];
  /** Of a mixture: its experts' names, in the order in which the router knows them. */
  experts: string[];
}

const fileName = 'dialectic.json';

export async function writeDescription(folder: string, description: ModelDescription): Promise<void> {
  await writeFile(path.join(folder, fileName), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * What an exported folder says of its model. One that the trainer wrote says nothing; then the tokenizer tells the prompt's form, and
 * the model is called by its folder.
 */
export async function readDescription(folder: string): Promise<ModelDescription> {
  const text = await readFile(path.join(folder, fileName), 'utf8').catch(() => null);
  if (text === null) return guessDescription(folder);
  try {
    return JSON.parse(text) as ModelDescription;
  } catch (cause) {
    throw new CorruptArtifactError(`${fileName} in ${folder} is not JSON.`, 'Export the model again.', { cause });
  }
}

async function guessDescription(folder: string): Promise<ModelDescription> {
  const tokenizer = await readFile(path.join(folder, 'tokenizer.json'), 'utf8').catch(() => '');
  const absolute = path.resolve(folder);
  const named = path.basename(absolute) === 'onnx' ? path.dirname(absolute) : absolute;
  const promptForm = tokenizer.includes('"<t0>"') ? 'linked' : 'plain';
  return { id: path.basename(named), kind: 'merged', promptForm, dialects: [], experts: [] };
}
