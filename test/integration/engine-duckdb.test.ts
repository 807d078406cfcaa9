import { DuckDBInstance } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSession } from '../../core/database.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';

const pool = new DatabasePool();
let retail: DatabaseSession;

beforeAll(async () => {
  retail = await openDatabase({ name: 'retail', dialect: 'duckdb', url: 'sample:retail' }, { pool });
});
afterAll(() => pool.close());

describe('a DuckDB statement', () => {
  it('answers rows with their columns', async () => {
    const outcome = await retail.execute(
      "SELECT 7 AS seven, 'a' AS letter, NULL AS missing, 1.5 AS half, true AS yes, DATE '2024-05-31' AS day",
    );
    expect(outcome).toMatchObject({
      kind: 'rows',
      columns: ['seven', 'letter', 'missing', 'half', 'yes', 'day'],
      rows: [[7, 'a', null, 1.5, true, '2024-05-31']],
      truncated: false,
    });
  });

  it('gives nested values as plain JSON, and numbers that JSON would change as text', async () => {
    const outcome = await retail.execute(
      `SELECT [1, 2], {'a': 1, 'b': 'x'}, MAP {'k': 2}, 9007199254740993, 'Infinity'::DOUBLE, 'ab'::BLOB,
              sum(1::BIGINT), INTERVAL 2 DAY, TIMESTAMP '2024-05-31 10:00:00', TIMESTAMPTZ '2024-05-31 10:00:00+02'`,
    );
    expect(outcome).toMatchObject({
      rows: [
        [
          ...[[1, 2], [1, 'x'], [['k', 2]], '9007199254740993', 'Infinity', 'YWI='],
          ...[1, '2 days', '2024-05-31 10:00:00', '2024-05-31 08:00:00+00'],
        ],
      ],
    });
  });

  it.each([
    'FROM orders SELECT count(*)',
    "PIVOT orders ON status IN ('paid', 'shipped') USING count(*)",
    'PIVOT orders ON status USING count(*)',
    'SELECT * FROM (PIVOT orders ON status USING count(*))',
    'SELECT status, count(*) FROM orders GROUP BY ALL',
    'SELECT [x * 2 FOR x IN [1, 2]], list_filter([1, 2], lambda x: x > 1), 7 // 2',
    'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT max(n) FROM r',
    "SELECT count(*) FROM orders WHERE status GLOB 'p*'",
    '(SELECT 1)',
    'VALUES (1)',
  ])("in DuckDB's own words runs: %s", async (sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'rows' });
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it.each([
    ['a syntax error', 'SELECT FROM'],
    ['an unknown column', 'SELECT no_such_column FROM orders'],
    ['an unknown function', 'SELECT julianday(1)'],
    ['types that do not fit', "SELECT date_trunc('month', 5)"],
    ['an open quote', "SELECT 'x"],
    ['nothing', '  -- only a comment'],
  ])('with %s is invalid', async (_, sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'invalid' });
  });

  it.each(['SELECT status::INTEGER FROM orders', "SELECT error('no')", 'SELECT (SELECT order_id FROM orders)'])(
    'that fails on its data is a run-time error: %s',
    async (sql) => {
      expect(await retail.execute(sql)).toMatchObject({ kind: 'runtime-error' });
    },
  );

  it('that needs an extension is not executable', async () => {
    expect(await retail.execute("SELECT st_area('POINT (1 1)')")).toMatchObject({ kind: 'not-executable' });
  });

  it('is cut at the limit of rows', async () => {
    const outcome = await retail.execute('SELECT * FROM range(100000)', { maxRows: 3 });
    expect(outcome).toMatchObject({ kind: 'rows', truncated: true, rows: [[0], [1], [2]] });
  });

  it('is cut at the limit of bytes', async () => {
    const outcome = await retail.execute("SELECT repeat('x', 1000) FROM orders", { maxBytes: 10_000 });
    expect(outcome.kind === 'rows' && [outcome.truncated, outcome.rows.length]).toEqual([true, 9]);
  });
});

