import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('watch')
    .description('follow a run to its end, and print its result')
    .argument('<run>', 'its name or id')
    .action(async (run: string, _options, command: Command) => {
      const [{ withTemporal, withStore }, { findRun }, { watchRun }, { explainFailure }, { warnOfIdlePools }] =
        await Promise.all([
          import('../services.js'),
          import('../../adapters/temporal/runs.js'),
          import('../watch-run.js'),
          import('../../adapters/temporal/failure.js'),
          import('../idle-pools.js'),
        ]);
      const output = outputOf(command);
      const result = await withTemporal(async (client) => {
        const handle = await findRun(client, run);
        const { status } = await handle.describe();
        if (status.name === 'RUNNING') await warnOfIdlePools(client, output, ['control']);
        return watchRun<object>(handle, output).catch((error: unknown) => {
          throw explainFailure(error, run);
        });
      });
      if ('arms' in result) {
        const { experimentDocument, describeExperiment } = await import('../experiment-document.js');
        const document = await withStore((_db, store) => experimentDocument(result as never, store));
        return output.result(document, () => describeExperiment(document));
      }
      if (!('evaluations' in result && 'stages' in result))
        return output.result(result, JSON.stringify(result, null, 2));
      const { runDocument, describeRun } = await import('../run-document.js');
      const document = await withStore((_db, store) => runDocument(result as never, 'completed', store));
      output.result(document, () => describeRun(document));
    });
}
