import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSession, FunctionSignature } from '../../core/database.js';
import { queryFunctions } from '../../core/metrics/catalogue-coverage.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { sqliteSignatures } from '../../dialects/sqlite/signatures.js';
import { sqliteFile } from '../support/sqlite-file.js';

const spider = '../shared/data/spider/database';
const pool = new DatabasePool();
let retail: DatabaseSession;

beforeAll(async () => {
  retail = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' }, { pool });
});
afterAll(() => pool.close());

describe('a SQLite statement', () => {
  it('answers rows with their columns', async () => {
    const outcome = await retail.execute("SELECT 7 AS seven, 'a' AS letter, NULL AS missing, 1.5 AS half");
    expect(outcome).toMatchObject({
      kind: 'rows',
      columns: ['seven', 'letter', 'missing', 'half'],
      rows: [[7, 'a', null, 1.5]],
      truncated: false,
    });
  });

  it('gives integers that JSON would change, and infinity, as text', async () => {
    const outcome = await retail.execute('SELECT 9007199254740993, 9e999');
    expect(outcome).toMatchObject({ rows: [['9007199254740993', 'Infinity']] });
  });

  it.each([
    ['a syntax error', 'SELECT FROM'],
    ['an unknown column', 'SELECT no_such_column FROM orders'],
    ['an unknown function', 'SELECT date_trunc(1, 2)'],
    ['nothing', '  -- only a comment'],
  ])('with %s is invalid', async (_, sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'invalid' });
  });

  it('that fails on its data is a run-time error', async () => {
    expect(await retail.execute("SELECT json_extract('{', '$.a')")).toMatchObject({ kind: 'runtime-error' });
  });

  it('is cut at the limit of rows', async () => {
    const outcome = await retail.execute('SELECT * FROM orders', { maxRows: 3 });
    expect(outcome).toMatchObject({ kind: 'rows', truncated: true });
    expect(outcome.kind === 'rows' && outcome.rows.length).toBe(3);
  });

  it('is cut at the limit of bytes', async () => {
    const sql = "SELECT printf('%.*c', 1000, 'x') FROM orders";
    const outcome = await retail.execute(sql, { maxBytes: 10_000 });
    expect(outcome.kind === 'rows' && [outcome.truncated, outcome.rows.length]).toEqual([true, 9]);
  });

  it('may put text in double quotes, as stock SQLite allows', async () => {
    expect(await retail.execute('SELECT count(*) > 0 FROM orders WHERE status = "paid"')).toMatchObject({
      rows: [[1]],
    });
  });
});

