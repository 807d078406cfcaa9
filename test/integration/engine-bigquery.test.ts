import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSession, SqlValue } from '../../core/database.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { locateHome } from '../../schema/home.js';

const installed = existsSync(join(locateHome().googlesql, 'zetasql.wasm'));
const probe = '../shared/data/googlesql_probe.json';
const pool = new DatabasePool();
let retail: DatabaseSession;

beforeAll(async () => {
  if (installed) retail = await openDatabase({ name: 'retail', dialect: 'bigquery', url: 'sample:retail' }, { pool });
});
afterAll(() => pool.close());

describe.skipIf(!installed)('a BigQuery statement (skipped where GoogleSQL is not set up)', () => {
  it('writes intervals and ranges as BigQuery does', async () => {
    const outcome = await retail.execute(`
      SELECT MAKE_INTERVAL(1, 2, 3, 4, 5, 6), MAKE_INTERVAL(-1, -2, 3, -4, 5, 6), INTERVAL '0.000007' SECOND, INTERVAL 0 DAY,
             RANGE(DATE '2020-01-01', NULL), RANGE(DATE '2020-01-01', DATE '2020-02-01')`);
    expect(outcome).toMatchObject({
      rows: [
        [
          ...['1-2 3 4:5:6', '-1-2 3 -3:54:54', '0-0 0 0:0:0.000007', '0-0 0 0:0:0'],
          ...['[2020-01-01, UNBOUNDED)', '[2020-01-01, 2020-02-01)'],
        ],
      ],
    });
  });

  it('answers rows as plain values', async () => {
    const outcome = await retail.execute(`
      SELECT 1 AS one, NUMERIC '-2.50' AS money, 9007199254740993 AS big, TRUE AS yes, DATE '2024-02-29' AS day,
             DATETIME '2024-02-29 10:00:00.25' AS local, TIMESTAMP '2024-02-29 10:00:00+02' AS moment, TIME '01:02:03' AS clock,
             BIGNUMERIC '0.1' AS exact, [1, 2] AS numbers, STRUCT('a' AS x, NULL AS y) AS pair, JSON '{"a": [1]}' AS js,
             CAST('inf' AS FLOAT64) AS endless, DATE '1960-01-31' AS old, CAST(NULL AS STRING) AS missing, 5`);
    expect(outcome).toMatchObject({
      kind: 'rows',
      rows: [
        [
          ...[1, -2.5, '9007199254740993', true, '2024-02-29', '2024-02-29 10:00:00.25', '2024-02-29 08:00:00+00'],
          ...['01:02:03', 0.1, [1, 2], ['a', null], '{"a":[1]}', 'Infinity', '1960-01-31', null, 5],
        ],
      ],
    });
    expect(outcome.kind === 'rows' && outcome.columns.at(-1)).toBe('f15_');
  });

  it.each([
    [
      'inside another',
      `SELECT name FROM customers WHERE customer_id IN (SELECT customer_id FROM orders WHERE order_id IN
         (SELECT order_id FROM order_lines WHERE discount > 0.1) AND order_id < 8) ORDER BY name`,
    ],
    [
      'that may hold NULL',
      'SELECT COUNT(*) FROM employees WHERE employee_id NOT IN (SELECT manager_id FROM employees)',
    ],
    [
      'without a name for its column',
      "SELECT COUNT(*) FROM orders WHERE 'x' || order_id IN (SELECT 'x' || order_id FROM order_lines)",
    ],
    [
      'that refers to what is around it',
      'SELECT title FROM products AS p WHERE p.stock IN (SELECT l.quantity FROM order_lines AS l WHERE l.product_id = p.product_id) ORDER BY 1',
    ],
    [
      'whose failing branch is never taken',
      "SELECT 1 FROM orders WHERE order_id IN (SELECT IF(order_id > 0, order_id, CAST('x' AS INT64)) FROM orders)",
    ],
  ])('means the same with a subquery of IN %s, which is evaluated once', async (_, sql) => {
    const hoisted = await retail.execute(sql);
    // With a common table expression of its own a statement runs as it is written.
    const { kind, rows } = (await retail.execute(`WITH own AS (SELECT 1) ${sql}`)) as typeof hoisted & { kind: 'rows' };
    expect(kind).toBe('rows');
    expect(hoisted).toMatchObject({ kind, rows });
  });

  it('may name a table with its dataset and project, and reach into its arrays', async () => {
    for (const table of [
      'products',
      'retail.products',
      'project.retail.products',
      '`project.retail.products`',
      '`retail`.products',
    ])
      expect(await retail.execute(`SELECT COUNT(*) FROM ${table} AS p`)).toMatchObject({ rows: [[60]] });
    for (const from of [
      'orders AS o, o.parcels AS parcel',
      'orders, orders.parcels AS parcel',
      'orders AS o, UNNEST(o.parcels) AS parcel',
    ])
      expect(await retail.execute(`SELECT COUNT(parcel.carrier) > 20 FROM ${from}`)).toMatchObject({ rows: [[true]] });
  });

  it.each([
    ['a syntax error', 'SELECT FROM'],
    ['an unknown column', 'SELECT no_such_column FROM orders'],
    ['a UNION without ALL or DISTINCT', 'SELECT 1 UNION SELECT 2'],
    ["another dialect's cast", "SELECT '5'::INT64"],
    ['types that do not compare', "SELECT * FROM orders WHERE order_id = 'x'"],
    ['two columns of one name', 'SELECT order_id, ORDER_ID FROM orders'],
    ['an open quote', "SELECT 'abc"],
  ])('with %s is invalid', async (_, sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'invalid' });
  });

  it.each(['SELECT 1 / 0', "SELECT CAST('x' AS INT64)", 'SELECT [1, 2][OFFSET(5)]', 'SELECT [1, NULL]'])(
    'that fails on its data is a run-time error: %s',
    async (sql) => {
      expect(await retail.execute(sql)).toMatchObject({ kind: 'runtime-error' });
    },
  );

  it.each(['SELECT APPROX_QUANTILES(order_id, 4) FROM orders', "SELECT CONTAINS_SUBSTR('ab', 'a')"])(
    'of BigQuery that this engine lacks is not executable: %s',
    async (sql) => {
      expect(await retail.execute(sql)).toMatchObject({ kind: 'not-executable' });
    },
  );

  it('is cut at the limits of rows and bytes', async () => {
    const many = await retail.execute('SELECT * FROM orders', { maxRows: 3 });
    expect(many.kind === 'rows' && [many.rows.length, many.truncated]).toEqual([3, true]);
    const wide = await retail.execute("SELECT REPEAT('x', 1000) FROM orders", { maxBytes: 10_000 });
    expect(wide.kind === 'rows' && [wide.rows.length, wide.truncated]).toEqual([9, true]);
  });
});

