import { InvalidInputError } from '../core/errors.js';
import { poolsUntil, type ExperimentResult } from '../core/contract.js';
import { explainFailure } from '../adapters/temporal/failure.js';
import { startWorkflow, type RunSummary } from '../adapters/temporal/runs.js';
import { experimentSpecSchema } from '../schema/experiment.js';
import { parse } from '../schema/parse.js';
import { experimentDocument, type ExperimentDocument } from './experiment-document.js';
import { warnOfIdlePools } from './idle-pools.js';
import type { Output } from './output.js';
import { withStore, withTemporal } from './services.js';
import type { RunOptions } from './start-run.js';
import { watchRun } from './watch-run.js';

/**
 * Starts an experiment and, where wanted, follows it to its end.
 * @returns the experiment's final document, or its id alone when it is left to itself
 */
export async function startExperiment(
  written: unknown,
  { watch, fresh, only, preview }: RunOptions,
  output: Output,
): Promise<ExperimentDocument | Pick<RunSummary, 'run' | 'status'>> {
  const refused = only ? '--only' : preview !== undefined ? '--preview' : null;
  if (refused)
    throw new InvalidInputError(
      `An experiment takes no ${refused}: it ends with the comparison of its arms.`,
      `Leave ${refused} out, or give it with the run spec that is the experiment's base.`,
    );
  const spec = parse(experimentSpecSchema, written, 'experiment');
  const { arms, seeds } = spec.experiment;
  return withTemporal(async (client) => {
    await warnOfIdlePools(client, output, poolsUntil('evaluate'));
    const { handle, joined } = await startWorkflow(
      ...([client, 'experiment', spec.name, { spec, fresh }, `Experiment ${spec.name}`] as const),
    );
    const runs = Object.keys(arms).length * seeds.length;
    output.progress(
      `${handle.workflowId} ${joined ? 'goes on already; following it' : `is started: ${runs} runs of the lifecycle`}.`,
    );
    if (!watch) return { run: handle.workflowId, status: 'running' };
    const result = await watchRun<ExperimentResult>(handle, output).catch((error: unknown) => {
      throw explainFailure(error, handle.workflowId);
    });
    return withStore((_db, store) => experimentDocument(result, store));
  });
}
