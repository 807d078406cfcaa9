import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../cli/read-document.js';
import { isExperiment, withBase } from '../../cli/read-experiment.js';
import type { LifecycleResult, ModelRef } from '../../core/contract.js';
import { outcomeOf } from '../../core/experiment/answers.js';
import { breakDown, compareArms, type AnsweredCell } from '../../core/experiment/compare.js';
import { questionKinds, reservedShare } from '../../core/experiment/question-kinds.js';
import { armRuns, armSpec, overlaid, withSeed } from '../../core/experiment/spec.js';
import { generalistRecipe } from '../../core/generalist-recipe.js';
import { dialects } from '../../dialects/registry.js';
import { experimentSpecSchema } from '../../schema/experiment.js';
import { projectRoot } from '../../schema/home.js';
import { parse } from '../../schema/parse.js';
import { runSpecSchema } from '../../schema/run-spec.js';
import { model } from '../support/mocked-activities.js';

const databases = { known: ['sample:retail'] };
const written = {
  name: 'gates',
  experiment: {
    seeds: [1, 2],
    base: { dialects: ['sqlite', 'postgres'], databases, expert: { recipe: { steps: 10, seed: 5 } } },
    arms: { keyword: null, random: { merge: { settings: { gate: 'random' } } } },
  },
};
const read = (changes: object = {}) =>
  parse(experimentSpecSchema, { ...written, experiment: { ...written.experiment, ...changes } }, 'experiment');
const runSpec = (spec: unknown) => parse(runSpecSchema(Object.keys(dialects)), spec, 'run spec');

describe('an experiment', () => {
  it('is a run for every seed and arm, all arms of a seed after one another', () => {
    expect(armRuns(read()).map(({ name }) => name)).toEqual([
      ...['gates-keyword-1', 'gates-random-1', 'gates-keyword-2', 'gates-random-2'],
    ]);
  });

  it('lays what all arms and each arm change over the base, and keeps the rest', () => {
    const spec = read({ everyArm: { evaluate: { heldout: 7 }, merge: { keywords: 3 } } });
    const [, random] = armRuns(spec);
    expect(armSpec(spec, random!)).toEqual({
      ...{ name: 'gates-random-1', dialects: ['sqlite', 'postgres'], databases },
      ...{ expert: { recipe: { steps: 10, seed: 5 } }, evaluate: { heldout: 7 } },
      merge: { keywords: 3, settings: { gate: 'random' } },
    });
  });

  it('gives every training and the merge its seed, and with `everything` the data, too', () => {
    const spec = read();
    const arm = runSpec(armSpec(spec, armRuns(spec)[0]!));
    const all = withSeed(arm, 42, 'everything');
    expect([all.seed, all.base.recipe.seed, all.expert.recipe.seed, all.merge.settings.seed]).toEqual([42, 42, 42, 42]);
    expect(all.merge.tuning).toMatchObject({ recipe: { epochs: 1, seed: 42 } });
    expect(withSeed(arm, 42, 'training').seed).toBe(arm.seed);
    expect(withSeed({ ...arm, merge: { ...arm.merge, tuning: null } }, 42, 'training').merge.tuning).toBeNull();
  });

  it.each([
    ['one arm', { arms: { only: {} } }, /at least two arms/],
    ['a seed twice', { seeds: [1, 1] }, /a seed is given twice/],
    ['a base that nobody has read', { base: '../quickstart.yaml' }, /only `dialectic run` reads/],
    ['an arm with a name of its own kind', { arms: { A: {}, b: {} } }, /arms/],
    ['an unknown field', { repeat: 3 }, /experiment\.repeat, which does not exist/],
  ])('with %s is refused', (_what, changes, message) => {
    expect(() => read(changes)).toThrow(message);
  });

  it('reads its base and recipes from files, relative to the file that names them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dialectic-experiment-'));
    try {
      await writeFile(join(folder, 'run.yaml'), 'databases: { known: [sample:retail] }\nexpert: expert.yaml\n');
      await writeFile(join(folder, 'expert.yaml'), 'recipe: { steps: 3 }\n');
      await writeFile(join(folder, 'long.yaml'), 'recipe: { steps: 9 }\n');
      const file = join(folder, 'experiment.yaml');
      const human = '{ human: { test: { questions: dev.json, databases: dbs } } }';
      await writeFile(
        file,
        `experiment: { base: run.yaml, everyArm: ${human}, arms: { short: , long: { expert: long.yaml } } }`,
      );
      const document = await readDocument(file);
      expect(isExperiment(document)).toBe(true);
      const { experiment } = parse(experimentSpecSchema, await withBase(document as never, file), 'experiment');
      expect(experiment.base).toEqual({ databases: { known: ['sample:retail'] }, expert: { recipe: { steps: 3 } } });
      expect(experiment.arms.long).toEqual({ expert: { recipe: { steps: 9 } } });
      expect(experiment.everyArm).toEqual({
        human: { test: { questions: join(folder, 'dev.json'), databases: join(folder, 'dbs') } },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const folder = join(projectRoot(), 'examples', 'experiments');
  it.each(readdirSync(folder))('of the examples is right in every arm: %s', async (file) => {
    const document = (await readDocument(join(folder, file))) as Parameters<typeof withBase>[0];
    const spec = parse(experimentSpecSchema, await withBase(document, join(folder, file)), 'experiment');
    for (const run of armRuns(spec)) expect(runSpec(armSpec(spec, run)).name).toBe(run.name);
  });
});

describe('fields laid over fields', () => {
  const tree = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.constant(null), fc.array(fc.integer()), tie('fields')),
    fields: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
  })).fields;

  it('change nothing where there are none, and everything where they are the same', () => {
    fc.assert(
      fc.property(tree, (fields) => {
        expect(overlaid(fields, {})).toEqual(fields);
        expect(overlaid(fields, fields)).toEqual(fields);
      }),
    );
  });

  it('take the place of whatever is no object', () => {
    expect(overlaid({ a: { b: 1, c: [1, 2] }, d: 4 }, { a: { c: [3] }, d: null })).toEqual({
      a: { b: 1, c: [3] },
      d: null,
    });
  });
});

