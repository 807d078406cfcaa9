import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  const db = program.command('db').description('the index in PostgreSQL');

  db.command('rebuild')
    .description('add the rows of every manifest in S3, for an index that was lost')
    .action(async (_options, command: Command) => {
      const [{ withStore }, { createCatalogue }] = await Promise.all([
        import('../services.js'),
        import('../../adapters/postgres/catalogue.js'),
      ]);
      const counts = await withStore((database, store) => createCatalogue(database, store.bucket).rebuild());
      outputOf(command).result(
        counts,
        `${counts.stage} stages, ${counts.dataset} datasets and ${counts.model} models are in the index.`,
      );
    });

  db.command('migrate')
    .description('bring the tables up to date')
    .action(async (_options, command: Command) => {
      const [{ openPostgres }, { migrate }, { loadConfig, requireStack }] = await Promise.all([
        import('../../adapters/postgres/database.js'),
        import('../../adapters/postgres/migrate.js'),
        import('../../schema/config.js'),
      ]);
      const database = openPostgres(requireStack(loadConfig()).postgres.url);
      const applied = await migrate(database).finally(() => database.close());
      outputOf(command).result({ applied }, applied.length > 0 ? applied.join('\n') : 'The tables are up to date.');
    });
}
