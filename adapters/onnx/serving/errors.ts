import { DialecticError, InvalidInputError } from '../../../core/errors.js';

/** Too many ask at once; after `retryAfterSeconds` there is probably room. */
export class OverloadedError extends DialecticError {
  override readonly exitCode = 4;
  override readonly retryable = true;

  constructor(
    waiting: number,
    readonly retryAfterSeconds: number,
  ) {
    super(`${waiting} requests wait already.`, `Ask again in ${retryAfterSeconds} s.`);
  }
}

/** A prompt that leaves the model no place for an answer, or is empty. */
export class PromptLengthError extends InvalidInputError {
  constructor(
    readonly size: number,
    most: number,
    unit: 'tokens' | 'characters' = 'tokens',
  ) {
    super(
      size === 0 ? 'The prompt is empty.' : `The prompt has ${size} ${unit}; this model reads at most ${most} tokens.`,
      size === 0 ? 'Write a question.' : 'Make it shorter.',
    );
  }
}
