import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '../core/contract.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { locateHome } from '../schema/home.js';

/** Where this home keeps reports. */
export const reportsFolder = (): string => join(locateHome().state, 'reports');

/** The name of a run's files in that folder, without their ending. */
export const reportFileName = (run: string): string => run.replaceAll('/', '-');

/** Keeps a run's page and its JSON in that folder, and gives the page's path. */
export async function keepReport(
  store: ArtifactStore,
  { run, html, json }: { run: string; html: ArtifactRef; json: ArtifactRef },
): Promise<string> {
  const folder = reportsFolder();
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${reportFileName(run)}.html`);
  await writeFile(path, await store.getBytes(html));
  await writeFile(path.replace(/html$/, 'json'), await store.getBytes(json));
  return path;
}
