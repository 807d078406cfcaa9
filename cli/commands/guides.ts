import type { Command } from 'commander';
import { InvalidInputError } from '../../core/errors.js';
import { formatTable, outputOf } from '../output.js';

interface Options {
  dialect?: string;
  sources?: string;
}

const LIST = 'official, tutorials, built-in, sites or folders of Markdown, with commas between them';

export function register(program: Command): void {
  const guides = program.command('guides').description('sections of the dialects’ tutorials and manuals');

  guides
    .command('list')
    .description('the guides of a dialect: the built-in ones, or those of --sources')
    .argument('[dialect]')
    .option('--dialect <name>', 'in place of the argument')
    .option('--sources <list>', LIST)
    .action(async (argument: string | undefined, options: Options, command: Command) => {
      const { scrapeGuides } = await import('../../adapters/web/scrape-guides.js');
      const { manifest } = await scrapeGuides({ dialect: dialectOf(argument, options), sources: sourcesOf(options) });
      const rows = manifest.guides.map(({ id, title, topic, teaches, source, licence }) => {
        return { id, title, topic, teaches, source, licence };
      });
      outputOf(command).result(rows, () =>
        formatTable(
          ['guide', 'topic', 'teaches'],
          rows.map(({ title, topic, teaches }) => [title, topic, `${teaches.length}`]),
        ),
      );
    });

  guides
    .command('sources')
    .description('the sites that a dialect’s sets of sources consist of, and what their licences allow')
    .argument('[dialect]')
    .option('--dialect <name>', 'in place of the argument')
    .action(async (argument: string | undefined, options: Options, command: Command) => {
      const { readSourceSets } = await import('../../adapters/web/source-sets.js');
      const sets = await readSourceSets(dialectOf(argument, options));
      outputOf(command).result(sets, () =>
        Object.entries(sets)
          .flatMap(([name, sites]) => (sites ?? []).map((site) => ({ name, ...site })))
          .map(({ name, url, prefix, pages, licence, note }) => {
            const what = pages ? `${pages.length} pages of ${url}` : prefix;
            return `${name}: ${what} (${licence})\n  ${note}`;
          })
          .join('\n'),
      );
    });

  guides
    .command('scrape')
    .description('read the guides as a workflow: what changed is new work, what did not costs nothing')
    .argument('[dialect]')
    .option('--dialect <name>', 'in place of the argument')
    .option('--sources <list>', `${LIST}; by default the built-in guides`)
    .action(async (argument: string | undefined, options: Options, command: Command) => {
      const [{ withTemporal }, { startWorkflow }, { watchRun }, { explainFailure }] = await Promise.all([
        import('../services.js'),
        import('../../adapters/temporal/runs.js'),
        import('../watch-run.js'),
        import('../../adapters/temporal/failure.js'),
      ]);
      const output = outputOf(command);
      const dialect = dialectOf(argument, options);
      const input = { dialect, sources: sourcesOf(options) };
      const result = await withTemporal(async (client) => {
        const { handle } = await startWorkflow(client, 'scrapeGuides', dialect, input, `Guides of ${dialect}`);
        return watchRun<object>(handle, output).catch((error: unknown) => {
          throw explainFailure(error, handle.workflowId);
        });
      });
      output.result(result, () => JSON.stringify(result, null, 2));
    });
}

function dialectOf(argument: string | undefined, { dialect }: Options): string {
  const name = argument ?? dialect;
  if (name) return name;
  throw new InvalidInputError('No dialect is named.', 'Name one: `dialectic guides scrape sqlite`.');
}

const sourcesOf = ({ sources }: Options): { url: string }[] =>
  (sources ?? '')
    .split(',')
    .map((url) => ({ url: url.trim() }))
    .filter(({ url }) => url !== '');
