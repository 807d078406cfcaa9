import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LifecycleResult } from '../core/contract.js';
import type { RunReport } from '../core/evaluate/report.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { locateHome } from '../schema/home.js';
import { renderReport } from '../web/report/render-report.js';
import { readDocument } from './read-document.js';

/**
 * Draws a run's report and gives the page's path. The report's JSON is a file, or lies among this home's reports, or comes
 * from the store by way of the run's result.
 */
export async function writeReportPage(run: string, out?: string): Promise<string> {
  const reports = join(locateHome().state, 'reports');
  const kept = join(reports, `${run.replaceAll('/', '-')}.json`);
  const isFile = run.endsWith('.json') && existsSync(run);
  const report = isFile || existsSync(kept) ? await readDocument(isFile ? run : kept) : await fetchReport(run);
  const page = resolve(
    out ?? (isFile ? run.replace(/json$/, 'html') : join(reports, `${basename(kept, '.json')}.html`)),
  );
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, renderReport(asReport(report, run)));
  return page;
}

async function fetchReport(run: string): Promise<unknown> {
  const [{ withStore, withTemporal }, { findRun }] = await Promise.all([
    import('./services.js'),
    import('../adapters/temporal/runs.js'),
  ]);
  const result = await withTemporal(async (client) => {
    const handle = await findRun(client, run);
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') {
      throw new NotFoundError(`Run ${run} has no report yet.`, 'Wait for its end with `dialectic watch`.');
    }
    return (await handle.result()) as Partial<LifecycleResult>;
  });
  const { json } = result;
  if (!json) throw new NotFoundError(`Run ${run} ended before it was evaluated.`, 'Run it again without --only.');
  return withStore((_db, store) => store.getJson<unknown>(json));
}

function asReport(value: unknown, run: string): RunReport {
  if (value !== null && typeof value === 'object' && 'evaluations' in value && 'lineage' in value)
    return value as RunReport;
  throw new InvalidInputError(`${run} is no report.`, 'Give a run, or the JSON file that lies beside a report page.');
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
