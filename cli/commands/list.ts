import type { Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('list')
    .description('runs and workflows, newest first')
    .option('--limit <count>', 'at most this many', '20')
    .action(async ({ limit }: { limit: string }, command: Command) => {
      const [{ withTemporal }, { listRuns }] = await Promise.all([
        import('../services.js'),
        import('../../adapters/temporal/runs.js'),
      ]);
      const runs = await withTemporal((client) => listRuns(client, Number(limit)));
      outputOf(command).result(runs, () =>
        formatTable(
          ['run', 'workflow', 'status', 'started', 'finished'],
          runs.map((run) => [run.run, run.workflow, run.status, run.startedAt, run.finishedAt ?? '']),
        ),
      );
    });
}
