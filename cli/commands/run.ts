import { Option, type Command } from 'commander';
import { stages, type Stage } from '../../core/contract.js';
import { outputOf } from '../output.js';

interface Options {
  watch?: boolean;
  detach?: boolean;
  fresh?: boolean;
  only?: Stage;
  preview?: string;
  yes?: boolean;
}

export function register(program: Command): void {
  program
    .command('run')
    .description('run the lifecycle that a run spec (YAML or JSON) describes, or an experiment of several')
    .argument('<spec>', 'a file as in examples/')
    .option('--watch', 'follow it to its end (the default on a terminal and with --json)')
    .option('--detach', 'start it and return')
    .option('--fresh', 'reuse no finished stage')
    .addOption(new Option('--only <stage>', 'end after this stage').choices(stages))
    .option('--preview <count>', 'first show this many items a dialect and the estimated cost of it all, then ask')
    .option('--yes', 'ask nothing: start after a preview, train without approval')
    .action(async (spec: string, options: Options, command: Command) => {
      const [{ readDocument }, { isExperiment, withBase }, { withRecipes }, { startRun }, { describeRun }] =
        await Promise.all([
          import('../read-document.js'),
          import('../read-experiment.js'),
          import('../read-recipes.js'),
          import('../start-run.js'),
          import('../run-document.js'),
        ]);
      const output = outputOf(command);
      const preview = options.preview === undefined ? undefined : Number(options.preview);
      const { InvalidInputError } = await import('../../core/errors.js');
      if (preview !== undefined && !(Number.isInteger(preview) && preview > 0))
        throw new InvalidInputError(`--preview ${options.preview} is no count.`, 'Give a whole number from 1 on.');
      const settings = {
        watch: options.watch ?? (!options.detach && (output.json || process.stdout.isTTY === true)),
        ...{ fresh: options.fresh ?? false, yes: options.yes ?? false },
        ...(options.only && { only: options.only }),
        ...(preview !== undefined && { preview }),
      };
      const written = await readDocument(spec);
      if (isExperiment(written)) {
        const [{ startExperiment }, { describeExperiment }] = await Promise.all([
          import('../start-experiment.js'),
          import('../experiment-document.js'),
        ]);
        const document = await startExperiment(await withBase(written, spec), settings, output);
        output.result(document, () => ('arms' in document ? describeExperiment(document) : document.run));
        return;
      }
      const document = await startRun(await withRecipes(written, spec), settings, output);
      output.result(document, () => ('stages' in document ? describeRun(document) : document.run));
    });
}
