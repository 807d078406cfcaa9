import type { Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  const guides = program.command('guides').description('sections of the dialects’ tutorials and manuals');

  guides
    .command('list')
    .description('the guides of a dialect: the built-in ones, or those of --source')
    .argument('<dialect>')
    .option('--source <url>', 'a site, or a folder of Markdown')
    .action(async (dialect: string, options: { source?: string }, command: Command) => {
      const { scrapeGuides } = await import('../../adapters/web/scrape-guides.js');
      const sources = options.source ? [{ url: options.source }] : [];
      const { manifest } = await scrapeGuides({ dialect, sources });
      const rows = manifest.guides.map(({ id, title, topic, teaches, source }) => ({
        id,
        title,
        topic,
        teaches,
        source,
      }));
      outputOf(command).result(rows, () =>
        formatTable(
          ['guide', 'topic', 'teaches'],
          rows.map(({ title, topic, teaches }) => [title, topic, `${teaches.length}`]),
        ),
      );
    });

  guides
    .command('scrape')
    .description('read the guides as a workflow: what changed is new work, what did not costs nothing')
    .argument('<dialect>')
    .option('--source <url>', 'a site, or a folder of Markdown; by default the built-in guides')
    .action(async (dialect: string, options: { source?: string }, command: Command) => {
      const [{ withTemporal }, { startWorkflow }, { watchRun }, { explainFailure }] = await Promise.all([
        import('../services.js'),
        import('../../adapters/temporal/runs.js'),
        import('../watch-run.js'),
        import('../../adapters/temporal/failure.js'),
      ]);
      const output = outputOf(command);
      const input = { dialect, ...(options.source && { sources: [{ url: options.source }] }) };
      const result = await withTemporal(async (client) => {
        const { handle } = await startWorkflow(client, 'scrapeGuides', dialect, input, `Guides of ${dialect}`);
        return watchRun<object>(handle, output).catch((error: unknown) => {
          throw explainFailure(error, handle.workflowId);
        });
      });
      output.result(result, () => JSON.stringify(result, null, 2));
    });
}
