import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  const seq2seq = program
    .command('seq2seq')
    .description("rows for the trainer's encoder–decoder, and its answers made whole; needs no servers");

  seq2seq
    .command('rows')
    .description('questions and statements without their values, as `python -m trainer` reads them')
    .requiredOption('--gold <file>', "questions with gold SQL: JSON Lines, or Spider's JSON")
    .option('--tables <file>', "Spider's tables.json: the model also reads the schema")
    .requiredOption('--out <file>', 'write the rows there')
    .action(async (options: { gold: string; tables?: string; out: string }, command: Command) => {
      const { writeSeq2SeqRows } = await import('../seq2seq-rows.js');
      const { rows, unmasked } = await writeSeq2SeqRows(options);
      outputOf(command).result({ rows, unmasked, out: options.out }, () =>
        [
          `${rows} rows are in ${options.out}.`,
          ...(unmasked.length > 0 ? [`Not read as SQL and left out: ${unmasked.join(', ')}.`] : []),
        ].join('\n'),
      );
    });

  seq2seq
    .command('values')
    .description('put the values of the questions back into predictions')
    .requiredOption('--gold <file>', 'the questions')
    .requiredOption('--pred <file>', 'what `python -m trainer predict` wrote')
    .option('--databases <place>', 'also recognise values that these databases hold, as in `eval`')
    .requiredOption('--out <file>', 'write the statements there, as `eval` reads them')
    .action(async (options: { gold: string; pred: string; databases?: string; out: string }, command: Command) => {
      const { writeWithValues } = await import('../seq2seq-values.js');
      const { predictions } = await writeWithValues(options);
      outputOf(command).result(
        { predictions, out: options.out },
        () => `${predictions} statements are in ${options.out}.`,
      );
    });
}
