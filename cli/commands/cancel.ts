import type { Command } from 'commander';
import { outputOf } from '../output.js';

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
        await handle.result().catch(() => undefined);
        return { run: handle.workflowId, status: (await handle.describe()).status.name.toLowerCase() };
      });
      output.result(document, `${document.run}: ${document.status}`);
    });
}
