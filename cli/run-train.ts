import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTrainer } from '../adapters/trainer/process.js';
import type { TrainerEvent } from '../adapters/trainer/events.js';
import { trainerSpec } from '../core/trainer-spec.js';
import { locateHome } from '../schema/home.js';
import { parse } from '../schema/parse.js';
import { trainRecipe } from '../schema/run-spec.js';
import { readRecipe } from './read-recipes.js';

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
  const home = locateHome();
  const trainer = createTrainer({ python: home.python, root: home.root });
  const work = await mkdtemp(join(tmpdir(), 'dialectic-train-'));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const result = await trainer.run({
      ...{ command: 'train', spec, out: resolve(options.out), work, signal: stop.signal },
      ...(options.resume && { resume: resolve(options.resume) }),
      onEvent: (event) => {
        const line = describeEvent(event);
        if (line) onProgress(line);
      },
    });
    return result as unknown as TrainDocument;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await rm(work, { recursive: true, force: true });
  }
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
