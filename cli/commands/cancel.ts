import type { Command } from 'commander';
import { outputOf } from '../output.js';

/** Milliseconds after which whoever waits for a run's end is told what it waits for. */
const patienceMs = 10_000;

export function register(program: Command): void {
  program
    .command('cancel')
    .description('cancel a run; training leaves a checkpoint, and running it again goes on from there')
    .argument('<run>', 'its name or id')
    .action(async (run: string, _options, command: Command) => {
      const [{ withTemporal }, { findRun }] = await Promise.all([
        import('../services.js'),
        import('../../adapters/temporal/runs.js'),
      ]);
      const output = outputOf(command);
      const document = await withTemporal(async (client) => {
        const handle = await findRun(client, run);
        await handle.cancel();
        output.progress(`${handle.workflowId} is asked to end.`);
        const ended = handle.result().catch(() => undefined);
        const late = setTimeout(() => {
          output.warn(
            'It has not ended yet: training may be leaving a checkpoint, or no worker serves the pool control; see `dialectic status`.',
          );
        }, patienceMs);
        await ended.finally(() => clearTimeout(late));
        return { run: handle.workflowId, status: (await handle.describe()).status.name.toLowerCase() };
      });
      output.result(document, `${document.run}: ${document.status}`);
    });
}
