import { InvalidInputError } from '../../core/errors.js';
import { openServingModel, type ServingOptions } from '../../adapters/onnx/serving/serving-model.js';
import { locateModel, type OpenServedModelOptions } from '../answer/served-model.js';
import type { HostedModel } from '../http/dependencies.js';

export interface HostModelsOptions
  extends Omit<ServingOptions, 'onDeath'>, Pick<OpenServedModelOptions, 'cache' | 'withStore'> {
  /** A model's process ended by itself; another is started. */
  onDeath: (model: string, why: string) => void;
}

/** Opens models by id or exported folder, each in a process of its own, in the order given. */
export async function hostModels(
  names: readonly string[],
  { cache, withStore, onDeath, ...options }: HostModelsOptions,
): Promise<Map<string, HostedModel>> {
  const models = new Map<string, HostedModel>();
  try {
    for (const name of names) {
      const { folder, description } = await locateModel(name, { cache, withStore });
      const { id } = description;
      if (models.has(id)) {
        throw new InvalidInputError(`Two models are called ${id}.`, 'Name each once; a folder is called by its name.');
      }
      const predictor = await openServingModel(folder, { ...options, onDeath: (why) => onDeath(id, why) });
      models.set(id, { ...description, predictor, close: () => predictor.close() });
    }
    return models;
  } catch (error) {
    await closeModels(models);
    throw error;
  }
}

export async function closeModels(models: ReadonlyMap<string, HostedModel>): Promise<void> {
  await Promise.all([...models.values()].map((model) => model.close()));
}
