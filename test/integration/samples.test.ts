import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleDomains } from '../../core/samples/domains.js';
import type { DatabaseData } from '../../core/samples/table-data.js';
import { openDatabase } from '../../dialects/open-database.js';
import { generateSample } from '../../dialects/samples/generate-sample.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { loadConfig } from '../../schema/config.js';
import { locateHome } from '../../schema/home.js';

const pool = new DatabasePool();
afterAll(() => pool.close());

const engines = [
  'sqlite',
  ...(loadConfig().postgres ? ['postgres'] : []),
  ...(existsSync(join(locateHome().googlesql, 'zetasql.wasm')) ? ['bigquery'] : []),
];

describe('the sample databases', () => {
  it('are twelve, each of its own vocabulary', () => {
    expect(sampleDomains.length).toBeGreaterThanOrEqual(12);
    const names = sampleDomains.map((domain) => new Set(generateSample(domain, 1).tables.map(({ name }) => name)));
    for (const [i, some] of names.entries())
      for (const others of names.slice(i + 1))
        expect([...some].filter((name) => others.has(name)).length).toBeLessThan(3);
  });

  it('are the same for the same seed and others for another', () => {
    for (const domain of sampleDomains) {
      expect(generateSample(domain, 7)).toEqual(generateSample(domain, 7));
      expect(generateSample(domain, 8)).not.toEqual(generateSample(domain, 7));
    }
  });
});

describe.each(sampleDomains)('the sample database %s', (domain) => {
  const data = generateSample(domain, 1);

  it('has 4 to 8 tables of 20 to 100 rows with keys', () => {
    expect(data.tables.length).toBeGreaterThanOrEqual(4);
    expect(data.tables.length).toBeLessThanOrEqual(8);
    for (const { rows, primaryKey } of data.tables) {
      expect([rows.length >= 20, rows.length <= 100, primaryKey.length]).toEqual([true, true, 1]);
    }
  });

  it('has foreign keys that all find their row', () => {
    const keys = data.tables.flatMap((table) => table.foreignKeys.map((key) => ({ ...key, table: table.name })));
    expect(keys.length).toBeGreaterThanOrEqual(4);
    for (const key of keys) {
      const targets = new Set(valuesOf(data, key.referencesTable, key.referencesColumn));
      const dangling = valuesOf(data, key.table, key.column).filter((value) => value !== null && !targets.has(value));
      expect(dangling).toEqual([]);
    }
  });

  it('has values of many types, some of them missing', () => {
    const columns = data.tables.flatMap((table) =>
      table.columns.map(({ name, type }) => ({ table: table.name, name, type: type.type })),
    );
    const types = new Set(columns.map(({ type }) => type));
    for (const type of ['integer', 'number', 'text', 'date', 'timestamp', 'boolean', 'json', 'array'] as const)
      expect(types).toContain(type);
    const withNulls = columns.filter(({ table, name }) => valuesOf(data, table, name).includes(null));
    expect(withNulls.length).toBeGreaterThanOrEqual(5);
    expect(withNulls.length).toBeLessThan(columns.length / 2);
  });

  it.each(engines)('opens in %s with the rows, columns and keys it was made of', async (dialect) => {
    const session = await openDatabase({ name: domain, dialect, url: `sample:${domain}` }, { pool });
    const schema = await session.introspect();
    expect(schema.tables.map(({ name, rows, columns }) => [name, rows, columns.map((column) => column.name)])).toEqual(
      data.tables.map(({ name, rows, columns }) => [name, rows.length, columns.map((column) => column.name)]),
    );
    const keys = data.tables.flatMap(({ name, foreignKeys }) => foreignKeys.map((key) => ({ table: name, ...key })));
    expect(new Set(schema.foreignKeys.map((key) => JSON.stringify(key)))).toEqual(
      new Set(keys.map((key) => JSON.stringify(key))),
    );
    await session.close();
  });

  it('gives the same answers in every engine', async () => {
    const answers: unknown[] = [];
    const { table, column, to, key } = firstJoin(data);
    for (const dialect of engines) {
      const session = await openDatabase({ name: domain, dialect, url: `sample:${domain}` }, { pool });
      const counts = await session.execute(
        `SELECT ${column}, COUNT(*) AS n FROM ${table} GROUP BY ${column} HAVING COUNT(*) > 1 ORDER BY n DESC, ${column} LIMIT 5`,
      );
      const joined = await session.execute(
        `SELECT COUNT(*) AS n FROM ${table} AS a JOIN ${to} AS b ON a.${column} = b.${key}`,
      );
      answers.push([counts, joined].map((outcome) => (outcome.kind === 'rows' ? outcome.rows : outcome)));
      await session.close();
    }
    const [[counts, joined]] = answers as [[unknown[], [[number]]]];
    expect(counts).toHaveLength(5);
    expect(joined[0][0]).toBeGreaterThan(20);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

function valuesOf({ tables }: DatabaseData, table: string, column: string) {
  const found = tables.find(({ name }) => name === table)!;
  const index = found.columns.findIndex(({ name }) => name === column);
  return found.rows.map((row) => row[index] ?? null);
}

/** A foreign key without NULLs between two tables, to group and to join by. */
function firstJoin(data: DatabaseData) {
  for (const { name, rows, foreignKeys } of data.tables)
    for (const key of foreignKeys)
      if (rows.length >= 60 && !valuesOf(data, name, key.column).includes(null))
        return { table: name, column: key.column, to: key.referencesTable, key: key.referencesColumn };
  throw new Error('The database has no foreign key without NULLs.');
}
