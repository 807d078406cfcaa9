import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('quickstart')
    .description('start the local stack, run the whole lifecycle at small scale, end with a report')
    .option('--fresh', 'reuse no finished stage')
    .action(async (options: { fresh?: boolean }, command: Command) => {
      const { quickstart } = await import('../quickstart.js');
      await quickstart({ fresh: options.fresh ?? false }, outputOf(command));
    });
}
