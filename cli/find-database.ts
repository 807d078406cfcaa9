import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseRef } from '../core/database.js';
import { NotFoundError } from '../core/errors.js';

/** Where a database lies in a folder of databases, Spider's layout first. */
const layouts = (name: string): string[] => [
  `${name}/${name}.sqlite`,
  `${name}/${name}.db`,
  `${name}.sqlite`,
  `${name}.db`,
  `${name}/${name}.json`,
  `${name}.json`,
];

/** A database by name: in a folder of databases, or the one that a file or an address is. `sample:` alone means the sample of that name. */
export function findDatabase(databases: string, name: string, dialect: string): DatabaseRef {
  if (databases === 'sample:') return { name, dialect, url: `sample:${name}` };
  if (/^[a-z]+:/.test(databases)) return { name, dialect, url: databases };
  if (!existsSync(databases)) {
    throw new NotFoundError(
      `${databases} does not exist.`,
      'Give a folder of databases, a database file or an address.',
    );
  }
  if (!statSync(databases).isDirectory()) return { name, dialect, url: databases };
  const found = layouts(name).find((file) => existsSync(path.join(databases, file)));
  if (!found) {
    throw new NotFoundError(
      `${databases} has no database "${name}".`,
      `Put it at ${path.join(databases, layouts(name)[0]!)}, or pass --skip-missing to leave its questions out.`,
    );
  }
  return { name, dialect, url: path.join(databases, found) };
}
