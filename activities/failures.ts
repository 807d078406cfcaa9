import { ApplicationFailure } from '@temporalio/common';
import { DialecticError, DiskFullError } from '../core/errors.js';

/**
 * An error as Temporal shows it: the class's name as the failure's type, what and remedy as its message, and no retry
 * where trying again cannot mend it. Whatever is no error of ours passes unchanged and is tried again.
 */
export function toFailure(error: unknown): unknown {
  const known = (error as NodeJS.ErrnoException | null)?.code === 'ENOSPC' ? diskFull(error) : error;
  if (!(known instanceof DialecticError)) return error;
  const retryAfterMs = 'retryAfterMs' in known ? Number(known.retryAfterMs) : undefined;
  return ApplicationFailure.create({
    message: known.message,
    type: known.name,
    nonRetryable: !known.retryable,
    details: [{ what: known.what, remedy: known.remedy, exitCode: known.exitCode }],
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
    cause: known,
  });
}

function diskFull(cause: unknown): DiskFullError {
  return new DiskFullError(
    'There is no space left on the disk.',
    'Free some space and run again; finished stages are reused.',
    {
      cause,
    },
  );
}
