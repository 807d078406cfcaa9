import { ApplicationFailure, CancelledFailure, TimeoutFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import { DialecticError } from '../../core/errors.js';

/** A run that failed, with the exit code that the failure's class has. */
export class RunFailedError extends DialecticError {
  override readonly exitCode: number;
  constructor(what: string, remedy: string, exitCode: number, options?: ErrorOptions) {
    super(what, remedy, options);
    this.exitCode = exitCode;
  }
}

/** The innermost cause of a run's failure, in words: what went wrong and what to do. */
export function explainFailure(error: unknown, run: string): unknown {
  if (!(error instanceof WorkflowFailedError)) return error;
  const causes = chain(error.cause);
  const failure = causes.find((cause) => cause instanceof ApplicationFailure);
  if (failure) {
    const [said] = (failure.details ?? []) as ({ what: string; remedy: string; exitCode: number } | undefined)[];
    if (said?.what) return new RunFailedError(said.what, said.remedy, said.exitCode, { cause: error });
    return new RunFailedError(
      `The run ${run} failed: ${failure.message}.`,
      "Read the workers' logs, and run it again: finished stages are reused.",
      1,
      { cause: error },
    );
  }
  if (causes.some((cause) => cause instanceof CancelledFailure))
    return new RunFailedError(`The run ${run} was cancelled.`, 'Run it again: it goes on from where it was.', 130);
  const late = causes.find((cause) => cause instanceof TimeoutFailure);
  return new RunFailedError(
    `The run ${run} ${late ? `ran out of time: ${late.message}` : `ended: ${error.message}`}.`,
    'See it in the Temporal UI, and run it again: finished stages are reused.',
    1,
    { cause: error },
  );
}

function chain(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause);
  return causes.reverse();
}