describe('what answers for a run', () => {
  const models: ModelRef[] = [
    ...[model('base', 'base'), model('one', 'expert', 'sqlite'), model('two', 'expert', 'postgres')],
    model('whole', 'mixture'),
  ];
  const asked = ['sqlite', 'postgres', 'duckdb'];
  const result = (of: ModelRef[]) =>
    ({
      ...{ run: 'r', stages: [], models: of },
      evaluations: of.flatMap(({ id }) => asked.map((dialect) => ({ model: id, dialect }))),
    }) as unknown as LifecycleResult;
  const answers = (merge: object, of: ModelRef[]) => {
    const { answers: given, experts } = outcomeOf({ arm: 'a', seed: 1 }, { merge } as never, result(of));
    return { given: given.map(({ model: id, dialect }) => `${id} ${dialect}`), experts };
  };

  it('is the model that the experts became, for every dialect', () => {
    expect(answers({ method: 'mixture' }, models)).toEqual({
      given: ['whole sqlite', 'whole postgres', 'whole duckdb'],
      experts: ['sqlite', 'postgres'],
    });
  });

  it('is each dialect’s own expert where there is no merge', () => {
    expect(answers({ method: 'none' }, models.slice(0, 3)).given).toEqual(['one sqlite', 'two postgres']);
  });

  it('is one expert for every dialect, tuned or not, and owes nothing to the others', () => {
    const single = { method: 'single', settings: { expert: 'sqlite' } };
    expect(answers({ ...single, tuning: null }, models.slice(0, 3)).given[2]).toBe('one duckdb');
    expect(answers({ ...single, tuning: {} }, models)).toMatchObject({ experts: ['sqlite'] });
    expect(answers({ ...single, tuning: {} }, models).given[2]).toBe('whole duckdb');
  });

  it('is a generalist that learns as long as the experts together', () => {
    const recipe = { recipe: { steps: 100, batchSize: 4 } } as never;
    expect(generalistRecipe(recipe, 3).recipe).toEqual({ steps: 300, batchSize: 4 });
    const epochs = { recipe: { epochs: 2 } } as never;
    expect(generalistRecipe(epochs, 3)).toBe(epochs);
  });
});

