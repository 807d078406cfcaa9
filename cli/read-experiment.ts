import { dirname, resolve } from 'node:path';
import { isFields, type Fields } from '../core/fields.js';
import { readDocument } from './read-document.js';
import { withRecipes } from './read-recipes.js';

/** Whether a spec is an experiment's, and not a run's. */
export const isExperiment = (spec: unknown): spec is Fields & { experiment: unknown } =>
  isFields(spec) && 'experiment' in spec;

/**
 * An experiment with the files read that it names: its base where that is the path of a run spec, and the recipes of base and arms.
 * Paths are relative to the file that they stand in. Whatever has another shape is left for the schema to complain of.
 */
export async function withBase(spec: Fields & { experiment: unknown }, specFile: string): Promise<unknown> {
  const { experiment } = spec;
  if (!isFields(experiment)) return spec;
  const { base, everyArm, arms } = experiment;
  const baseFile = typeof base === 'string' ? resolve(dirname(resolve(specFile)), base) : specFile;
  const written = typeof base === 'string' ? await readDocument(baseFile) : base;
  return {
    ...spec,
    experiment: {
      ...experiment,
      base: await withRecipes(written, baseFile),
      ...(isFields(everyArm) && { everyArm: await withRecipes(everyArm, specFile) }),
      ...(isFields(arms) && { arms: await readArms(arms, specFile) }),
    },
  };
}

async function readArms(arms: Fields, specFile: string): Promise<Fields> {
  const read = Object.entries(arms).map(async ([arm, changes]) => [arm, await withRecipes(changes, specFile)] as const);
  return Object.fromEntries(await Promise.all(read));
}
