import { createRandom } from '../sampling/random.js';

export interface BootstrapOptions {
  seed?: string | number;
  resamples?: number;
  /** Share of the resampled means that the interval holds. */
  confidence?: number;
}

/** The mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means of samples drawn with replacement, each as large as the original, ascending. */
export function resampledMeans(values: readonly number[], seed: string | number, resamples: number): number[] {
  const random = createRandom(`bootstrap/${seed}`);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw += 1) sum += values[random.below(values.length)]!;
    return sum / values.length;
  });
  return means.sort((a, b) => a - b);
}

/** Percentiles of an ascending list that hold `confidence` between them. */
export function percentileInterval(sorted: readonly number[], confidence: number): [number, number] {
  const tail = (1 - confidence) / 2;
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))]!;
  return [at(tail), at(1 - tail)];
}

/**
 * The percentile bootstrap's confidence interval of a mean (Efron 1979), such as of accuracies 0 and 1. Seeded: the same values give
 * the same interval. Of nothing it says nothing: [0, 1].
 */
export function bootstrapInterval(
  values: readonly number[],
  { seed = 0, resamples = 1_000, confidence = 0.95 }: BootstrapOptions = {},
): [number, number] {
  if (values.length === 0) return [0, 1];
  return percentileInterval(resampledMeans(values, seed, resamples), confidence);
}
