import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DialecticError } from '../../core/errors.js';
import { sha256 } from '../s3/hash.js';
import type { Database } from './database.js';

const folder = new URL('./migrations/', import.meta.url);
/** Any number that no other program locks; two workers that start together migrate one after the other. */
const lock = 7_261_944;

/**
 * Applies the migrations that this database has not seen, in the order of their numbers, each once.
 * An applied migration is immutable: a changed file is refused.
 * @returns names of the migrations applied now
 */
export async function migrate(db: Database): Promise<string[]> {
  return db.transaction(async (inside) => {
    await inside.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await inside.query(
      'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const seen = new Map(
      (await inside.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migrations')).map((row) => [
        row.name,
        row.sha256,
      ]),
    );
    const applied = [];
    for (const name of readdirSync(fileURLToPath(folder))
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      const known = seen.get(name);
      if (known === undefined) {
        await inside.query(sql);
        await inside.query('INSERT INTO migrations (name, sha256) VALUES ($1, $2)', [name, sha256(sql)]);
        applied.push(name);
      } else if (known !== sha256(sql)) {
        throw new DialecticError(
          `The migration ${name} was changed after this database applied it.`,
          'Restore the file and put the change into a new migration.',
        );
      }
    }
    return applied;
  });
}
