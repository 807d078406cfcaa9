import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { join } from 'node:path';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import type { DatabaseSession, ExecutionOutcome } from '../../core/database.js';
import { readExamples } from '../../core/guides/examples.js';
import { openDatabase } from '../../dialects/open-database.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';
import { projectRoot } from '../../schema/home.js';
import { startMariadb, type MariadbServer } from '../servers/mariadb-server.js';

let server: MariadbServer | null;
let retail: DatabaseSession;
const pool = new DatabasePool();

beforeAll(async () => {
  server = await startMariadb();
  if (server === null) return;
  process.env.MARIADB_URL = server.url;
  retail = await openDatabase({ name: 'retail', dialect: 'mariadb', url: 'sample:retail' }, { pool });
}, 90_000);
afterAll(async () => {
  await pool.close();
  await server?.stop();
});

/** Runs where a server is; elsewhere the test says that it was skipped. */
const onServer = (task: () => Promise<void>) => async (context: TestContext) => {
  if (server === null) return context.skip('No MariaDB server is installed here (mariadbd).');
  await task();
};

describe('MariaDB by address', () => {
  it(
    'describes tables, types, keys and values',
    onServer(async () => {
      const schema = await retail.introspect();
      const products = schema.tables.find(({ name }) => name === 'products')!;
      const typeOf = (name: string) => products.columns.find((column) => column.name === name)?.type;
      expect(schema.tables).toHaveLength(7);
      expect(['product_id', 'title', 'unit_price', 'discontinued', 'details'].map(typeOf)).toEqual([
        ...['integer', 'text', 'number', 'boolean', 'json'],
      ]);
      expect(products.columns[0]).toMatchObject({ primaryKey: true, nullable: false });
      expect(schema.foreignKeys).toContainEqual({
        ...{ table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'customer_id' },
      });
    }),
  );

  it(
    'lists the functions that the server has',
    onServer(async () => {
      const names = (await retail.functions()).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['date_format', 'group_concat', 'json_value']));
    }),
  );

  it.for<[string, ExecutionOutcome['kind']]>([
    ['SELECT COUNT(*) FROM orders', 'rows'],
    ['SELECT nope FROM orders', 'invalid'],
    ['SELECT name, city FROM customers GROUP BY city', 'invalid'],
    ['SELECT (SELECT order_id FROM orders)', 'runtime-error'],
    ['SELECT COUNT(*) FROM orders a, orders b, orders c, orders d, orders e', 'timeout'],
    ['DELETE FROM orders', 'refused'],
    ['SELECT 1; DELETE FROM orders', 'refused'],
    ["SELECT 1 INTO OUTFILE '/tmp/dialectic-outfile'", 'refused'],
    ["SELECT LOAD_FILE('/etc/passwd')", 'refused'],
    ['SELECT SLEEP(60)', 'refused'],
    ['SELECT `SLEEP`(60)', 'refused'],
    ['SELECT /*!99999 1, */ 2', 'refused'],
    ['SELECT /*M! SLEEP(60), */ 2', 'refused'],
    ["SELECT GET_LOCK('x', 1)", 'refused'],
    ['SELECT BENCHMARK(1000000000, MD5(1))', 'refused'],
    ['SELECT @a := COUNT(*) FROM orders', 'refused'],
    ['SET max_statement_time = 0', 'refused'],
    ['SET STATEMENT max_statement_time = 0 FOR SELECT 1', 'refused'],
    ['SELECT * FROM orders FOR UPDATE', 'refused'],
    ['SELECT * FROM mysql.user', 'refused'],
    ['SELECT * FROM orders PROCEDURE ANALYSE()', 'refused'],
  ])('%s is %s', ([sql, kind], context) =>
    onServer(async () => {
      expect((await retail.execute(sql, { timeoutMs: 1_000 })).kind).toBe(kind);
    })(context),
  );

  it(
    'stops at the limit of rows, and goes on afterwards',
    onServer(async () => {
      expect(await retail.execute('SELECT * FROM orders', { maxRows: 5 })).toMatchObject({ truncated: true });
      expect(await retail.execute('SELECT COUNT(*) FROM orders')).toMatchObject({ rows: [[100]] });
    }),
  );

  it(
    'runs every example of its guides, and each returns something',
    onServer(async () => {
      const fixture = join(projectRoot(), 'dialects', 'guides-fixture.json');
      const session = await openDatabase({ name: 'guides', dialect: 'mariadb', url: fixture }, { pool });
      const faults: string[] = [];
      for (const { id, text, teaches } of await readBuiltInGuides('mariadb')) {
        const examples = readExamples(text);
        const shown = examples.map(({ sql }) => sql.toUpperCase()).join('\n');
        faults.push(...teaches.filter((term) => !shown.includes(term)).map((term) => `${id} does not show ${term}`));
        for (const { sql } of examples) {
          const outcome = await session.execute(sql, { timeoutMs: 20_000 });
          const something = outcome.kind === 'rows' && outcome.rows.some((row) => row.some((value) => value !== null));
          if (!something) faults.push(`${id}: ${outcome.kind}\n  ${sql}`);
        }
      }
      expect(faults).toEqual([]);
    }),
  );
});
