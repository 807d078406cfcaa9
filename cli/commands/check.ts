import type { Command } from 'commander';
import { outputOf } from '../output.js';

interface CheckOptions {
  dialect: string;
  database: string;
  in: string;
  timeout: string;
  maxRows: string;
}

export function register(program: Command): void {
  program
    .command('check')
    .description(
      'put pairs through the checks: parse, guard, execute, result, values, duplicates, round trip; needs no servers',
    )
    .requiredOption('--dialect <name>', 'dialect of the statements')
    .requiredOption('--database <place>', 'a database file or address, or a folder of <name>/<name>.sqlite')
    .requiredOption('--in <pairs>', 'pairs, a JSON object a line')
    .option('--timeout <ms>', 'time limit of a statement', '5000')
    .option('--max-rows <count>', 'larger results are rejected', '10000')
    .action(async (options: CheckOptions, command: Command) => {
      const { runCheck } = await import('../run-check.js');
      const output = outputOf(command);
      const { summary } = await runCheck(
        { ...options, pairs: options.in, timeoutMs: Number(options.timeout), maxRows: Number(options.maxRows) },
        (verdict) =>
          output.line(verdict, () =>
            verdict.accepted
              ? `${verdict.id}: accepted`
              : `${verdict.id}: ${verdict.reason} (${verdict.evidence ?? ''})`,
          ),
      );
      const reasons = Object.entries(summary.byReason).map(([reason, count]) => `${count} ${reason}`);
      output.result(
        { summary },
        () => [`${summary.accepted} of ${summary.n} accepted`, ...reasons].join(', ') + ` in ${summary.seconds} s.`,
      );
    });
}
