import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('version')
    .description('the version of Dialectic and of what it runs on')
    .action(async (_options, command: Command) => {
      const { packageVersion } = await import('../package-version.js');
      const versions = {
        dialectic: packageVersion(),
        node: process.versions.node,
        platform: `${process.platform}-${process.arch}`,
      };
      outputOf(command).result(
        versions,
        `dialectic ${versions.dialectic}, Node ${versions.node}, ${versions.platform}`,
      );
    });
}
