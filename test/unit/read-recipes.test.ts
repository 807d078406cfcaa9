import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRecipe, withRecipes } from '../../cli/read-recipes.js';
import { trainerSpec } from '../../core/trainer-spec.js';
import { dialects } from '../../dialects/registry.js';
import { projectRoot } from '../../schema/home.js';
import { parse } from '../../schema/parse.js';
import { runSpecSchema, trainRecipe } from '../../schema/run-spec.js';

const root = projectRoot();
const recipes = join(root, 'examples', 'recipes');

it('reads every example as a recipe, with its base beside it', async () => {
  // The encoder-decoder is trained from files alone; the trainer's tests read its recipes.
  const inRuns = (await readdir(recipes)).filter((file) => !file.startsWith('seq2seq'));
  for (const file of inRuns) {
    const { base, recipe } = parse(trainRecipe, await readRecipe(join(recipes, file)), file);
    expect(base === 'scratch' || base.startsWith(join(root, 'models'))).toBe(true);
    expect(Object.keys(recipe).length).toBeGreaterThan(4);
  }
});

it('puts recipe files where a run spec names them', async () => {
  const spec = {
    databases: { known: ['sample:retail'] },
    base: 'recipes/tiny-scratch.yaml',
    expert: { base: '../models/own', recipe: { steps: 3 } },
    merge: { tuning: 'recipes/smollm2-135m-lora.yaml' },
  };
  const read = parse(
    runSpecSchema(Object.keys(dialects)),
    await withRecipes(spec, join(root, 'examples', 'spec.yaml')),
    'run spec',
  );
  expect(read.base.architecture).toMatchObject({ layers: 4, hidden: 256 });
  expect(read.expert.base).toBe(join(root, 'models', 'own'));
  expect(read.merge.tuning).toMatchObject({ base: join(root, 'models', 'smollm2-135m.gguf'), promptForm: 'plain' });
});

it('leaves a spec alone that names no recipe file, and what is no spec', async () => {
  const spec = { databases: { known: ['sample:retail'] }, merge: { tuning: null } };
  expect(await withRecipes(spec, 'spec.yaml')).toEqual(spec);
  expect(await withRecipes(['no spec'], 'spec.yaml')).toEqual(['no spec']);
});

it('takes paths from where the spec stands, and leaves addresses and names alone', async () => {
  const spec = {
    databases: {
      known: ['shop.sqlite', 'sample:retail', { url: '../data/bank', name: 'bank' }, 'sqlite:shop.sqlite'],
      unseen: ['postgres://me@host/shop', '/data/shop.duckdb', 'bigquery://project/dataset'],
    },
    guides: {
      sources: { sqlite: [{ url: './our-guides', licence: 'ours' }, { url: 'built-in' }, { url: 'official' }] },
    },
    pairs: ['pairs.jsonl', '/data/more.jsonl'],
    human: { test: { questions: '../dev.json', databases: 'databases' } },
  };
  expect(await withRecipes(spec, '/specs/own/spec.yaml')).toEqual({
    databases: {
      known: [
        ...['/specs/own/shop.sqlite', 'sample:retail', { url: '/specs/data/bank', name: 'bank' }],
        'sqlite:/specs/own/shop.sqlite',
      ],
      unseen: ['postgres://me@host/shop', '/data/shop.duckdb', 'bigquery://project/dataset'],
    },
    guides: {
      sources: {
        sqlite: [{ url: '/specs/own/our-guides', licence: 'ours' }, { url: 'built-in' }, { url: 'official' }],
      },
    },
    pairs: ['/specs/own/pairs.jsonl', '/data/more.jsonl'],
    human: { test: { questions: '/specs/dev.json', databases: '/specs/own/databases' } },
  });
});

it('says which file of a recipe is missing', async () => {
  await expect(withRecipes({ expert: 'nowhere.yaml' }, '/tmp/spec.yaml')).rejects.toThrow('/tmp/nowhere.yaml');
});

it('gives the trainer an architecture from scratch alone, and experts to a router loss', () => {
  const recipe = parse(trainRecipe, { architecture: { layers: 2 }, routerLossWeight: 0.5 }, 'recipe');
  expect(trainerSpec(recipe, { train: 't' })).toMatchObject({ architecture: { layers: 2 } });
  const tuning = trainerSpec(recipe, { train: 't', base: 'b' }, ['sqlite', 'postgres']);
  expect(tuning).toMatchObject({ base: 'b', routerLossWeight: 0.5, experts: ['sqlite', 'postgres'] });
  expect(tuning).not.toHaveProperty('architecture');
});
