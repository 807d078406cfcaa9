import type { Sampling } from '../../core/evaluate/evaluate-model.js';
import { createRandom } from '../../core/sampling/random.js';

/** Chooses a token by its logits; ids with a 1 in `banned` are out of the question. */
export type TokenChoice = (logits: Float32Array, banned: Uint8Array | null) => number;

/**
 * A seeded choice by temperature from the likeliest tokens that together have the probability `topP`: nucleus sampling
 * (Holtzman et al. 2020). Each text has a sequence of its own, so that what it draws does not depend on its neighbours in a batch.
 */
export function sampleTokens({ temperature, topP, seed }: Sampling, place: number): TokenChoice {
  const random = createRandom(`decode/${seed}/${place}`);
  return (logits, banned) => {
    let greatest = -Infinity;
    for (let id = 0; id < logits.length; id += 1) if (!banned?.[id] && logits[id]! > greatest) greatest = logits[id]!;
    const weightOf = (id: number): number => (banned?.[id] ? 0 : Math.exp((logits[id]! - greatest) / temperature));
    let total = 0;
    const likely: { id: number; weight: number }[] = [];
    for (let id = 0; id < logits.length; id += 1) {
      const weight = weightOf(id);
      total += weight;
      if (weight > likelyWeight) likely.push({ id, weight });
    }
    const wanted = topP * total;
    if (likely.reduce((sum, { weight }) => sum + weight, 0) < wanted)
      for (let id = 0; id < logits.length; id += 1) {
        const weight = weightOf(id);
        if (weight > 0 && weight <= likelyWeight) likely.push({ id, weight });
      }
    likely.sort((one, other) => other.weight - one.weight);
    let nucleus = 0;
    let kept = 0;
    while (kept < likely.length && nucleus < wanted) nucleus += likely[kept++]!.weight;
    let rest = random.next() * nucleus;
    for (const { id, weight } of likely.slice(0, kept)) {
      rest -= weight;
      if (rest < 0) return id;
    }
    return likely[kept - 1]!.id;
  };
}

/** Beside the likeliest token's 1. What is less likely is sorted only where the others do not fill the nucleus, which is seldom. */
const likelyWeight = 1e-3;
