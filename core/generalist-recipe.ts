import type { TrainRecipe } from './run-spec.js';

/**
 * A recipe by which one model learns from the rows of all dialects as long as the experts do together: as many times the steps.
 * Where the length is given in epochs it is as long already, for there are as many times the rows.
 */
export function generalistRecipe(expert: TrainRecipe, experts: number): TrainRecipe {
  const { steps, ...recipe } = expert.recipe;
  return typeof steps === 'number' ? { ...expert, recipe: { ...recipe, steps: steps * experts } } : expert;
}
