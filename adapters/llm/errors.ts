import { DialecticError } from '../../core/errors.js';

/** The endpoint said 429; `retryAfterMs` is what it asked for, or our own default. */
export class RateLimitedError extends DialecticError {
  override readonly retryable = true;
  constructor(
    readonly retryAfterMs: number,
    model: string,
  ) {
    super(
      `The endpoint of model ${model} is rate limited (429).`,
      `It is tried again in ${Math.ceil(retryAfterMs / 1000)} s; lower teacher.concurrency if this goes on.`,
    );
  }
}

/** The endpoint failed, hung up or took too long; a later try may succeed. */
export class TeacherUnavailableError extends DialecticError {
  override readonly retryable = true;
}

/** The endpoint refuses this request for good: wrong key, unknown model, bad request. */
export class TeacherRefusedError extends DialecticError {}

/** The reply is not the JSON that was asked for. Asking again may help a few times, so the caller counts. */
export class InvalidReplyError extends DialecticError {
  override readonly retryable = true;
}

/** The run's `maxBudget` would be passed by the next call; what is paid is kept and a larger budget resumes. */
export class BudgetExhaustedError extends DialecticError {
  override readonly exitCode = 4;

  constructor(problem: string) {
    super(problem, 'Raise it with `dialectic budget <run> <usd>`; everything paid so far is kept.');
  }
}