describe('an attack on DuckDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-duckdb-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    'DELETE FROM orders',
    "UPDATE orders SET status = 'x' RETURNING *",
    'INSERT INTO stores SELECT * FROM stores RETURNING *',
    'DROP TABLE orders',
    'TRUNCATE orders',
    'CREATE TABLE stolen AS SELECT * FROM customers',
    'CREATE TEMP TABLE stolen AS SELECT * FROM customers',
    'CREATE MACRO upper(x) AS 1',
    `ATTACH '${folder}/attached.db' AS a`,
    `COPY orders TO '${folder}/orders.csv'`,
    `COPY orders FROM '/etc/passwd'`,
    `EXPORT DATABASE '${folder}'`,
    `IMPORT DATABASE '${folder}'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    'SET lock_configuration = false',
    'RESET memory_limit',
    'PRAGMA enable_logging',
    'PRAGMA database_list',
    'CALL pragma_version()',
    'SELECT * FROM pragma_database_list()',
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM duckdb_secrets()',
    'SELECT * FROM "duckdb_memory"()',
    'SELECT 1; SELECT 2',
    'SELECT 1; DELETE FROM orders',
    'SELECT 1 /* */ ; -- ;\n DROP TABLE orders',
    'EXPLAIN ANALYZE SELECT * FROM orders',
    'SUMMARIZE orders',
    'BEGIN TRANSACTION',
    'COMMIT',
    'CHECKPOINT',
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('orders')",
    "SELECT * FROM json_execute_serialized_sql('{}')",
    'SELECT sleep_ms(20000)',
    'SELECT pg_sleep(20)',
    'SELECT setseed(0.5)',
    "SELECT write_log('x')",
    'SELECT * FROM force_checkpoint()',
    'SELECT * FROM enable_logging()',
    "SELECT current_setting('memory_limit')",
  ])('that would write, wait or look around is refused: %s', async (sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'refused' });
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM READ_TEXT('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM read_json('http://127.0.0.1:1/x.json')",
    "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM '/etc/*.csv'",
    `SELECT * FROM "http://127.0.0.1:1/x.csv"`,
    "SELECT getenv('HOME')",
    'WITH x AS (INSERT INTO stores SELECT * FROM stores RETURNING *) SELECT * FROM x',
    "WITH x AS MATERIALIZED (FROM read_csv('/etc/passwd')) FROM x",
  ])('that would read a file, the network or write in a CTE gets nothing: %s', async (sql) => {
    expect((await retail.execute(sql)).kind).toMatch(/^(invalid|refused)$/);
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it.each([
    [
      'a recursion without end',
      'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r',
    ],
    ['a product of ranges', 'SELECT count(*) FROM range(10000000) a, range(100000) b WHERE a.range <> b.range'],
    ['a step that cannot be interrupted', "SELECT levenshtein(repeat('x', 300000), repeat('y', 300000))"],
  ])('by %s ends at its limit, and the session answers again', async (_, sql) => {
    const started = performance.now();
    expect((await retail.execute(sql, { timeoutMs: 500 })).kind).toMatch(/^(timeout|crash)$/);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it.each([
    ['a list', 'SELECT list(range) FROM range(1000000000)'],
    ['a product', 'SELECT count(*) FROM range(100000000) a, range(1000000000) b WHERE a.range <> b.range'],
    ['a sort', "SELECT * FROM (SELECT repeat('x', 1000) || range AS b FROM range(10000000)) ORDER BY b"],
    ['one text', "SELECT repeat('x', 4000000000)"],
    ['a text a row', 'SELECT length(repeat(status, 1000000000)) FROM orders'],
  ])('on memory by %s fails, and the session answers again', async (_, sql) => {
    expect((await retail.execute(sql, { timeoutMs: 1_500 })).kind).toMatch(/^(runtime-error|timeout|crash)$/);
    expect(await retail.execute('SELECT 1')).toMatchObject({ rows: [[1]] });
  });

  it('on the parser by deep nesting ends, and the session answers again', async () => {
    const sql = `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
    expect((await retail.execute(sql)).kind).toMatch(/^(invalid|crash|timeout|runtime-error)$/);
    expect(await retail.execute('SELECT 1')).toMatchObject({ rows: [[1]] });
  });
});

