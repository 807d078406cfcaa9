import { createRandom } from '../sampling/random.js';
import { mean } from './bootstrap.js';
import { studentQuantile } from './student.js';

/** What one question gave under one seed: right 1, wrong 0; of two models compared, the first's less the second's. */
export interface SeedItem {
  id: string;
  value: number;
}

/** The mean of a figure over seeds, with what is known of its spread. */
export interface AcrossSeeds {
  /** Mean of the seeds' means: every seed counts alike. */
  mean: number;
  /** 95 % confidence interval. */
  interval: [number, number];
  /** Each seed's mean, in the order given. */
  bySeed: number[];
  /** Standard deviation between seeds beyond what different questions explain; null for a single seed, which tells nothing of it. */
  betweenSeeds: number | null;
  /** Questions of all seeds together. */
  n: number;
}

const resamples = 1_000;

/**
 * The mean over seeds with a 95 % interval that holds two kinds of chance:
 *
 * - **questions** w: the variance of the mean when each seed's questions are drawn anew with replacement (bootstrap, Efron 1979).
 *   Where all seeds asked the same questions, one draw serves all of them: then more seeds do not make up for few questions;
 * - **seeds** τ²: the variance of the seeds' means, less the part that their different questions explain (at least 0).
 *
 * The interval is mean ± t · √(w + τ²/k), with t from Student's distribution for the degrees of freedom by Satterthwaite (1946),
 * (w + τ²/k)² / ((τ²/k)² / (k − 1)), since τ² is estimated from k seeds alone. With one seed it is the questions' alone.
 */
export function acrossSeeds(seeds: readonly (readonly SeedItem[])[], seed: string | number = 0): AcrossSeeds {
  const bySeed = seeds.map((items) => mean(items.map(({ value }) => value)));
  const center = mean(bySeed);
  const n = seeds.reduce((sum, items) => sum + items.length, 0);
  const k = seeds.length;
  if (n === 0 || seeds.some((items) => items.length === 0))
    return { mean: center, interval: [-1, 1], bySeed, betweenSeeds: null, n };

  const shared = sameQuestions(seeds);
  const questions = varianceOf(resampledMeans(seeds, shared, seed));
  if (k === 1) return { mean: center, interval: around(center, questions, Infinity), bySeed, betweenSeeds: null, n };
  const explained = shared ? 0 : mean(seeds.map((items) => varianceOf(items.map(({ value }) => value)) / items.length));
  const between = Math.max(0, (varianceOf(bySeed) * k) / (k - 1) - explained);
  const total = questions + between / k;
  const freedom = between === 0 ? Infinity : total ** 2 / ((between / k) ** 2 / (k - 1));
  return { mean: center, interval: around(center, total, freedom), bySeed, betweenSeeds: Math.sqrt(between), n };
}

/** A first list less a second, question by question; null where they are not of the same questions. */
export function pairedItems(first: readonly SeedItem[], second: readonly SeedItem[]): SeedItem[] | null {
  const others = new Map(second.map(({ id, value }) => [id, value]));
  if (others.size !== first.length || first.some(({ id }) => !others.has(id))) return null;
  return first.map(({ id, value }) => ({ id, value: value - others.get(id)! }));
}

function around(center: number, variance: number, freedom: number): [number, number] {
  const half = studentQuantile(0.95, freedom) * Math.sqrt(variance);
  return [center - half, center + half];
}

function sameQuestions(seeds: readonly (readonly SeedItem[])[]): boolean {
  const [first, ...others] = seeds;
  return others.every((items) => items.length === first!.length && items.every(({ id }, at) => id === first![at]!.id));
}

/** Means over the seeds of means over questions drawn with replacement. */
function resampledMeans(seeds: readonly (readonly SeedItem[])[], shared: boolean, seed: string | number): number[] {
  const random = createRandom(`across-seeds/${seed}`);
  const k = seeds.length;
  return Array.from({ length: resamples }, () => {
    let sum = 0;
    if (shared) {
      const length = seeds[0]!.length;
      for (let draw = 0; draw < length; draw += 1) {
        const at = random.below(length);
        for (const items of seeds) sum += items[at]!.value / length;
      }
      return sum / k;
    }
    for (const items of seeds)
      for (let draw = 0; draw < items.length; draw += 1) sum += items[random.below(items.length)]!.value / items.length;
    return sum / k;
  });
}

/** Of the values as they are, not of a sample: divided by their number. */
function varianceOf(values: readonly number[]): number {
  const center = mean(values);
  return mean(values.map((value) => (value - center) ** 2));
}
