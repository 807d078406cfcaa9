import { join } from 'node:path';
import type { RunSpec } from '../core/run-spec.js';
import type { LifecycleInput, LifecycleResult, Stage } from '../core/contract.js';
import { explainFailure } from '../adapters/temporal/failure.js';
import { startLifecycle, type RunSummary } from '../adapters/temporal/runs.js';
import { dialects } from '../dialects/registry.js';
import { loadConfig } from '../schema/config.js';
import { parse } from '../schema/parse.js';
import { runSpecSchema } from '../schema/run-spec.js';
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
  /** Templates and pairs a dialect, to see what a run would make; ends with the checks. */
  preview?: number;
  /** Ask for no approval. */
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
  const wanted = preview === undefined ? read : smaller(read, preview);
  const last = preview === undefined ? only : 'check';
  const input: LifecycleInput & { name: string } = {
    ...{ name: wanted.name, spec: { ...wanted, approve: wanted.approve && !yes }, fresh },
    ...(last && { only: last }),
  };
  return withTemporal(async (client) => {
    await warnOfIdlePools(client, output);
    const { handle, joined } = await startLifecycle(client, input);
    output.progress(`${handle.workflowId} ${joined ? 'goes on already; following it' : 'is started'}.`);
    if (!watch) return { run: handle.workflowId, status: 'running' };
    const result = await watchRun<LifecycleResult>(handle, output).catch((error: unknown) => {
      throw explainFailure(error, handle.workflowId);
    });
    const reports = join(loadConfig().home.state, 'reports');
    return withStore((_db, store) => runDocument(result, 'completed', store, reports));
  });
}

/** The same run with `count` new templates and pairs a dialect, under a name of its own. */
function smaller(spec: RunSpec, count: number): RunSpec {
  return {
    ...spec,
    name: `${spec.name}-preview`,
    expand: { ...spec.expand, target: count },
    populate: { ...spec.populate, seedPairs: count, pairs: count, unseenPairs: 0 },
  };
}
