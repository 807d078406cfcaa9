import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSession } from '../../core/database.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { loadConfig } from '../../schema/config.js';

const folder = mkdtempSync(join(tmpdir(), 'dialectic-postgres-'));
const pool = new DatabasePool();
const adminUrl = loadConfig().postgres!.url;
let retail: DatabaseSession;
let bank: DatabaseSession;
/** The same kind of session on a user's own URL, whose role is a superuser: only the guard and the transaction protect it. */
let own: DatabaseSession;
const ownDatabase = `own_${process.pid}`;

async function asAdmin<T>(sql: string, url = adminUrl): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as T[];
}

const urlOf = (database: string): string => Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href;
const postgres = (name: string, url = `sample:${name}`) => openDatabase({ name, dialect: 'postgres', url }, { pool });
const scratchSchema = async (name: string): Promise<string> => {
  const rows = await asAdmin<{ nspname: string }>(
    `SELECT nspname FROM pg_namespace WHERE nspname LIKE '${name}\\_%' ORDER BY oid DESC`,
    urlOf('dialectic_scratch'),
  );
  return rows[0]!.nspname;
};

beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${ownDatabase}`);
  await asAdmin('CREATE TABLE orders AS SELECT n AS order_id FROM generate_series(1, 100) n', urlOf(ownDatabase));
  [retail, bank, own] = await Promise.all([postgres('retail'), postgres('bank'), postgres('own', urlOf(ownDatabase))]);
});
afterAll(async () => {
  await pool.close();
  await asAdmin(`DROP DATABASE ${ownDatabase} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});

describe('a PostgreSQL statement', () => {
  it('answers rows as plain values', async () => {
    const outcome = await retail.execute(`
      SELECT 1 AS one, 2.50::numeric AS money, 9007199254740993 AS big, true AS yes, DATE '2024-02-29' AS day,
             TIMESTAMP '2024-02-29 10:00:00' AS moment, TIMESTAMPTZ '2024-02-29 10:00:00+02' AS zoned, INTERVAL '3 days' AS span,
             ARRAY['a', NULL, 'b "c"'] AS texts, ARRAY[[1, 2], [3, 4]] AS matrix, '{"a": [1]}'::jsonb AS json, NULL AS nothing`);
    expect(outcome).toMatchObject({
      kind: 'rows',
      rows: [
        [
          1,
          2.5,
          '9007199254740993',
          true,
          '2024-02-29',
          '2024-02-29 10:00:00',
          '2024-02-29 08:00:00+00',
          '3 days',
          ['a', null, 'b "c"'],
          [
            [1, 2],
            [3, 4],
          ],
          '{"a": [1]}',
          null,
        ],
      ],
    });
  });

  it.each([
    ['a syntax error', 'SELECT FROM WHERE'],
    ['an unknown column', 'SELECT no_such_column FROM orders'],
    ['a column neither grouped nor aggregated', 'SELECT status, customer_id FROM orders GROUP BY status'],
    ['types that do not compare', 'SELECT * FROM orders WHERE ordered_at > 5'],
    ['an open quote', "SELECT 'abc"],
  ])('with %s is invalid', async (_, sql) => {
    expect(await retail.execute(sql)).toMatchObject({ kind: 'invalid' });
  });

  it.each(['SELECT 1 / 0', 'SELECT (SELECT order_id FROM orders)', "SELECT to_date('x', 'YYYY')"])(
    'that fails on its data is a run-time error: %s',
    async (sql) => {
      expect(await retail.execute(sql)).toMatchObject({ kind: 'runtime-error' });
    },
  );

  it('is cut at the limits of rows and bytes', async () => {
    const many = await retail.execute('SELECT n FROM generate_series(1, 100000) n', { maxRows: 1_234 });
    expect(many.kind === 'rows' && [many.rows.length, many.truncated]).toEqual([1_234, true]);
    const wide = await retail.execute("SELECT repeat('x', 1000) FROM generate_series(1, 100) n", { maxBytes: 10_000 });
    expect(wide.kind === 'rows' && [wide.rows.length, wide.truncated]).toEqual([9, true]);
  });

  it('may be WITH, VALUES or TABLE, in parentheses, with a comment and a semicolon at its end', async () => {
    for (const sql of ['WITH x AS (SELECT 1) SELECT * FROM x', 'VALUES (1)', '(SELECT 1)', 'SELECT 1 -- one\n;'])
      expect(await retail.execute(sql)).toMatchObject({ rows: [[1]] });
    expect(await retail.execute('TABLE suppliers')).toMatchObject({ kind: 'rows' });
  });
});

