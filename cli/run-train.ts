import { resolve } from 'node:path';
import type { TrainerEvent } from '../adapters/trainer/events.js';
import { trainerSpec } from '../core/trainer-spec.js';
import { parse } from '../schema/parse.js';
import { trainRecipe } from '../schema/run-spec.js';
import { readRecipe } from './read-recipes.js';
import { withTrainer } from './with-trainer.js';

export interface TrainOptions {
  recipe: string;
  train: string;
  validation?: string;
  out: string;
  resume?: string;
}

export interface TrainDocument {
  /** Folder of the model in the Hugging Face layout. */
  model: string;
  parameters: number;
  steps: number;
  validationLoss: number | null;
  /** Share of validation rows that greedy decoding answers exactly. */
  exactMatch: number | null;
  tokensPerSecond: number;
  seconds: number;
}

/** A training alone, by the trainer as a child process. Paths in the recipe are relative to the recipe's own folder. */
export async function runTrain(options: TrainOptions, onProgress: (line: string) => void): Promise<TrainDocument> {
  const recipe = parse(trainRecipe, await readRecipe(options.recipe), 'recipe');
  const spec = trainerSpec(recipe, {
    train: resolve(options.train),
    ...(options.validation && { validation: resolve(options.validation) }),
    ...(recipe.base !== 'scratch' && { base: recipe.base }),
  });
  return withTrainer('train', async ({ trainer, work, signal }) => {
    const result = await trainer.run({
      ...{ command: 'train', spec, out: resolve(options.out), work, signal },
      ...(options.resume && { resume: resolve(options.resume) }),
      onEvent: (event) => {
        const line = describeEvent(event);
        if (line) onProgress(line);
      },
    });
    return result as unknown as TrainDocument;
  });
}

function describeEvent(event: TrainerEvent): string | null {
  switch (event.event) {
    case 'progress':
      return `step ${event.step} of ${String(event['steps'])}, loss ${String(event['loss'])}, ${String(event['tokensPerSecond'])} tokens a second`;
    case 'evaluation':
      return `step ${event.step}, validation loss ${String(event['loss'])}, exact ${(Number(event['exactMatch']) * 100).toFixed(1)} %`;
    case 'checkpoint':
      return `step ${event.step}, checkpoint ${event.path}`;
    default:
      return null;
  }
}
