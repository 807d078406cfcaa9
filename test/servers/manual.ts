import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { startSite, versioned, type Site } from './site.js';

/** A manual's files on loopback, with versions (ETag), behind a page that links to each of them. */
export interface ManualSite extends Site {
  /** Address of the page that links to all the others. */
  start: string;
  /** Path of each file below the folder, and its text as it is served now. */
  files: ReadonlyMap<string, string>;
  /** Serves another text from now on, under another ETag. */
  change(file: string, text: string): void;
}

/**
 * Serves the HTML and Markdown files of a folder as a site's manual.
 * @param only which of its files; all of them by default
 */
export async function startManual(folder: string, only: (file: string) => boolean = () => true): Promise<ManualSite> {
  const site = await startSite();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.(html|md)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(only)
    .sort();
  const files = new Map<string, string>();
  const serve = (file: string, text: string): void => {
    files.set(file, text);
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
    site.pages.set(`/manual/${file}`, versioned(text, etag, file.endsWith('.md') ? 'text/markdown' : 'text/html'));
  };
  for (const name of names) serve(name, await readFile(join(folder, name), 'utf8'));
  const links = names.map((name) => `<li><a href="/manual/${name}">${name}</a></li>`).join('\n');
  const contents = `<html><head><title>Contents</title></head><body><h1>Contents</h1><ul>${links}</ul></body></html>`;
  site.pages.set('/manual/', versioned(contents, '"contents"'));
  site.pages.set('/robots.txt', (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /private/\n'),
  );
  return { ...site, start: `${site.origin}/manual/`, files, change: serve };
}