const writes = [
  'DELETE FROM orders',
  'WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone',
  'WITH more AS (INSERT INTO orders DEFAULT VALUES RETURNING 1) SELECT * FROM more',
  'SELECT * INTO stolen FROM orders',
  'CREATE TABLE stolen AS SELECT * FROM orders',
  'CREATE TEMP TABLE stolen (a int)',
  'SELECT * FROM orders FOR UPDATE',
  'LOCK TABLE orders',
  'SELECT lo_create(0)',
  "SELECT lo_from_bytea(0, 'x')",
  "SELECT nextval('s')",
  "SELECT setval('s', 1)",
  'WITH a AS MATERIALIZED (UPDATE orders SET order_id = 0 RETURNING 1) TABLE a',
  'SELECT * FROM (WITH d AS (DELETE FROM orders RETURNING 1) SELECT * FROM d) AS x',
  'SELECT * FROM orders FOR NO KEY UPDATE SKIP LOCKED',
  'SELECT * FROM orders FOR SHARE',
  'MERGE INTO orders USING orders AS o ON true WHEN MATCHED THEN DELETE',
  'TRUNCATE orders',
  'CALL something()',
  'VACUUM orders',
  'CREATE EXTENSION dblink',
  "SELECT lo_put(1, 0, 'x')",
  'SELECT lo_unlink(1)',
  'SELECT txid_current()',
  'SELECT pg_current_xact_id()',
  'SELECT pg_stat_reset()',
  'SELECT pg_stat_force_next_flush()',
  'SELECT pg_switch_wal()',
  'SELECT pg_promote()',
  "SELECT pg_create_restore_point('x')",
  "SELECT pg_logical_emit_message(true, 'a', 'b')",
  "SELECT pg_import_system_collations('pg_catalog')",
];
const files = [
  `COPY orders TO PROGRAM 'touch ${folder}/program'`,
  `COPY (SELECT 1) TO '${folder}/copied'`,
  "COPY orders FROM '/etc/passwd'",
  "SELECT pg_read_file('/etc/passwd')",
  "SELECT pg_read_binary_file('/etc/passwd')",
  "SELECT * FROM pg_ls_dir('/')",
  "SELECT pg_stat_file('/etc/passwd')",
  "SELECT lo_import('/etc/passwd')",
  `SELECT lo_export(1, '${folder}/exported')`,
  "SELECT * FROM dblink('dbname=postgres', 'SELECT 1') AS t(a int)",
  'SELECT * FROM pg_hba_file_rules',
  'SELECT passwd FROM pg_shadow',
  'SELECT * FROM pg_user_mappings',
  'SELECT * FROM pg_file_settings',
  'SELECT * FROM pg_show_all_file_settings()',
  'SELECT * FROM pg_ls_logdir()',
  'SELECT pg_current_logfile()',
  'SELECT data FROM pg_largeobject',
  'SELECT loread(1, 100)',
  "LOAD 'auto_explain'",
  'COPY orders TO STDOUT',
];
const settings = [
  'SET statement_timeout = 0',
  "SELECT set_config('statement_timeout', '0', false)",
  "SELECT pg_catalog . /* hidden */ SET_CONFIG('transaction_read_only', 'off', false)",
  'RESET ALL',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'DO $$ BEGIN PERFORM pg_sleep(60); END $$',
  'EXPLAIN ANALYZE SELECT 1',
  'PREPARE p AS SELECT 1',
  'LISTEN channel',
  "SELECT pg_notify('channel', 'x')",
  'SELECT 1; SELECT 2',
  'SELECT 1; COMMIT; DROP TABLE orders',
  "SELECT E'\\'; SELECT 2 --'; DROP TABLE orders",
  'SELECT $a$ $a$; DROP TABLE orders',
  'SELECT 1 /* /* */ */; DROP TABLE orders',
  'SELECT "a;b"; DROP TABLE orders',
  'SET ROLE postgres',
  'SHOW data_directory',
  'DISCARD ALL',
  'FETCH ALL FROM result',
  'CLOSE result',
  'DECLARE c CURSOR FOR SELECT 1',
  'EXPLAIN (ANALYZE) DELETE FROM orders',
  'SELECT pg_export_snapshot()',
];
const waits = [
  'SELECT pg_sleep(60)',
  'SELECT "pg_sleep"(60)',
  'SELECT pg_catalog./* */PG_SLEEP(60)',
  'SELECT U&"pg\\005fsleep"(60)',
  "SELECT pg_sleep_for('1 minute')",
  "SELECT query_to_xml('SELECT pg_sleep(60)', true, true, '')",
  'SELECT pg_advisory_lock(1)',
  'SELECT pg_try_advisory_lock(1)',
  'SELECT pg_terminate_backend(pg_backend_pid())',
  'SELECT pg_cancel_backend(pid) FROM pg_stat_activity',
  'SELECT pg_reload_conf()',
  'SELECT pg_log_backend_memory_contexts(pg_backend_pid())',
  'SELECT * FROM ROWS FROM (pg_sleep(60)) AS s',
  'SELECT 1 WHERE (SELECT true FROM (SELECT pg_sleep(60)) AS s)',
  `SELECT U&"pg!005fsleep" UESCAPE '!' (60)`,
  'SELECT pg_advisory_xact_lock(1)',
  'SELECT pg_advisory_unlock_all()',
  "SELECT schema_to_xml('public', true, false, '')",
  "SELECT query_to_xmlschema('SELECT pg_sleep(60)', true, true, '')",
  "SELECT ts_stat('SELECT pg_sleep(60)')",
  "SELECT ts_rewrite('a'::tsquery, 'SELECT pg_sleep(60)')",
];
/** Code that a lexer with other habits than the server's would take for a comment or a text. */
const hidden = [
  'SELECT 1 -- comment\r, pg_sleep(60)',
  'SELECT 1 AS x\u00a0$a$, pg_sleep(60) AS y\u00a0$a$',
  "SELECT E'a'\n'x\\'' || pg_sleep(60)::text || 'q' --'",
  "SELECT E'a' -- more\n'x\\'' || pg_sleep(60)::text || 'q' --'",
  'SELECT 1 AS x$a$, pg_sleep(60) AS y$a$',
  'SELECT /*/ */ pg_sleep(60) --*/',
];

