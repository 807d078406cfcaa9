import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('down')
    .description('stop the workers and the local stack; data stays')
    .action(async (_options, command: Command) => {
      const { stopWorkers } = await import('../../deploy/local/workers.js');
      const { stopStack } = await import('../../deploy/local/stack.js');
      const output = outputOf(command);
      const onProgress = (sentence: string) => output.progress(sentence);
      await stopWorkers({ onProgress });
      await stopStack({ onProgress });
      output.result({ stopped: true }, '');
    });
}
