import { DialecticError } from '../../core/errors.js';

/** The trainer stopped on SIGTERM; its last checkpoint is where the next attempt goes on. */
export class TrainerPreemptedError extends DialecticError {
  override readonly exitCode = 130;
  override readonly retryable = true;
}

/** The trainer ended in a way that it has no word for: a crash, or a signal from outside. Another attempt may succeed. */
export class TrainerFailedError extends DialecticError {
  override readonly retryable = true;
}

/** The recipe needs more memory than there is. */
export class OutOfMemoryError extends DialecticError {}
