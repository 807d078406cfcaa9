import type { Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('config')
    .description('every setting with its value and meaning; secrets are masked')
    .action(async (_options, command: Command) => {
      const { describeSettings, loadConfig } = await import('../../schema/config.js');
      const rows = describeSettings(process.env);
      outputOf(command).result(rows, () =>
        formatTable(
          ['Variable', 'Value', 'Meaning'],
          rows.map(({ name, value, usual, about }) => [name, value ?? (usual ? `(${usual})` : '(not set)'), about]),
        ),
      );
      // After the table, so that a wrong value can be looked up in it.
      loadConfig();
    });
}
