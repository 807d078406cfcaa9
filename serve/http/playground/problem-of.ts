import { DialecticError } from '../../../core/errors.js';
import type { Problem } from '../../../web/playground/api.js';
import { toApiError } from '../api-error.js';

/** How a failed request is answered: the status that the rest of the server gives, and for people what and remedy. */
export function problemOf(error: Error): { status: number; problem: Problem; retryAfterSeconds: number | null } {
  const { status, message, retryAfterSeconds } = toApiError(error);
  const told = { status, retryAfterSeconds };
  if (error instanceof DialecticError) return { ...told, problem: { what: error.what, remedy: error.remedy } };
  if (status >= 500 && status !== 503)
    return { ...told, problem: { what: 'The server failed.', remedy: 'Look at what `dialectic serve` printed.' } };
  // "It took too long. Ask again later." says both.
  const [what, ...rest] = message.split(/(?<=\.) /);
  return {
    ...told,
    problem: { what: what!, remedy: rest.join(' ') || 'Load the page again, and see docs/playground.md.' },
  };
}
