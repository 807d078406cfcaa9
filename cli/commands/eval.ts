import type { Command } from 'commander';
import { outputOf } from '../output.js';

interface EvalOptions {
  gold: string;
  pred: string;
  databases: string;
  dialect?: string;
  testSuite?: string;
  skipMissing: boolean;
  timeout: string;
  out?: string;
}

export function register(program: Command): void {
  program
    .command('eval')
    .description('score predictions against gold statements by running both; needs no servers')
    .requiredOption('--gold <file>', "questions with gold SQL: JSON Lines, or Spider's or BIRD's JSON")
    .requiredOption('--pred <file>', 'predictions: {"id", "sql"} a line, or one statement a line')
    .requiredOption('--databases <place>', 'a folder of <name>/<name>.sqlite, a database file, or an address')
    .option('--dialect <name>', 'dialect of the statements (default: what the gold file says, else sqlite)')
    .option(
      '--test-suite <folder>',
      "also count a match only where it holds on every database of <folder>/<name>/ (Spider's test suite)",
    )
    .option('--skip-missing', 'leave questions out whose database is not there', false)
    .option('--timeout <ms>', 'time limit of a statement', '5000')
    .option('--out <file>', 'write every outcome there, a JSON line each')
    .action(async (options: EvalOptions, command: Command) => {
      const { runEval } = await import('../run-eval.js');
      const output = outputOf(command);
      const { document, text } = await runEval({
        ...options,
        timeoutMs: Number(options.timeout),
        progress: (sentence) => output.progress(sentence),
      });
      output.result(document, text);
    });
}
