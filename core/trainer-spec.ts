import type { TrainRecipe } from './run-spec.js';
import { specialTokens } from './prompt/special-tokens.js';

/** Files of one training, as absolute paths. */
export interface TrainingFiles {
  /** JSON lines of prompt and completion. */
  train: string;
  validation?: string;
  /** Rows that the tokenizer of a model from scratch is trained on, where they are more than those that are learned. */
  vocabulary?: string;
  /** What is gone on from; absent: random weights. */
  base?: string;
}

/** What the trainer's `train` command reads: what is learned, from what, and how. */
export function trainerSpec(
  { recipe, architecture, routerLossWeight }: TrainRecipe,
  { train, validation, vocabulary, base }: TrainingFiles,
  experts: string[] = [],
): Record<string, unknown> {
  return {
    recipe,
    ...{ train, specialTokens },
    ...(validation && { validation }),
    ...(base && { base }),
    ...(!base && architecture && { architecture }),
    ...(!base && vocabulary && { vocabulary }),
    ...(routerLossWeight > 0 && experts.length > 0 && { routerLossWeight, experts }),
  };
}
