import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { RunStatus } from '../core/contract.js';
import { InvalidInputError, RefusedError } from '../core/errors.js';
import { findRun } from '../adapters/temporal/runs.js';
import { withTemporal } from './services.js';

/** Sends a run an update and returns its status after it. @throws RefusedError with the run's reason */
export async function tellRun(run: string, update: string, ...args: [unknown?]): Promise<RunStatus> {
  return withTemporal(async (client) => {
    const handle = await findRun(client, run);
    try {
      return await (args.length > 0
        ? handle.executeUpdate<RunStatus, [unknown]>(update, { args: [args[0]] })
        : handle.executeUpdate<RunStatus, []>(update));
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      const cause = error.cause instanceof ApplicationFailure ? error.cause : null;
      const refusal = cause?.type === 'InvalidInputError' ? InvalidInputError : RefusedError;
      throw new refusal(
        `The run refused ${update}: ${cause?.message ?? error.message}`,
        `\`dialectic watch ${run}\` shows what it does.`,
        { cause: error },
      );
    }
  });
}
