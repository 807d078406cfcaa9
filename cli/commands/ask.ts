import type { Command } from 'commander';
import type { AskRequest } from '../ask.js';
import { outputOf } from '../output.js';

type AskFlags = Omit<AskRequest, 'words'>;

export function register(program: Command): void {
  program
    .command('ask')
    .description('ask a database a question in plain words; the statement goes to stderr, its rows to stdout')
    .argument('[question...]', 'what you want to know; read from stdin where it is left out')
    .requiredOption('--model <model>', 'a model in the store, by its id or the beginning of one, or an exported folder')
    .requiredOption('--database <place>', 'an address (postgres://…, mariadb://…, sample:retail) or a database file')
    .option('--dialect <name>', "the database's dialect (default: by its address, else sqlite)")
    .option('--sql-only', 'write the statement and run nothing', false)
    .option('--explain', 'also tell what was linked, considered and measured', false)
    .option('--rows <n>', 'rows shown at most', '100')
    .option('--timeout <ms>', 'time limit of a statement', '5000')
    .option('--samples <k>', 'statements to try; above 1 the result on which most of them agree wins', '1')
    .option('--temperature <t>', 'with --samples: how freely they are drawn', '0.8')
    .option('--seed <n>', 'with --samples: the same seed draws the same statements', '17')
    .action(async (words: string[], flags: AskFlags, command: Command) => {
      const { ask } = await import('../ask.js');
      const { exitCode } = await ask({ ...flags, words }, outputOf(command));
      process.exitCode = exitCode;
    });
}
