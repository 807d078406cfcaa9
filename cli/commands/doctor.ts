import type { Command } from 'commander';
import { formatTable, outputOf, paint } from '../output.js';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('what is installed, reachable or missing, and the remedy')
    .action(async (_options, command: Command) => {
      const { examine } = await import('../examine.js');
      const findings = await examine();
      const healthy = findings.every(({ state }) => state === 'ok' || state === 'note');
      outputOf(command).result({ healthy, findings }, () =>
        formatTable(
          ['', '', ''],
          findings.map(({ name, state, detail, remedy }) => [
            `${state === 'ok' ? paint('green', 'ok     ') : state === 'note' ? 'note   ' : paint('red', 'missing')}`,
            name,
            remedy ? `${detail} ${remedy}` : detail,
          ]),
        ).trimStart(),
      );
      if (!healthy) process.exitCode = 1;
    });
}
