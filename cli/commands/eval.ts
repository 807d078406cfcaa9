import { Option, type Command } from 'commander';
import { semanticsNames } from '../../core/evaluate/semantics.js';
import { InvalidInputError } from '../../core/errors.js';
import { outputOf } from '../output.js';

interface EvalOptions {
  gold: string;
  pred: string;
  compare: string[];
  databases: string;
  dialect?: string;
  testSuite?: string;
  semantics: string;
  keepDistinct: boolean;
  bleu?: string;
  skipMissing: boolean;
  timeout: string;
  workers?: string;
  out?: string;
}

export function register(program: Command): void {
  program
    .command('eval')
    .description('score predictions against gold statements by running both; needs no servers')
    .requiredOption('--gold <file>', "questions with gold SQL: JSON Lines, or Spider's or BIRD's JSON")
    .requiredOption('--pred <file>', 'predictions: {"id", "sql"} a line, or one statement a line')
    .option('--compare <files...>', "other models' predictions, each compared with --pred by a paired test", [])
    .requiredOption('--databases <place>', 'a folder of <name>/<name>.sqlite, a database file, or an address')
    .option('--dialect <name>', 'dialect of the statements (default: what the gold file says, else sqlite)')
    .option(
      '--test-suite <folder>',
      "also count a match only where it holds on every database of <folder>/<name>/ (Spider's test suite)",
    )
    .addOption(
      new Option('--semantics <name>', 'whose execution accuracy: when two results are the same')
        .choices(semanticsNames)
        .default('dialectic'),
    )
    .option('--keep-distinct', 'with semantics spider or test-suite: leave DISTINCT in the statements', false)
    .option('--bleu <orders>', 'BLEU of other orders than 2 as well, such as 1,4')
    .option('--skip-missing', 'leave questions out whose database is not there', false)
    .option('--timeout <ms>', 'time limit of a statement', '5000')
    .option('--workers <n>', 'engine processes side by side (default: one a core)')
    .option('--out <file>', 'write every outcome there, a JSON line each')
    .action(async (options: EvalOptions, command: Command) => {
      const { runEval } = await import('../run-eval.js');
      const output = outputOf(command);
      const { workers, bleu, timeout, ...rest } = options;
      const { document, text } = await runEval({
        ...rest,
        ...(workers !== undefined && { workers: wholeNumber(workers, '--workers') }),
        bleu: bleu === undefined ? [] : bleu.split(',').map((order) => wholeNumber(order, '--bleu')),
        timeoutMs: Number(timeout),
        progress: (sentence) => output.progress(sentence),
      });
      output.result(document, text);
    });
}

function wholeNumber(text: string, flag: string): number {
  if (/^[1-9]\d*$/.test(text.trim())) return Number(text);
  throw new InvalidInputError(`${flag} is not a whole number above 0: ${text}.`, 'Give one, such as 2.');
}
