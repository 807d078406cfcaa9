import { dirname, isAbsolute, resolve } from 'node:path';
import { isFields } from '../core/fields.js';
import { readDocument } from './read-document.js';

/** The trainings of a run spec. */
const places: readonly (readonly string[])[] = [['base'], ['expert'], ['merge', 'tuning']];

/** Files and folders that a run spec names for the workers to read. */
const paths: readonly (readonly string[])[] = ['train', 'test'].flatMap((set) => [
  ['human', set, 'questions'],
  ['human', set, 'databases'],
]);

/**
 * A run spec with its recipe files read: where a training is the path of a file, it becomes what the file says; the paths of people's
 * questions become absolute. Paths are relative to the file that they stand in. Whatever has another shape is left for the schema to complain of.
 */
export async function withRecipes(spec: unknown, specFile: string): Promise<unknown> {
  const folder = dirname(resolve(specFile));
  let result = spec;
  for (const place of places) result = await replaced(result, place, (value) => readTraining(value, folder));
  for (const place of paths)
    result = await replaced(result, place, async (path) => (typeof path === 'string' ? resolve(folder, path) : path));
  return result;
}

/** A recipe file, with the path of its base made absolute. */
export async function readRecipe(file: string): Promise<unknown> {
  return withAbsoluteBase(await readDocument(file), dirname(resolve(file)));
}

async function readTraining(value: unknown, folder: string): Promise<unknown> {
  return typeof value === 'string' ? readRecipe(resolve(folder, value)) : withAbsoluteBase(value, folder);
}

function withAbsoluteBase(recipe: unknown, folder: string): unknown {
  if (!isFields(recipe)) return recipe;
  const { base } = recipe;
  if (typeof base !== 'string' || base === 'scratch' || isAbsolute(base)) return recipe;
  return { ...recipe, base: resolve(folder, base) };
}

async function replaced(
  value: unknown,
  [first, ...rest]: readonly string[],
  change: (value: unknown) => Promise<unknown>,
): Promise<unknown> {
  if (first === undefined) return change(value);
  if (!isFields(value) || !(first in value)) return value;
  return { ...value, [first]: await replaced(value[first], rest, change) };
}
