/** An experiment with every default filled in: one run spec, changed in one way an arm, repeated by seed. `schema/experiment.ts` reads it. */
import { isFields, type Fields } from '../fields.js';
import type { RunSpec } from '../run-spec.js';

export interface ExperimentSpec {
  name: string;
  experiment: {
    /** What it asks, in a sentence; null: nobody wrote it down. */
    question: string | null;
    seeds: number[];
    /** What a seed decides: `everything` drawn at random, or of `training` the weights, the order of rows and what a merge draws alone. */
    vary: 'everything' | 'training';
    /** Runs under way at a time. */
    parallel: number;
    /** The run spec that every arm starts from, as it was written. */
    base: Fields;
    /** What all arms change in it, for a base that is a file of its own. */
    everyArm: Fields;
    /** What each arm changes in it, as it was written. Every other arm is compared with the first. */
    arms: Record<string, Fields>;
  };
}

/** One run of an experiment. */
export interface ArmRun {
  arm: string;
  seed: number;
  /** Of the run: `<experiment>-<arm>-<seed>`. */
  name: string;
}

/** Every run of an experiment, all arms of one seed after the other, so that there is soon something to compare. */
export function armRuns({ name, experiment }: ExperimentSpec): ArmRun[] {
  return experiment.seeds.flatMap((seed) =>
    Object.keys(experiment.arms).map((arm) => ({ arm, seed, name: `${name}-${arm}-${seed}` })),
  );
}

/** The run spec of an arm, as a person would have written it: the base, over it the fields of every arm, over them the arm's own. */
export function armSpec({ experiment }: ExperimentSpec, { arm, name }: ArmRun): Fields {
  const common = overlaid(experiment.base, experiment.everyArm);
  return { ...(overlaid(common, experiment.arms[arm]!) as Fields), name };
}

/**
 * `over` laid over `base`: objects field by field at every depth; a list, a text, a number or null takes the place of what was there.
 */
export function overlaid(base: unknown, over: unknown): unknown {
  if (!isFields(base) || !isFields(over)) return over;
  const changed = Object.entries(over).map(([name, value]) => [name, overlaid(base[name], value)] as const);
  return { ...base, ...Object.fromEntries(changed) };
}

/**
 * A run spec whose random choices are a seed's. What it wrote itself as a seed of a training or a merge gives way: an experiment that
 * repeated one seed would find no variation.
 */
export function withSeed(spec: RunSpec, seed: number, vary: ExperimentSpec['experiment']['vary']): RunSpec {
  const seeded = <T extends { recipe: Record<string, unknown> }>(training: T): T => ({
    ...training,
    recipe: { ...training.recipe, seed },
  });
  const { merge } = spec;
  return {
    ...spec,
    ...(vary === 'everything' && { seed }),
    base: seeded(spec.base),
    expert: seeded(spec.expert),
    merge: {
      ...merge,
      settings: { ...merge.settings, seed },
      tuning: merge.tuning && seeded(merge.tuning),
    },
  };
}
