import { dirname, isAbsolute, resolve } from 'node:path';
import { isFields } from '../core/fields.js';
import { sourceSetNames } from '../schema/source.js';
import { readDocument } from './read-document.js';
import { replaceAt } from './replace-at.js';

/** The trainings of a run spec. */
const places: readonly (readonly string[])[] = [['base'], ['expert'], ['merge', 'tuning']];

/** Where a run spec names files and folders for the workers to read; `*` is every item or field. */
const paths: readonly (readonly string[])[] = [
  ['pairs', '*'],
  ['databases', '*', '*'],
  ['databases', '*', '*', 'url'],
  ['guides', 'sources', '*', '*', 'url'],
  ['human', '*', 'questions'],
  ['human', '*', 'databases'],
];
/** What stands in such a place and is no path: an address, or the name of guides that are known. */
const noPath = /^(?!(?:sqlite|duckdb|file):)[a-z][a-z0-9+.-]+:/i;
const guideNames = new Set(['built-in', ...sourceSetNames]);

/**
 * A run spec with its recipe files read: where a training is the path of a file, it becomes what the file says; the paths of
 * databases, guides, given pairs and people's questions become absolute. Paths are relative to the file that they stand in. Whatever has another shape is left for the schema to complain of.
 */
export async function withRecipes(spec: unknown, specFile: string): Promise<unknown> {
  const folder = dirname(resolve(specFile));
  let result = spec;
  for (const place of places) result = await replaceAt(result, place, (value) => readTraining(value, folder));
  for (const place of paths) result = await replaceAt(result, place, async (named) => absolutePath(named, folder));
  return result;
}

function absolutePath(named: unknown, folder: string): unknown {
  if (typeof named !== 'string' || noPath.test(named) || guideNames.has(named)) return named;
  const [, scheme = '', path = ''] = /^([a-z]+:(?:\/\/)?)?(.*)$/i.exec(named)!;
  return `${scheme}${resolve(folder, path)}`;
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
