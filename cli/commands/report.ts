import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('report')
    .description("a run's report as one HTML page")
    .argument('<run>', "the run's name, or a report's JSON file")
    .option('--open', 'show it in the browser', false)
    .option('--out <file>', 'where the page is written (default: among the reports of this home)')
    .action(async (run: string, options: { open: boolean; out?: string }, command: Command) => {
      const { writeReportPage, openInBrowser } = await import('../write-report-page.js');
      const output = outputOf(command);
      const page = await writeReportPage(run, options.out);
      output.result({ run, report: page }, page);
      if (options.open && !(await openInBrowser(page)))
        output.warn(`No browser could be started. Open ${page} in one.`);
    });
}
