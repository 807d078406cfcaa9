import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('approve')
    .description('let a run that waits for approval begin training')
    .argument('<run>', 'its name or id')
    .action(async (run: string, _options, command: Command) => {
      const { tellRun } = await import('../tell-run.js');
      const status = await tellRun(run, 'approve');
      outputOf(command).result(status, `${status.run}: ${status.state}`);
    });
}
