import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  const data = program.command('data').description('datasets');

  data
    .command('show')
    .description('pairs of a dataset, a line each')
    .argument('<dataset>', 'its id, or the beginning of one')
    .option('--split <name>', 'seeds, train, validation, heldout or unseen', 'train')
    .option('--limit <count>', 'at most this many', '10')
    .action(async (id: string, options: { split: string; limit: string }, command: Command) => {
      const [{ withStore }, { findDataset, pairsOf }] = await Promise.all([
        import('../services.js'),
        import('../find-dataset.js'),
      ]);
      const output = outputOf(command);
      const pairs = await withStore(async (db, store) => pairsOf(store, await findDataset(db, id), options.split));
      for (const pair of pairs.slice(0, Number(options.limit)))
        output.line(pair, `${pair.database}: ${pair.question}\n  ${pair.sql}`);
    });

  data
    .command('stats')
    .description('the datasheet of a dataset: funnel, coverage, skeletons, hardness')
    .argument('<dataset>', 'its id, or the beginning of one')
    .action(async (id: string, _options, command: Command) => {
      const [{ withStore }, { findDataset }] = await Promise.all([
        import('../services.js'),
        import('../find-dataset.js'),
      ]);
      const datasheet = await withStore(async (db, store) => {
        const dataset = await findDataset(db, id);
        return { id: dataset.id, ...(await store.getJson<object>(dataset.datasheet)) };
      });
      outputOf(command).result(datasheet, () => JSON.stringify(datasheet, null, 2));
    });
}
