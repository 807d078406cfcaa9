import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('pause')
    .description('start no new work of a run; what runs ends')
    .argument('<run>', 'its name or id')
    .action(async (run: string, _options, command: Command) => {
      const { tellRun } = await import('../tell-run.js');
      const status = await tellRun(run, 'pause');
      outputOf(command).result(status, `${status.run}: ${status.state}`);
    });
}
