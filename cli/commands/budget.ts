import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('budget')
    .description('set what a run may cost in all; a run that waits for budget goes on')
    .argument('<run>', 'its name or id')
    .argument('<usd>', 'US dollars, or `none` for no limit')
    .action(async (run: string, usd: string, _options, command: Command) => {
      const [{ tellRun }, { InvalidInputError }] = await Promise.all([
        import('../tell-run.js'),
        import('../../core/errors.js'),
      ]);
      const budget = usd === 'none' ? null : Number(usd);
      if (budget !== null && !(Number.isFinite(budget) && budget >= 0))
        throw new InvalidInputError(`${usd} is no sum of US dollars.`, 'Give a number from 0 on, or `none`.');
      const status = await tellRun(run, 'setBudget', budget);
      outputOf(command).result(status, `${status.run}: ${budget === null ? 'no limit' : `$${budget}`}`);
    });
}
