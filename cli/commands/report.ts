import type { Command } from 'commander';
import { outputOf } from '../output.js';

const place = "the run's name, or a report's JSON file";

export function register(program: Command): void {
  const report = program
    .command('report')
    .description("a run's report as one HTML page")
    .argument('<run>', place)
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

  report
    .command('diff')
    .description(
      'what differs between two runs: accuracy, data, spec, models, time and cost, and the answers that changed',
    )
    .argument('<first>', place)
    .argument('<second>', place)
    .option('--out <file>', 'write a page there, too')
    .option('--open', 'show the page in the browser', false)
    .action(async (first: string, second: string, _options: unknown, command: Command) => {
      const [{ readReport }, { reportFileName, reportsFolder }, { compareReports }, { describeComparison }] =
        await Promise.all([
          import('../read-report.js'),
          import('../kept-reports.js'),
          import('../../core/compare-reports/compare-reports.js'),
          import('../describe-comparison.js'),
        ]);
      const output = outputOf(command);
      // `report` has the same options, and takes them wherever they stand.
      const { out, open } = command.optsWithGlobals<{ out?: string; open: boolean }>();
      const difference = compareReports(await readReport(first), await readReport(second));
      if (out === undefined && !open) return output.result(difference, () => describeComparison(difference));
      const [{ renderComparison }, { openInBrowser, writePage }] = await Promise.all([
        import('../../web/diff/render-comparison.js'),
        import('../write-report-page.js'),
      ]);
      const runs = [difference.first, difference.second].map(({ run }) => reportFileName(run)).join('-and-');
      const page = await writePage(renderComparison(difference), out ?? `${reportsFolder()}/${runs}.html`);
      output.result({ ...difference, page }, () => `${describeComparison(difference)}\n\nPage: ${page}`);
      if (open && !(await openInBrowser(page))) output.warn(`No browser could be started. Open ${page} in one.`);
    });
}
