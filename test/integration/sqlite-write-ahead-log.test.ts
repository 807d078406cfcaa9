import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { DatabaseSession } from '../../core/database.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { loadConfig } from '../../schema/config.js';

const { python } = loadConfig().home;
if (!existsSync(python)) console.warn('Skipped: SQLite files with a write-ahead log, because set-up has not run.');

/** Leaves a database as a program does that is still writing to it: nothing of the log is in the file. */
function write(file: string, statements: string[][], uncommitted: string[] = []): void {
  const script = `
import json, os, sqlite3, sys
file, commits, uncommitted = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
connection = sqlite3.connect(file, isolation_level=None)
connection.execute('PRAGMA journal_mode = WAL')
connection.execute('PRAGMA wal_autocheckpoint = 0')
connection.execute('PRAGMA cache_size = 4')
for statements in commits:
    connection.execute('BEGIN')
    for statement in statements: connection.execute(statement)
    connection.execute('COMMIT')
connection.execute('BEGIN')
for statement in uncommitted: connection.execute(statement)
os._exit(0)`;
  execFileSync(python, ['-c', script, file, JSON.stringify(statements), JSON.stringify(uncommitted)]);
}

const numbers = (from: number, to: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) INSERT INTO items SELECT i, hex(randomblob(50)) FROM n`;

describe.skipIf(!existsSync(python))('a SQLite file with a write-ahead log', () => {
  const pool = new DatabasePool();
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-wal-'));
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  /** As others see it, from a file of its own, so that no session has a picture of it yet. */
  async function open(
    name: string,
  ): Promise<{ file: string; session: DatabaseSession; items: () => Promise<unknown> }> {
    const file = join(folder, `${name}.sqlite`);
    const session = await openDatabase({ name, dialect: 'sqlite', url: file }, { pool });
    const items = async (): Promise<unknown> => {
      const outcome = await session.execute('SELECT COUNT(*), SUM(id) FROM items');
      return outcome.kind === 'rows' ? outcome.rows[0] : outcome;
    };
    return { file, session, items };
  }

  it('is read with all that was committed, and nothing that was not', async () => {
    const file = join(folder, 'shop.sqlite');
    // More pages than the writer's cache holds: what it has not committed stands in the log, too.
    write(file, [['CREATE TABLE items (id INTEGER, text TEXT)'], [numbers(1, 500)]], [numbers(501, 2_000)]);
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(200_000);
    const { items, session } = await open('shop');
    expect(await items()).toEqual([500, 125_250]);
    expect(await session.execute('PRAGMA integrity_check')).toMatchObject({ kind: 'refused' });

    write(file, [[numbers(501, 600), 'DELETE FROM items WHERE id <= 100']]);
    await sleep(1_100);
    expect(await items()).toEqual([500, 175_250]);
  });

  it('is read up to the last frame that is whole and of this log', async () => {
    const file = join(folder, 'torn.sqlite');
    write(file, [['CREATE TABLE items (id INTEGER, text TEXT)'], [numbers(1, 3)], [numbers(4, 6)]]);
    const log = readFileSync(`${file}-wal`);
    const whole = readFileSync(file);

    const copy = (name: string, bytes: Uint8Array): void => {
      writeFileSync(join(folder, `${name}.sqlite`), whole);
      writeFileSync(join(folder, `${name}.sqlite-wal`), bytes);
    };
    copy('cut', log.subarray(0, log.length - 1));
    expect(await (await open('cut')).items()).toEqual([3, 6]);

    const flipped = Buffer.from(log);
    flipped[flipped.length - 5]! ^= 1;
    copy('flipped', flipped);
    expect(await (await open('flipped')).items()).toEqual([3, 6]);

    // What is left of a longer log that stood there before.
    copy('followed', Buffer.concat([log, log.subarray(32)]));
    expect(await (await open('followed')).items()).toEqual([6, 21]);
  });

  it('is read alone where the log is none', async () => {
    const file = join(folder, 'plain.sqlite');
    write(file, [['CREATE TABLE items (id INTEGER, text TEXT)'], [numbers(1, 3)]]);
    execFileSync(python, [
      '-c',
      `import sqlite3; sqlite3.connect(${JSON.stringify(file)}).execute('PRAGMA wal_checkpoint(TRUNCATE)')`,
    ]);
    writeFileSync(`${file}-wal`, 'this is no log, but it is longer than the head of one would be');
    expect(await (await open('plain')).items()).toEqual([3, 6]);
  });
});
