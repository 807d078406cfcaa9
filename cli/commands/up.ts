import type { Command } from 'commander';
import { outputOf } from '../output.js';

interface UpOptions {
  pools?: string;
  workers: boolean;
  attach?: boolean;
}

export function register(program: Command): void {
  program
    .command('up')
    .description('start the local stack and the workers')
    .option('--pools <list>', 'only these worker pools, for example control,io,sql')
    .option('--no-workers', 'servers only')
    .option('--attach', 'stay in the foreground, show the logs, and stop everything on Ctrl-C')
    .action(async (options: UpOptions, command: Command) => {
      const { bringUp } = await import('../bring-up.js');
      await bringUp(options, outputOf(command));
    });
}