describe('a DuckDB database', () => {
  it('is described with types, keys, shares of NULL and samples', async () => {
    const schema = await retail.introspect();
    const products = schema.tables.find(({ name }) => name === 'products')!;
    expect(products.rows).toBe(60);
    expect(products.columns.map(({ name, type, nativeType }) => `${name} ${type} ${nativeType}`)).toEqual([
      'product_id integer INTEGER',
      'title text VARCHAR',
      'category text VARCHAR',
      'supplier_id integer INTEGER',
      'unit_price number DECIMAL(12,2)',
      'stock integer INTEGER',
      'weight number DOUBLE',
      'discontinued boolean BOOLEAN',
      'tags array VARCHAR[]',
      'details json JSON',
    ]);
    expect(products.columns[0]).toMatchObject({ primaryKey: true, nullable: false, distinct: 60, nullRate: 0 });
    expect(products.columns[6]!.nullRate).toBeGreaterThan(0);
    expect(products.columns[8]).toMatchObject({ elementType: 'text' });
    expect(schema.foreignKeys).toContainEqual({
      table: 'products',
      column: 'supplier_id',
      referencesTable: 'suppliers',
      referencesColumn: 'supplier_id',
    });
  });

  it('names its functions with the types that it reports', async () => {
    const functions = await retail.functions();
    const kindOf = (name: string) => functions.find((found) => found.name === name)?.kind;
    expect(['upper', 'sum', 'row_number', 'json_each', 'split_part'].map(kindOf)).toEqual([
      ...['scalar', 'aggregate', 'window', 'table', 'scalar'],
    ]);
    expect(functions.find(({ name }) => name === 'starts_with')).toMatchObject({
      arguments: ['varchar', 'varchar'],
      returns: 'boolean',
    });
    expect(['read_csv', 'sleep_ms', 'duckdb_settings', 'query'].map(kindOf)).toEqual(Array(4).fill(undefined));
  });

  it('of a JSON file keeps its structs and arrays', async () => {
    const session = await openDatabase(
      { name: 'guides', dialect: 'duckdb', url: 'dialects/guides-fixture.json' },
      { pool },
    );
    expect(await session.execute('SELECT address.postcode, interests[1] FROM customers WHERE id = 1')).toMatchObject({
      rows: [['N1 9GU', 'music']],
    });
    const { tables } = await session.introspect();
    const address = tables[0]!.columns.find(({ name }) => name === 'address');
    expect(address).toMatchObject({ type: 'struct', fields: [{ name: 'street', type: 'text' }, { name: 'postcode' }] });
    await session.close();
  });

  it('that does not exist is not found, and one that is none cannot be read', async () => {
    const open = (url: string) => openDatabase({ name: 'x', dialect: 'duckdb', url }, { pool });
    await expect(open('no/such/file.duckdb')).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(open('LICENSE')).rejects.toMatchObject({ name: 'UnreachableError' });
  });

  it('in a file is found in a folder of its name, with its keys, and is the same after attacks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-duckdb-'));
    mkdirSync(join(folder, 'shop'));
    const file = join(folder, 'shop', 'shop.duckdb');
    const instance = await DuckDBInstance.create(file);
    const writer = await instance.connect();
    await writer.run('CREATE TABLE town(id INTEGER PRIMARY KEY, name VARCHAR)');
    await writer.run('CREATE TABLE shop(id INTEGER PRIMARY KEY, town_id INTEGER REFERENCES town(id))');
    await writer.run("INSERT INTO town VALUES (1, 'Aarhus'); INSERT INTO shop VALUES (1, 1)");
    writer.closeSync();
    instance.closeSync();
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
    const before = hash();

    const session = await openDatabase({ name: 'shop', dialect: 'duckdb', url: folder }, { pool });
    expect(await session.execute('SELECT name FROM town JOIN shop ON town_id = town.id')).toMatchObject({
      rows: [['Aarhus']],
    });
    const schema = await session.introspect();
    expect(schema.tables.map(({ name }) => name)).toEqual(['town', 'shop']);
    expect(schema.foreignKeys).toEqual([
      { table: 'shop', column: 'town_id', referencesTable: 'town', referencesColumn: 'id' },
    ]);
    for (const sql of ['DELETE FROM shop', 'DROP TABLE shop', 'CHECKPOINT', `SELECT * FROM read_blob('${file}')`]) {
      expect(await session.execute(sql)).toMatchObject({ kind: 'refused' });
    }
    expect(hash()).toBe(before);
    expect(readdirSync(join(folder, 'shop'))).toEqual(['shop.duckdb']);
    await session.close();
    rmSync(folder, { recursive: true });
  });
});
