import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderExperiment } from '../web/experiment/render-experiment.js';
import { renderReport } from '../web/report/render-report.js';
import { reportFileName, reportsFolder } from './kept-reports.js';
import { asReport, isExperimentReport, isReportFile, readAnyReport } from './read-report.js';

/** Draws a run's or an experiment's report and gives the page's path: `out`, beside the JSON file, or among this home's reports. */
export async function writeReportPage(run: string, out?: string): Promise<string> {
  const document = await readAnyReport(run);
  const { name, page } = drawn(document, run);
  const usual = isReportFile(run)
    ? run.replace(/json$/, 'html')
    : join(reportsFolder(), `${reportFileName(name)}.html`);
  return writePage(page, out ?? usual);
}

function drawn(document: unknown, run: string): { name: string; page: string } {
  if (isExperimentReport(document)) return { name: document.experiment, page: renderExperiment(document) };
  const report = asReport(document, run);
  return { name: report.run, page: renderReport(report) };
}

/** Writes a page, its folder too, and gives its path. */
export async function writePage(html: string, file: string): Promise<string> {
  const page = resolve(file);
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, html);
  return page;
}

/** Whether a program that shows pages could be started. */
export function openInBrowser(page: string): Promise<boolean> {
  const program = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  return new Promise((done) => {
    const child = spawn(program, [pathToFileURL(page).href], { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
}