describe.skipIf(!installed)('an attack on the BigQuery engine', () => {
  it.each([
    'DELETE FROM orders WHERE TRUE',
    'INSERT INTO stores (store_id) VALUES (1)',
    "UPDATE orders SET status = 'x' WHERE TRUE",
    'DROP TABLE orders',
    'CREATE TEMP TABLE stolen AS SELECT * FROM orders',
    'CREATE TEMP FUNCTION f() AS (1); SELECT f()',
    "EXPORT DATA OPTIONS (uri = 'gs://bucket/x') AS SELECT 1",
    "LOAD DATA INTO orders FROM FILES (format = 'CSV', uris = ['gs://bucket/x'])",
    'SELECT 1; SELECT 2',
    'SELECT 1 # one\n; DROP TABLE orders',
    'DECLARE x INT64',
    "EXECUTE IMMEDIATE 'SELECT 1'",
    'BEGIN TRANSACTION',
  ])('that would write is refused: %s', async (sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'refused' });
    expect(await retail.execute('SELECT COUNT(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it.each([
    "SELECT * FROM EXTERNAL_QUERY('connection', 'SELECT 1')",
    'SELECT * FROM `/etc/passwd`',
    'SELECT * FROM ML.PREDICT(MODEL m, TABLE orders)',
    'SELECT * FROM INFORMATION_SCHEMA.TABLES',
  ])('that would reach outside does not run: %s', async (sql) => {
    expect((await retail.execute(sql)).kind).toMatch(/^(invalid|not-executable)$/);
  });

  it.each([
    [
      'a recursion without end',
      'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r',
    ],
    ['a product of all tables', 'SELECT COUNT(*) FROM orders a, orders b, orders c, orders d, orders e, orders f'],
    ['a product of arrays', 'SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 16000)), UNNEST(GENERATE_ARRAY(1, 16000))'],
  ])('by %s ends at its limit, and the session answers again', async (_, sql) => {
    const started = performance.now();
    expect((await retail.execute(sql, { timeoutMs: 1_000 })).kind).toMatch(/^(timeout|runtime-error|crash)$/);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await retail.execute('SELECT COUNT(*) FROM orders', { timeoutMs: 20_000 })).toMatchObject({ rows: [[100]] });
  });

  it.each([
    ['one text', "SELECT LENGTH(REPEAT('x', 2000000000))"],
    [
      'doubling',
      "WITH RECURSIVE r AS (SELECT 'x' AS t UNION ALL SELECT CONCAT(t, t) FROM r) SELECT MAX(LENGTH(t)) FROM r",
    ],
    ['a trap of the engine', "SELECT NET.REG_DOMAIN('http://www.example.co.uk')"],
  ])('on memory by %s fails, and the session answers again', async (_, sql) => {
    expect((await retail.execute(sql, { timeoutMs: 3_000 })).kind).not.toBe('rows');
    expect(await retail.execute('SELECT COUNT(*) FROM orders', { timeoutMs: 20_000 })).toMatchObject({ rows: [[100]] });
  });
});

