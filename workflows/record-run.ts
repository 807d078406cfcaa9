import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { io } from './proxies.js';

/** Does a run's work and keeps in the index how it ended, also when it was cancelled or failed. */
export async function recordRun<T extends object>(run: string, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    await io.finishRun({ run, status: 'completed', result });
    return result;
  } catch (failure) {
    const status = isCancellation(failure) ? 'cancelled' : 'failed';
    await CancellationScope.nonCancellable(() => io.finishRun({ run, status, result: null }));
    throw failure;
  }
}
