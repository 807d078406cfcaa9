import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('resume')
    .description('go on with a paused run')
    .argument('<run>', 'its name or id')
    .action(async (run: string, _options, command: Command) => {
      const { tellRun } = await import('../tell-run.js');
      const status = await tellRun(run, 'resume');
      outputOf(command).result(status, `${status.run}: ${status.state}`);
    });
}
