import { stat } from 'node:fs/promises';
import type { ModelKind } from '../../core/contract.js';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import type { Predictor } from '../../core/evaluate/evaluate-model.js';
import type { PromptForm } from '../../core/run-spec.js';
import { dialects } from '../../dialects/registry.js';
import { openModel, type OpenModelOptions } from '../../adapters/onnx/open-model.js';
import { readDescription, type ModelDescription } from '../../adapters/onnx/model-description.js';
import { onnxFolderOf } from './exported-folder.js';
import { fetchModel, type WithStore } from './stored-model.js';

/** A model that answers questions. */
export interface ServedModel {
  id: string;
  kind: ModelKind;
  promptForm: PromptForm;
  /** The dialects that it learned; none where that is not known. */
  dialects: readonly string[];
  /** Of a mixture: its experts' names, in the order of a token's shares. */
  experts: string[];
  predictor: Predictor;
  close(): Promise<void>;
}

export interface OpenServedModelOptions extends OpenModelOptions {
  /** Folder in which fetched models are kept, each under its content's hash. */
  cache: string;
  /** Opens the store of models; asked only where the name is no folder's. */
  withStore: WithStore;
}

/**
 * Opens a model by its id in the store, or by the folder that `dialectic models export --format onnx` wrote.
 * @throws NotFoundError where neither is there
 */
export async function openServedModel(
  name: string,
  { cache, withStore, ...options }: OpenServedModelOptions,
): Promise<ServedModel> {
  const { folder, description } = await locateModel(name, { cache, withStore });
  const model = await openModel(folder, options);
  return { ...description, predictor: model, close: () => model.close() };
}

/**
 * The ONNX folder of a model on this machine, fetched from the store where it has to be, and what is known of the model.
 * @throws NotFoundError
 */
export async function locateModel(
  name: string,
  from: Pick<OpenServedModelOptions, 'cache' | 'withStore'>,
): Promise<{ folder: string; description: ModelDescription }> {
  if (await isFolder(name)) return exportedFolder(name);
  return looksLikePath(name) ? noFolder(name) : fetchModel(name, from);
}

async function exportedFolder(name: string): Promise<{ folder: string; description: ModelDescription }> {
  const folder = await onnxFolderOf(name);
  return { folder, description: await readDescription(folder) };
}

function noFolder(name: string): never {
  throw new NotFoundError(
    `There is no folder ${name}.`,
    'Give a folder that `dialectic models export <model> --format onnx` wrote, or the id of a model in the store.',
  );
}

const looksLikePath = (name: string): boolean => /[/\\]|^\.{1,2}$/.test(name);

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** @throws InvalidInputError where the model is known to have learned other dialects only */
export function requireDialect({ id, dialects: learned }: ServedModel, dialect: string): void {
  if (!dialects[dialect])
    throw new InvalidInputError(`There is no dialect "${dialect}".`, `Use one of ${Object.keys(dialects).join(', ')}.`);
  if (learned.length === 0 || learned.includes(dialect)) return;
  const titles = learned.map((name) => dialects[name]?.manifest.title ?? name);
  throw new InvalidInputError(
    `The model ${id} writes ${titles.join(', ')}, and the database's dialect is ${dialects[dialect].manifest.title}.`,
    `Use an expert of ${dialect} or a mixture that knows it, or say which dialect is meant with --dialect.`,
  );
}