describe.skipIf(!installed)('a BigQuery database', () => {
  it('is described with keys, arrays and fields of structs', async () => {
    const schema = await retail.introspect();
    const column = (table: string, name: string) =>
      schema.tables.find((found) => found.name === table)!.columns.find((found) => found.name === name);
    expect(column('products', 'product_id')).toMatchObject({ nativeType: 'INT64', primaryKey: true, distinct: 60 });
    expect(column('products', 'unit_price')).toMatchObject({ nativeType: 'NUMERIC', type: 'number' });
    expect(column('products', 'tags')).toMatchObject({
      nativeType: 'ARRAY<STRING>',
      type: 'array',
      elementType: 'text',
    });
    expect(column('orders', 'parcels')).toMatchObject({
      nativeType: 'ARRAY<STRUCT<carrier STRING, weight FLOAT64>>',
      elementType: 'struct',
      fields: [
        { name: 'carrier', type: 'text' },
        { name: 'weight', type: 'number' },
      ],
    });
    expect(schema.foreignKeys).toContainEqual({
      table: 'products',
      column: 'supplier_id',
      referencesTable: 'suppliers',
      referencesColumn: 'supplier_id',
    });
  });

  it('names its functions with their types', async () => {
    const functions = await retail.functions();
    expect(functions).toContainEqual({
      name: 'starts_with',
      kind: 'scalar',
      arguments: ['string', 'string'],
      variadic: false,
      returns: 'bool',
    });
    const kindOf = (name: string) => functions.find((found) => found.name === name)?.kind;
    expect(['countif', 'row_number', 'unnest', 'net.host'].map(kindOf)).toEqual([
      'aggregate',
      'window',
      'table',
      'scalar',
    ]);
    expect(kindOf('approx_quantiles')).toBeUndefined();
  });

  it('in a JSON file that is none is wrong input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-json-'));
    const file = join(folder, 'database.json');
    const open = (text: string) => {
      writeFileSync(file, text);
      return openDatabase({ name: 'x', dialect: 'bigquery', url: file }, { pool });
    };
    for (const text of [
      '{',
      '[]',
      '{"tables":[{"name":"t","columns":[["a","nonsense"]],"rows":[]}]}',
      '{"tables":[{"name":"t","columns":[["a","text"]],"rows":[[1,2]]}]}',
    ])
      await expect(open(text)).rejects.toMatchObject({ name: 'InvalidInputError' });
    rmSync(folder, { recursive: true });
  });

  it('says how to get an engine that is missing', async () => {
    const ref = { name: 'retail', dialect: 'bigquery', url: 'sample:retail' };
    await expect(openDatabase(ref, { pool, googlesqlDir: 'nowhere' })).rejects.toMatchObject({
      name: 'MissingDependencyError',
      remedy: expect.stringContaining('npm run setup'),
    });
  });
});

interface Probe {
  accept: { id: string; sql: string; expect: SqlValue[][]; ordered: boolean }[];
  reject: { id: string; sql: string; kind: string }[];
}

describe.skipIf(!installed || !existsSync(probe))('the GoogleSQL probe (skipped where its file is missing)', () => {
  const { accept, reject } = (existsSync(probe) ? JSON.parse(readFileSync(probe, 'utf8')) : {}) as Probe;
  let session: DatabaseSession;
  beforeAll(async () => {
    session = await openDatabase({ name: 'ds', dialect: 'bigquery', url: probe }, { pool });
  });

  it('has every illegal statement rejected, with the right kind', async () => {
    const kinds: Record<string, string> = {};
    for (const { id, sql } of reject) kinds[id] = (await session.execute(sql, { timeoutMs: 20_000 })).kind;
    const expected = Object.fromEntries(
      reject.map(({ id, kind }) => [
        id,
        kind === 'runtime' ? 'runtime-error' : expect.stringMatching(/^(invalid|refused)$/),
      ]),
    );
    expect(kinds).toEqual(expected);
  });

  it('has at least 94 % of the legal statements run, all of those with the expected values', async () => {
    const wrong: string[] = [];
    let run = 0;
    for (const { id, sql, expect: rows, ordered } of accept) {
      const outcome = await session.execute(sql, { timeoutMs: 20_000 });
      if (outcome.kind !== 'rows') continue;
      run += 1;
      if (comparable(outcome.rows, ordered) !== comparable(rows, ordered)) wrong.push(id);
    }
    expect(wrong).toEqual([]);
    expect(run / accept.length).toBeGreaterThanOrEqual(0.94);
  });

  function comparable(rows: SqlValue[][], ordered: boolean): string {
    const rounded = rows.map((row) =>
      JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)),
    );
    return (ordered ? rounded : rounded.sort()).join('\n');
  }
});