describe('an attack on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-sqlite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    'DELETE FROM orders',
    "UPDATE orders SET status = 'x' RETURNING *",
    'INSERT INTO stores SELECT * FROM stores RETURNING *',
    'WITH x AS (SELECT 1) DELETE FROM orders RETURNING *',
    'DROP TABLE orders',
    'CREATE TABLE stolen AS SELECT * FROM customers',
    'CREATE TEMP TABLE stolen AS SELECT * FROM customers',
    `ATTACH DATABASE '${folder}/attached.db' AS a`,
    `VACUUM INTO '${folder}/copy.db'`,
    'PRAGMA writable_schema = 1',
    'PRAGMA query_only = 0',
    'PRAGMA hard_heap_limit = 0',
    'PRAGMA database_list',
    'SELECT * FROM pragma_database_list',
    "SELECT * FROM sqlite_dbpage('main')",
    'SELECT 1; SELECT 2',
    'SELECT 1; DELETE FROM orders',
    'SELECT 1 /* */ ; -- ;\n DROP TABLE orders',
    'EXPLAIN SELECT * FROM orders',
    'BEGIN EXCLUSIVE',
    'SAVEPOINT s',
  ])('that would write or look around is refused: %s', async (sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'refused' });
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    "SELECT load_extension('/lib/x86_64-linux-gnu/libc.so.6')",
    "SELECT readfile('/etc/passwd')",
    `SELECT writefile('${folder}/written', 'x')`,
    "SELECT fts3_tokenizer('simple')",
    "SELECT edit('x', 'sh')",
  ])('by a function that reaches outside finds no such function: %s', async (sql) => {
    expect((await retail.execute(sql)).kind).toMatch(/^(invalid|refused)$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      'a recursion without end',
      'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r',
    ],
    ['a product of all tables', 'SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f'],
    ['a search that is a single step', "SELECT instr(hex(zeroblob(9000000)), hex(zeroblob(4000000)) || '1')"],
  ])('by %s ends at its limit, and the session answers again', async (_, sql) => {
    const started = performance.now();
    expect(await retail.execute(sql, { timeoutMs: 500 })).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await retail.execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it.each([
    ['one value', 'SELECT length(randomblob(900000000))'],
    ['one text', "SELECT length(printf('%.*c', 900000000, 'x'))"],
    [
      'a sort',
      `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 4000)
       SELECT count(*) FROM (SELECT randomblob(1000000) AS b FROM r ORDER BY b)`,
    ],
  ])('on memory by %s fails, and the session answers again', async (_, sql) => {
    expect((await retail.execute(sql)).kind).toMatch(/^(runtime-error|timeout|crash)$/);
    expect(await retail.execute('SELECT 1')).toMatchObject({ rows: [[1]] });
  });

  it('on the parser by deep nesting is invalid', async () => {
    const sql = `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
    expect((await retail.execute(sql)).kind).toMatch(/^(invalid|crash)$/);
    expect(await retail.execute('SELECT 1')).toMatchObject({ rows: [[1]] });
  });
});

describe('a SQLite database', () => {
  it('is opened again where a child keeps fewer open than are asked for', async () => {
    const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
    const open = (seed: number) =>
      openDatabase({ name: `bank ${seed}`, dialect: 'sqlite', url: `sample:bank?seed=${seed}` }, { pool });
    const sessions = await Promise.all(seeds.map(open));
    const balances = new Set<unknown>();
    for (const session of sessions) {
      const outcome = await session.execute('SELECT sum(balance) FROM accounts');
      balances.add(outcome.kind === 'rows' && outcome.rows[0]![0]);
      await session.close();
    }
    expect(balances.size).toBe(30);
  });

  it('is described with keys, shares of NULL and samples', async () => {
    const schema = await retail.introspect();
    const products = schema.tables.find(({ name }) => name === 'products')!;
    expect(products.rows).toBe(60);
    expect(products.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'product_id integer',
      'title text',
      'category text',
      'supplier_id integer',
      'unit_price number',
      'stock integer',
      'weight number',
      'discontinued boolean',
      'tags json',
      'details json',
    ]);
    expect(products.columns[0]).toMatchObject({ primaryKey: true, nullable: false, distinct: 60, nullRate: 0 });
    expect(products.columns[6]!.nullRate).toBeGreaterThan(0);
    expect(schema.foreignKeys).toContainEqual({
      table: 'products',
      column: 'supplier_id',
      referencesTable: 'suppliers',
      referencesColumn: 'supplier_id',
    });
  });

  it('names its functions', async () => {
    const functions = await retail.functions();
    const kindOf = (name: string) => functions.find((found) => found.name === name)?.kind;
    expect(['upper', 'sum', 'row_number', 'json_each'].map(kindOf)).toEqual(['scalar', 'aggregate', 'window', 'table']);
    expect(kindOf('load_extension')).toBeUndefined();
  });

  it('has a documented signature of every function that a query may call, and calls no other', async () => {
    const functions = await retail.functions();
    const asked = new Set(queryFunctions(functions, sqlite));
    const key = (signature: FunctionSignature) => JSON.stringify(signature);
    const known = new Set(sqliteSignatures.map(key));
    const guessed = functions.filter(
      (signature) => asked.has(signature.name.toUpperCase()) && !known.has(key(signature)),
    );
    expect(guessed).toEqual([]);
    const reported = new Set(functions.map(key));
    const invented = sqliteSignatures.filter((signature) => !reported.has(key(signature)));
    expect(invented).toEqual([]);
    expect(functions.find(({ name }) => name === 'strftime')).toMatchObject({ arguments: ['text'], returns: 'text' });
  });

  it('that does not exist is not found, and one that is none cannot be read', async () => {
    const open = (url: string) => openDatabase({ name: 'x', dialect: 'sqlite', url }, { pool });
    await expect(open('no/such/file.sqlite')).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(open('LICENSE')).rejects.toMatchObject({
      name: 'UnreachableError',
      remedy: expect.stringContaining('file'),
    });
    await expect(open('sample:nowhere')).rejects.toMatchObject({
      name: 'NotFoundError',
      remedy: expect.stringContaining('retail'),
    });
  });
});

describe('a SQLite file that others write to', () => {
  it('is read anew once it has changed, and meanwhile serves what was there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-written-'));
    const file = join(folder, 'shop.sqlite');
    const write = async (script: string): Promise<void> => writeFileSync(file, await sqliteFile(script));
    await write('CREATE TABLE items (id INTEGER); INSERT INTO items VALUES (1)');
    const session = await openDatabase({ name: 'shop', dialect: 'sqlite', url: file }, { pool });
    const ids = async (): Promise<unknown> => session.execute('SELECT id FROM items');
    expect(await ids()).toMatchObject({ rows: [[1]] });

    writeFileSync(file, 'half written');
    await looksAgain();
    expect(await ids()).toMatchObject({ rows: [[1]] });

    await write('CREATE TABLE items (id INTEGER); CREATE TABLE more (id INTEGER); INSERT INTO items VALUES (1), (2)');
    await looksAgain();
    expect(await ids()).toMatchObject({ rows: [[1], [2]] });
    expect((await session.introspect()).tables.map(({ name }) => name)).toEqual(['items', 'more']);

    rmSync(folder, { recursive: true });
    await looksAgain();
    expect(await ids()).toMatchObject({ rows: [[1], [2]] });
    await session.close();
  });

  const looksAgain = (): Promise<void> => sleep(1_100);
});

describe.skipIf(!existsSync(spider))("a SQLite file (skipped where Spider's files are missing)", () => {
  it('is found in a folder of its name, and is the same after attacks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-spider-'));
    mkdirSync(join(folder, 'car_1'));
    const file = join(folder, 'car_1', 'car_1.sqlite');
    copyFileSync(join(spider, 'car_1', 'car_1.sqlite'), file);
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
    const before = hash();
    const session = await openDatabase({ name: 'car_1', dialect: 'sqlite', url: folder }, { pool });
    expect(await session.execute('SELECT count(*) FROM car_names')).toMatchObject({ rows: [[406]] });
    for (const sql of ['DELETE FROM car_names', 'PRAGMA journal_mode = WAL', 'DROP TABLE car_names', 'VACUUM']) {
      expect(await session.execute(sql)).toMatchObject({ kind: 'refused' });
    }
    expect(hash()).toBe(before);
    expect(readdirSync(join(folder, 'car_1'))).toEqual(['car_1.sqlite']);
    await session.close();
    rmSync(folder, { recursive: true });
  });

  it("of any of Spider's databases can be described", async () => {
    const names = readdirSync(spider).filter((name) => existsSync(join(spider, name, `${name}.sqlite`)));
    const sessions = await Promise.all(
      names.map((name) => openDatabase({ name, dialect: 'sqlite', url: join(spider, name) }, { pool })),
    );
    for (const session of sessions) {
      const { tables } = await session.introspect();
      expect(tables.length).toBeGreaterThan(0);
      await session.close();
    }
  });
});