describe.each([
  ['a role that can only read', () => retail],
  ["a user's own URL with a superuser's role", () => own],
] as const)('an attack on PostgreSQL through %s', (_, session) => {
  it.each([...writes, ...files, ...settings, ...waits, ...hidden])('is refused: %s', async (sql) => {
    const started = performance.now();
    const outcome = await session().execute(sql, { timeoutMs: 2_000 });
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await session().execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      'a recursion without end',
      'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r',
    ],
    ['a product of series', 'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b'],
    [
      'rows that come slowly',
      'SELECT (SELECT count(*) FROM generate_series(1, 200000 + n)) FROM generate_series(1, 100000) n',
    ],
    ['a pattern that backtracks', "SELECT repeat('a', 50021) ~ '^(aa+)\\1+$'"],
    [
      'a text that doubles',
      "WITH RECURSIVE r(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r",
    ],
    ['an array of a huge series', 'SELECT array_agg(n) FROM generate_series(1, 1000000000) n'],
    ['numbers of many digits', 'SELECT lcm(10::numeric ^ 40000 + 1, 7::numeric ^ 40000 + 3)'],
    [
      'XML that unfolds',
      `SELECT xmlparse(DOCUMENT '<!DOCTYPE l [<!ENTITY a "${'a'.repeat(100)}">${[...'bcdefgh']
        .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefgh'[i]};`.repeat(10)}">`)
        .join('')}]><l>&h;</l>')`,
    ],
  ])('by %s ends at its limit', async (_, sql) => {
    const started = performance.now();
    expect((await session().execute(sql, { timeoutMs: 500 })).kind).toMatch(/^(timeout|runtime-error|invalid)$/);
    expect(performance.now() - started).toBeLessThan(6_000);
    expect(await session().execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });

  it('by XML that names a file reads nothing', async () => {
    const outcome = await session().execute(
      `SELECT xmlparse(DOCUMENT '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]><a>&c;</a>')`,
    );
    expect(JSON.stringify(outcome)).not.toContain('root:');
  });

  it('by a huge result does not fell the session', async () => {
    const sql = "SELECT repeat('x', 50000000) FROM generate_series(1, 100)";
    expect((await session().execute(sql, { timeoutMs: 3_000 })).kind).toMatch(/^(rows|timeout|crash|runtime-error)$/);
    expect(await session().execute('SELECT count(*) FROM orders')).toMatchObject({ rows: [[100]] });
  });
});

