import type { Command } from 'commander';
import { outputOf } from '../output.js';
import type { TrainOptions } from '../run-train.js';

export function register(program: Command): void {
  program
    .command('train')
    .description('train a model on this machine by a recipe; needs no servers')
    .requiredOption('--recipe <file>', 'base, architecture and recipe, YAML or JSON (examples/recipes)')
    .requiredOption('--train <file>', 'JSON lines of prompt and completion')
    .option('--validation <file>', 'the same, for rows that are only evaluated on')
    .requiredOption('--out <folder>', 'where checkpoints and the model are written')
    .option('--resume <folder>', 'go on from the last checkpoint in it')
    .action(async (options: TrainOptions, command: Command) => {
      const { runTrain } = await import('../run-train.js');
      const output = outputOf(command);
      const document = await runTrain(options, (line) => output.progress(line));
      output.result(
        document,
        () =>
          `${document.model}: ${document.parameters.toLocaleString('en')} parameters after ${document.steps} steps, ` +
          `${document.tokensPerSecond} tokens a second, ${document.seconds} s.`,
      );
    });
}
