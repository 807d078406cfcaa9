import { Option, type Command } from 'commander';
import { exportFormats, type ExportFormat } from '../../core/export/formats.js';
import type { Hardness } from '../../core/template.js';
import { formatTable, outputOf } from '../output.js';

interface ShowOptions {
  split: string;
  database?: string;
  hardness?: Hardness;
  keyword?: string[];
  skeleton?: string;
  text?: string;
  limit?: string;
  seed: string;
  html?: string;
}

const dataset = ['<dataset>', 'its id, or the beginning of one'] as const;

export function register(program: Command): void {
  const data = program.command('data').description('datasets: look at them, measure them, take them elsewhere');

  data
    .command('show')
    .description('pairs of a dataset, drawn evenly from those that are asked for, or a page to browse')
    .argument(...dataset)
    .option('--split <name>', 'train, validation, heldout, unseen, all, or seeds: the rows of train from seeds', 'all')
    .option('--database <name>', 'pairs about this database')
    .addOption(new Option('--hardness <level>', 'of this level').choices(['easy', 'medium', 'hard', 'extra']))
    .option('--keyword <words...>', 'whose statement uses these keywords or functions')
    .option('--skeleton <part>', 'whose skeleton has this part')
    .option('--text <part>', 'whose question or statement has this part')
    .option('--limit <count>', 'at most this many: 10, or 200 on a page')
    .option('--seed <text>', 'another seed draws other pairs', '1')
    .option('--html <file>', 'write a page with the datasheet and the pairs')
    .action(async (id: string, options: ShowOptions, command: Command) => {
      const [{ withStore }, { findDataset }, { showPairs, writeDatasetPage }, { describePair }] = await Promise.all([
        import('../services.js'),
        import('../find-dataset.js'),
        import('../show-dataset.js'),
        import('../describe-pair.js'),
      ]);
      const output = outputOf(command);
      const { html, limit, keyword: keywords, ...rest } = options;
      const wanted = { ...rest, keywords, limit: countOf(limit, html === undefined ? 10 : 200) };
      await withStore(async (db, store) => {
        const found = await findDataset(db, id);
        if (html !== undefined) {
          const page = await writeDatasetPage({ db, store, dataset: found }, wanted, html);
          return output.result({ dataset: found.id, ...page }, page.page);
        }
        const { pairs, matching } = await showPairs(store, found, wanted);
        for (const pair of pairs) output.line(pair, () => describePair(pair));
        output.progress(`${pairs.length} of ${matching} pairs.`);
      });
    });

  data
    .command('stats')
    .description('the datasheet of a dataset: funnel, coverage, skeletons, hardness')
    .argument(...dataset)
    .action(async (id: string, _options, command: Command) => {
      const [{ withStore }, { findDataset }, { describeDatasheet }] = await Promise.all([
        import('../services.js'),
        import('../find-dataset.js'),
        import('../describe-datasheet.js'),
      ]);
      const { found, datasheet } = await withStore(async (db, store) => {
        const found = await findDataset(db, id);
        return { found, datasheet: await store.getJson<Parameters<typeof describeDatasheet>[1]>(found.datasheet) };
      });
      outputOf(command).result({ id: found.id, ...datasheet }, () => describeDatasheet(found.id, datasheet));
    });

  data
    .command('export')
    .description('write a dataset as files that other programs read')
    .argument(...dataset)
    .addOption(new Option('--format <name>', 'what for').choices(exportFormats).makeOptionMandatory())
    .option('--out <folder>', 'where to; by default a folder named for dataset and format')
    .option(
      '--licence <id>',
      'licence that the dataset card names, as cc-by-sa-4.0; by default it lists those of the sources',
    )
    .action(async (id: string, options: { format: ExportFormat; out?: string; licence?: string }, command: Command) => {
      const [{ withStore }, { findDataset }, { exportDataset }] = await Promise.all([
        import('../services.js'),
        import('../find-dataset.js'),
        import('../export/export-dataset.js'),
      ]);
      const { format, licence = null } = options;
      const document = await withStore(async (db, store) => {
        const found = await findDataset(db, id);
        const out = options.out ?? `${found.id}-${format}`;
        const files = await exportDataset({ db, store, dataset: found }, { format, out, licence });
        return { dataset: found.id, format, out, files };
      });
      outputOf(command).result(document, () =>
        [
          `${document.dataset} is in ${document.out}:`,
          formatTable(
            ['file', 'rows', 'bytes'],
            document.files.map(({ path, rows, bytes }) => [path, `${rows}`, `${bytes}`]),
          ),
        ].join('\n'),
      );
    });
}

function countOf(text: string | undefined, usual: number): number {
  const count = Number(text ?? usual);
  return Number.isInteger(count) && count > 0 ? count : usual;
}