describe('after attacks on PostgreSQL', () => {
  it('nothing runs on, is locked, or was made', async () => {
    const stolen = "SELECT relname FROM pg_class WHERE relname = 'stolen'";
    const left = `SELECT pid FROM pg_stat_activity WHERE application_name = 'dialectic reader' AND state = 'active'`;
    const locks = "SELECT * FROM pg_locks WHERE locktype = 'advisory'";
    for (const url of [urlOf('dialectic_scratch'), urlOf(ownDatabase)])
      expect([await asAdmin(stolen, url), await asAdmin(left, url), await asAdmin(locks, url)]).toEqual([[], [], []]);
  });
});

describe("a database's own settings", () => {
  it('do not make backslashes hide code from the guard', async () => {
    await asAdmin(`ALTER DATABASE ${ownDatabase} SET standard_conforming_strings = off`);
    const session = await postgres('changed', urlOf(ownDatabase));
    expect(await session.execute("SELECT '\\'")).toMatchObject({ rows: [['\\']] });
    await session.close();
  });
});

describe('the scratch database', () => {
  it("keeps a sample from another sample's role", async () => {
    const schema = await scratchSchema('bank');
    expect(await retail.execute(`SELECT count(*) FROM "${schema}".accounts`)).toMatchObject({ kind: 'refused' });
    expect(await bank.execute('SELECT count(*) FROM accounts')).toMatchObject({ kind: 'rows' });
  });

  it('gives a role that cannot write even outside of the guard', async () => {
    const schema = await scratchSchema('retail');
    const reader = new pg.Client({ connectionString: adminUrl.replace(/\/[^/]*$/, '/dialectic_scratch') });
    await reader.connect();
    await reader.query(`SET ROLE "${schema}"`);
    await reader.query('SET default_transaction_read_only = off');
    for (const sql of [
      `DELETE FROM "${schema}".orders`,
      'CREATE TABLE public.x (a int)',
      'CREATE TEMP TABLE x (a int)',
      `CREATE TABLE "${schema}".x (a int)`,
      `COPY (SELECT 1) TO PROGRAM 'touch ${folder}/program'`,
      "SELECT pg_read_file('/etc/passwd')",
    ])
      await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
    await reader.end();
    expect(existsSync(join(folder, 'program'))).toBe(false);
  });

  it('loads a sample once, whoever asks at the same time', async () => {
    const sessions = await Promise.all(
      [1, 2, 3, 4].map(() => postgres('library', `sample:library?seed=${process.pid}`)),
    );
    for (const session of sessions) {
      expect(await session.execute('SELECT count(*) FROM books')).toMatchObject({ rows: [[90]] });
      await session.close();
    }
  });
});

describe('a PostgreSQL database', () => {
  it('is described with keys, array types and samples', async () => {
    const schema = await retail.introspect();
    const products = schema.tables.find(({ name }) => name === 'products')!;
    expect(products.columns.map(({ name, nativeType }) => `${name} ${nativeType}`)).toEqual([
      'product_id integer',
      'title text',
      'category text',
      'supplier_id integer',
      'unit_price numeric(12,2)',
      'stock integer',
      'weight double precision',
      'discontinued boolean',
      'tags text[]',
      'details jsonb',
    ]);
    expect(products.columns[8]).toMatchObject({ type: 'array', elementType: 'text' });
    expect(products.columns[0]).toMatchObject({ primaryKey: true, nullable: false, distinct: 60 });
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
      name: 'date_trunc',
      kind: 'scalar',
      arguments: ['text', 'timestamp without time zone'],
      variadic: false,
      returns: 'timestamp without time zone',
    });
    const names = new Set(functions.map(({ name }) => name));
    expect(['lower', 'sum', 'rank', 'generate_series', 'jsonb_each'].filter((name) => !names.has(name))).toEqual([]);
    expect(['pg_sleep', 'set_config', 'lo_import', 'int4eq', 'textin'].filter((name) => names.has(name))).toEqual([]);
  });

  it('that is not there is unreachable', async () => {
    const nobody = 'postgres://nobody:x@127.0.0.1:1/none';
    await expect(postgres('x', nobody)).rejects.toMatchObject({ name: 'UnreachableError' });
    await expect(postgres('x', 'mysql://somewhere')).rejects.toMatchObject({ name: 'InvalidInputError' });
    const ref = { name: 'retail', dialect: 'postgres', url: 'sample:retail' };
    await expect(openDatabase(ref, { pool, postgresUrl: nobody })).rejects.toMatchObject({
      name: 'UnreachableError',
      remedy: expect.stringContaining('dialectic up'),
    });
  });
});
