import type { FastifyError } from 'fastify';
import {
  DialecticError,
  InvalidInputError,
  NotFoundError,
  RefusedError,
  UnreachableError,
} from '../../../core/errors.js';
import type { Problem } from '../../../web/playground/api.js';

/** How a failed request is answered: a status, and for people what and remedy. Of a fault of ours nothing inward is told. */
export function problemOf(error: FastifyError | Error): { status: number; problem: Problem } {
  if (error instanceof DialecticError) {
    const { what, remedy } = error;
    return { status: statusOf(error), problem: { what, remedy } };
  }
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 500)
    return { status, problem: { what: 'The server failed.', remedy: 'Look at what `dialectic serve` printed.' } };
  return { status, problem: { what: `The request was not taken: ${error.message}.`, remedy: 'Load the page again.' } };
}

function statusOf(error: DialecticError): number {
  if (error instanceof InvalidInputError) return 400;
  if (error instanceof RefusedError) return 403;
  if (error instanceof NotFoundError) return 404;
  return error instanceof UnreachableError ? 503 : 500;
}