describe('arms', () => {
  const questions = (right: number, n = 100, from = 0) =>
    Array.from({ length: n }, (_, at) => ({
      ...{ id: `q${from + at}`, correct: at < right, kinds: { hardness: at % 2 === 0 ? 'easy' : 'extra' } },
    }));
  const cell = (arm: string, seed: number, right: number, more: Partial<AnsweredCell> = {}): AnsweredCell => ({
    ...{ arm, seed, dialect: 'sqlite', split: 'known-databases', questions: questions(right), ...more },
  });

  it('are better or worse where the interval of the difference says so, and open where it does not', () => {
    const cells = [1, 2, 3].flatMap((seed) => [
      ...[cell('first', seed, 50), cell('good', seed, 80), cell('bad', seed, 20), cell('alike', seed, 51)],
    ]);
    const { accuracy, comparisons } = compareArms(cells, ['first', 'good', 'bad', 'alike'], ['sqlite']);
    expect(accuracy.map(({ arm, mean }) => [arm, Math.round(mean * 100)])).toEqual([
      ...[['first', 50] as const, ['good', 80] as const, ['bad', 20] as const, ['alike', 51] as const],
    ]);
    expect(comparisons.map(({ arm, verdict }) => [arm, verdict])).toEqual([
      ...[['good', 'better'] as const, ['bad', 'worse'] as const, ['alike', 'no difference shown'] as const],
    ]);
    expect(comparisons[0]).toMatchObject({ against: 'first', onlyArm: 90, onlyAgainst: 0, n: 300 });
  });

  it('that were asked different questions are not compared', () => {
    const other = cell('other', 1, 40, { questions: questions(40, 100, 1000) });
    const { accuracy, comparisons } = compareArms([cell('first', 1, 50), other], ['first', 'other'], ['sqlite']);
    expect([accuracy.length, comparisons.length]).toEqual([2, 0]);
  });

  it('are compared over the seeds that both finished', () => {
    const cells = [cell('first', 1, 50), cell('first', 2, 50), cell('second', 2, 60)];
    const { comparisons } = compareArms(cells, ['first', 'second'], ['sqlite']);
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]!.bySeed).toHaveLength(1);
  });

  it('have a figure over all learned dialects, to which a dialect that nobody learned adds nothing', () => {
    const cells = ['sqlite', 'postgres', 'duckdb'].flatMap((dialect, at) => [
      ...[cell('first', 1, 30 * at, { dialect }), cell('second', 1, 30 * at, { dialect })],
    ]);
    const { accuracy } = compareArms(cells, ['first', 'second'], ['sqlite', 'postgres']);
    expect(accuracy.find(({ arm, dialect }) => arm === 'first' && dialect === 'all')!.mean).toBeCloseTo(0.15);
  });

  it('are broken down by what the gold statements are like, in the order of hardness', () => {
    const [hardness] = breakDown([cell('first', 1, 50), cell('second', 1, 0)], ['first', 'second']);
    expect(hardness).toMatchObject({ title: 'hardness', keys: ['easy', 'extra'] });
    expect(hardness!.arms[0]!.shares.easy).toEqual({ n: 50, ex: 0.5 });
  });
});

describe('the kind of a question', () => {
  const { manifest } = dialects.sqlite!;
  const sql = 'SELECT a.x FROM a JOIN b ON a.id = b.id WHERE a.y IN (SELECT y FROM c)';

  it('counts joins and queries inside one another', () => {
    expect(questionKinds({ sql, hardness: 'hard' }, manifest, null)).toEqual({
      ...{ hardness: 'hard', joins: '1 join', 'queries inside one another': '1 inside' },
    });
  });

  it('tells patterns that an arm did not learn, where one did not', () => {
    expect(questionKinds({ sql, hardness: 'hard' }, manifest, 1).pattern).toBe('kept from training');
    expect(questionKinds({ sql, hardness: 'hard' }, manifest, 0).pattern).toBe('learned');
    expect(reservedShare(read())).toBeNull();
    expect(reservedShare(read({ arms: { a: {}, b: { learn: { withoutSkeletons: 0.3 } } } }))).toBe(0.3);
  });
});
