import { createHash } from 'node:crypto';
import mysql, { type Connection } from 'mysql2/promise';
import { UnreachableError } from '../../core/errors.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import { optionsOf } from './connection.js';
import type { MariadbSource } from './engine.js';
import { loadTables } from './load-tables.js';
import { quoteName } from './quote.js';

/**
 * Loads a database once: its name holds the hash of its content, and the table that says it is whole is made last. Answers how a
 * user reads it who can do nothing else.
 */
export async function loadScratch(adminUrl: string, database: string, data: DatabaseData): Promise<MariadbSource> {
  const url = new URL(adminUrl);
  // A user's name has 80 characters at most; the hash at its end tells it from others.
  const user = `dialectic_${createHash('sha256').update(database).digest('hex').slice(0, 20)}`;
  const password = createHash('sha256').update(`${database} ${url.password}`).digest('hex');
  const admin = await connect(adminUrl);
  try {
    // Two processes that load the same sample take turns.
    await admin.query('SELECT GET_LOCK(?, 120)', [database.slice(-60)]);
    if (!(await isWhole(admin, database))) {
      await admin.query(`DROP DATABASE IF EXISTS ${quoteName(database)}`);
      await admin.query(`CREATE DATABASE ${quoteName(database)} CHARACTER SET utf8mb4`);
      await admin.query(`USE ${quoteName(database)}`);
      await loadTables(admin, data);
      await admin.query(`CREATE VIEW ${quoteName(marker)} AS SELECT 1 AS whole`);
    }
    await admin.query(`CREATE OR REPLACE USER ${quoteName(user)}@'%' IDENTIFIED BY ?`, [password]);
    for (const { name } of data.tables)
      await admin.query(`GRANT SELECT ON ${quoteName(database)}.${quoteName(name)} TO ${quoteName(user)}@'%'`);
  } finally {
    await admin.end();
  }
  url.pathname = `/${database}`;
  url.username = user;
  url.password = password;
  return { url: url.href };
}

const marker = 'dialectic_is_whole';

async function isWhole(admin: Connection, database: string): Promise<boolean> {
  const [rows] = await admin.query('SELECT 1 FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?', [
    database,
    marker,
  ]);
  return (rows as unknown[]).length > 0;
}

async function connect(url: string): Promise<Connection> {
  const { database: _, ...options } = optionsOf(url);
  try {
    return await mysql.createConnection(options);
  } catch (cause) {
    throw new UnreachableError(
      `MariaDB at ${options.host}:${options.port} did not answer: ${(cause as Error).message}.`,
      'Start the server, or correct MARIADB_URL.',
      { cause },
    );
  }
}
