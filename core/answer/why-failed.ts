import type { FailedExecution } from '../database.js';

/** What went wrong with a statement that was run, as people are told. What to do about it is for the caller, who knows whose statement it is. */
export function whyFailed({ kind, message }: FailedExecution, title: string, timeoutMs: number): string {
  const said = message.trim().replace(/\.$/, '');
  switch (kind) {
    case 'timeout':
      return `The statement ran longer than ${timeoutMs / 1000} s and was stopped.`;
    case 'crash':
      return `The database's engine gave no answer: ${said}.`;
    case 'refused':
      return `${title} refused the statement: ${said}.`;
    case 'not-executable':
      return `The engine here cannot run the statement: ${said}.`;
    case 'invalid':
      return `${title} does not accept the statement: ${said}.`;
    case 'runtime-error':
      return `The statement failed while it ran: ${said}.`;
  }
}

/** Why the guard let a statement not run. `whose` begins the sentence about one that is no query: `The model's answer`, `This`. */
export function whyNotRun(
  { reason, message }: { reason: 'parse-error' | 'not-read-only'; message: string },
  title: string,
  whose: string,
): string {
  return reason === 'not-read-only'
    ? `The statement was not run, because it would do more than read: ${message}.`
    : `${whose} is no query that Dialectic reads as ${title}: ${message}.`;
}
