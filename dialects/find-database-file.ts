import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DatabaseRef } from '../core/database.js';
import { NotFoundError } from '../core/errors.js';

/**
 * The file of a database that is one: the address itself, or in a folder `<folder>/<folder>.<extension>` or
 * `<folder>/<name>/<name>.<extension>` (Spider's layout).
 * @param scheme of an address such as `sqlite:shop.sqlite`; it is also the file's extension
 */
export async function findDatabaseFile({ url, name }: DatabaseRef, scheme: string, title: string): Promise<string> {
  const path = url.replace(new RegExp(`^(${scheme}|file):(//)?`), '');
  const candidates = [path, join(path, `${basename(path)}.${scheme}`), join(path, name, `${name}.${scheme}`)];
  for (const candidate of candidates) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  throw new NotFoundError(
    `Database "${name}" has no ${title} file at ${path}.`,
    `Give a file, a folder <name>/<name>.${scheme}, or sample:<domain>.`,
  );
}
