import type { RunSpec } from '../core/run-spec.js';
import { poolsUntil, type LifecycleInput, type LifecycleResult, type Stage } from '../core/contract.js';
import { RefusedError } from '../core/errors.js';
import { explainFailure } from '../adapters/temporal/failure.js';
import { startLifecycle, type RunSummary } from '../adapters/temporal/runs.js';
import { dialects } from '../dialects/registry.js';
import { parse } from '../schema/parse.js';
import { runSpecSchema } from '../schema/run-spec.js';
import { confirm } from './confirm.js';
import type { Output } from './output.js';
import { runDocument, type RunDocument } from './run-document.js';
import { withStore, withTemporal } from './services.js';
import { warnOfIdlePools } from './idle-pools.js';
import { watchRun } from './watch-run.js';

export interface RunOptions {
  /** Follow the run to its end. */
  watch: boolean;
  fresh: boolean;
  only?: Stage;
  /** Items a dialect to show first, with the estimated cost; the run starts when a person says yes. */
  preview?: number;
  /** Start after a preview, and train, without asking. */
  yes: boolean;
}

/**
 * Starts a lifecycle from a run spec and, where wanted, follows it to its end.
 * @returns the run's final document, or its id alone when it is left to itself
 */
export async function startRun(
  spec: unknown,
  { watch, fresh, only, preview, yes }: RunOptions,
  output: Output,
): Promise<RunDocument | Pick<RunSummary, 'run' | 'status'>> {
  const read = parse(runSpecSchema(Object.keys(dialects)), spec, 'run spec');
  if (preview !== undefined) await showPreview(read, preview, yes, output);
  const input: LifecycleInput & { name: string } = {
    ...{ name: read.name, spec: { ...read, approve: read.approve && !yes }, fresh },
    ...(only && { only }),
  };
  return withTemporal(async (client) => {
    await warnOfIdlePools(client, output, poolsUntil(only ?? 'evaluate'));
    const { handle, joined } = await startLifecycle(client, input);
    output.progress(`${handle.workflowId} ${joined ? 'goes on already; following it' : 'is started'}.`);
    if (!watch) return { run: handle.workflowId, status: 'running' };
    const result = await watchRun<LifecycleResult>(handle, output).catch((error: unknown) => {
      throw explainFailure(error, handle.workflowId);
    });
    return withStore((_db, store) => runDocument(result, 'completed', store));
  });
}

/** Shows what the run would ask and cost before anything is spent. @throws RefusedError unless somebody says yes */
async function showPreview(spec: RunSpec, count: number, yes: boolean, output: Output): Promise<void> {
  const { previewRun, describePreview } = await import('./preview.js');
  const preview = await previewRun(spec, count);
  output.line({ preview }, () => describePreview(preview));
  if (await confirm('Start the run?', { yes, output })) return;
  throw new RefusedError('The run was not started.', 'Say yes, or run it with --yes.');
}
