import type { Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('budget')
    .description('show what a run cost so far, or set what it may cost in all; a run that waits for budget goes on')
    .argument('<run>', 'its name or id')
    .argument('[usd]', 'US dollars, or `none` for no limit; leave it out to see what was spent')
    .action(async (run: string, usd: string | undefined, _options, command: Command) => {
      const output = outputOf(command);
      if (usd === undefined) {
        const { spendingOf } = await import('../spending.js');
        const spending = await spendingOf(run);
        output.result(spending, () =>
          [
            formatTable(
              ['stage', 'model', 'calls', 'tokens in', 'of them cached', 'tokens out', 'cost'],
              spending.byStage.map((row) => [
                ...[row.stage, row.model],
                ...[row.calls, row.inputTokens, row.cachedInputTokens, row.outputTokens].map((figure) =>
                  figure.toLocaleString('en'),
                ),
                row.usd === null ? 'unknown' : `$${row.usd.toFixed(4)}`,
              ]),
            ),
            `${spending.run}: ${spending.usd === null ? 'the price of a model is not known' : `$${spending.usd.toFixed(4)}`}`,
          ].join('\n\n'),
        );
        return;
      }
      const [{ tellRun }, { InvalidInputError }] = await Promise.all([
        import('../tell-run.js'),
        import('../../core/errors.js'),
      ]);
      const budget = usd === 'none' ? null : Number(usd);
      if (budget !== null && !(Number.isFinite(budget) && budget >= 0))
        throw new InvalidInputError(`${usd} is no sum of US dollars.`, 'Give a number from 0 on, or `none`.');
      const status = await tellRun(run, 'setBudget', budget);
      output.result(status, `${status.run}: ${budget === null ? 'no limit' : `$${budget}`}`);
    });
}
