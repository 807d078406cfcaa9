import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('status')
    .description('what of the local stack runs, and where')
    .action(async (_options, command: Command) => {
      const { stackStatus } = await import('../../deploy/local/stack.js');
      const { workerStatus } = await import('../../deploy/local/workers.js');
      const { describeStack } = await import('../describe-stack.js');
      const status = { servers: await stackStatus(), workers: workerStatus() };
      outputOf(command).result(status, () => describeStack(status));
    });
}
