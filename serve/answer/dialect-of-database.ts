import { InvalidInputError } from '../../core/errors.js';
import { dialects } from '../../dialects/registry.js';

const bySign: [RegExp, string][] = [
  [/^postgres(ql)?:/, 'postgres'],
  [/^(mariadb|mysql):/, 'mariadb'],
  [/^bigquery:/, 'bigquery'],
  [/^duckdb:|\.(duckdb|ddb)$/, 'duckdb'],
  [/\.json$/, 'bigquery'],
];

/** The dialect that is asked for, else the one that a database's address or file says; a file of any other name is SQLite's. */
export function dialectOfDatabase(url: string, wanted?: string): string {
  if (wanted === undefined) return bySign.find(([sign]) => sign.test(url))?.[1] ?? 'sqlite';
  if (dialects[wanted]) return wanted;
  throw new InvalidInputError(`There is no dialect "${wanted}".`, `Use one of ${Object.keys(dialects).join(', ')}.`);
}
