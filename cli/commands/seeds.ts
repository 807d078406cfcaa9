import type { Command } from 'commander';
import { outputOf } from '../output.js';

interface Options {
  from: string;
  tables?: string;
  dialect: string;
  out?: string;
}

export function register(program: Command): void {
  const seeds = program.command('seeds').description('seed templates');

  seeds
    .command('extract')
    .description("take seed templates out of queries in Spider's format")
    .requiredOption('--from <file>', 'queries, as train_spider.json')
    .option('--tables <file>', 'schemas of their databases; by default tables.json beside the queries')
    .option('--dialect <name>', 'the dialect that the templates are for', 'sqlite')
    .option('--out <file>', 'also write the seed file there')
    .action(async (options: Options, command: Command) => {
      const { extractSeedFile } = await import('../extract-seed-file.js');
      const { report, losses, out } = await extractSeedFile(options);
      outputOf(command).result({ ...report, losses, ...(out && { out }) }, () =>
        [
          `${report.extracted} of ${report.rows} queries gave ${report.templates} templates with ${report.skeletons} skeletons.`,
          ...Object.entries(losses).map(([reason, { count, example }]) => `  ${reason}: ${count}, as in ${example}`),
        ].join('\n'),
      );
    });
}
