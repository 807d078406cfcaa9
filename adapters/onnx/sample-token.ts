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
    const ids: number[] = [];
    let greatest = -Infinity;
    for (let id = 0; id < logits.length; id += 1) {
      if (banned?.[id]) continue;
      ids.push(id);
      if (logits[id]! > greatest) greatest = logits[id]!;
    }
    // What is less likely than the likeliest by e^-30 is never drawn; leaving it out keeps the sort short.
    const weights = ids
      .map((id) => ({ id, weight: Math.exp((logits[id]! - greatest) / temperature) }))
      .filter(({ weight }) => weight > 1e-13)
      .sort((a, b) => b.weight - a.weight);
    const total = weights.reduce((sum, { weight }) => sum + weight, 0);
    let nucleus = 0;
    let kept = 0;
    while (kept < weights.length && nucleus < topP * total) nucleus += weights[kept++]!.weight;
    let rest = random.next() * nucleus;
    for (const { id, weight } of weights.slice(0, kept)) {
      rest -= weight;
      if (rest < 0) return id;
    }
    return weights[kept - 1]!.id;
  };
}
