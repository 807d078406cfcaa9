import { describe, expect, it } from 'vitest';
import { hasDdl, readDdl } from '../../core/ddl/read-ddl.js';

const columnsOf = (ddl: string) =>
  readDdl(ddl).tables.map(({ name, columns }) => [name, columns.map((column) => `${column.name} ${column.type}`)]);

describe('definitions of tables', () => {
  it('are read with types, keys and what may be null', () => {
    const { tables, foreignKeys } = readDdl(`
      CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(40) NOT NULL, born DATE DEFAULT (date('now')), rate DECIMAL(10, 2));
      CREATE TABLE IF NOT EXISTS "orders" (
        id SERIAL, customer_id INT REFERENCES customers, "placed at" timestamp with time zone, -- a comment, with a comma
        PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY (id) REFERENCES public.customers (id) ON DELETE CASCADE);`);
    expect(tables.map(({ name }) => name)).toEqual(['customers', 'orders']);
    expect(tables[0]!.columns).toMatchObject([
      { name: 'id', type: 'integer', primaryKey: true, nullable: false },
      { name: 'name', type: 'text', nativeType: 'VARCHAR ( 40 )', nullable: false, primaryKey: false },
      { name: 'born', type: 'date', nullable: true },
      { name: 'rate', type: 'number' },
    ]);
    expect(tables[1]!.columns).toMatchObject([
      { name: 'id', type: 'integer', primaryKey: true },
      { name: 'customer_id', type: 'integer', primaryKey: false },
      { name: 'placed at', type: 'timestamp' },
    ]);
    expect(foreignKeys).toEqual([
      { table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'id' },
      { table: 'orders', column: 'id', referencesTable: 'customers', referencesColumn: 'id' },
    ]);
  });

  it('are read in the words of every dialect, and with text around them', () => {
    expect(columnsOf('Answer in SQL.\n\nCREATE TABLE head (age INTEGER)\n\nBe brief.')).toEqual([
      ['head', ['age integer']],
    ]);
    expect(
      columnsOf("CREATE TABLE `a`.`b` (`k` ENUM('x,y', 'z') COMMENT 'one, two', UNIQUE KEY u (`k`)) ENGINE=InnoDB"),
    ).toEqual([['b', ['k text']]]);
    expect(
      columnsOf('CREATE OR REPLACE TABLE d.t (s STRUCT<a INT64, b STRING>, l ARRAY<INT64>, n NUMERIC, g GEOGRAPHY)'),
    ).toEqual([['t', ['s struct', 'l array', 'n number', 'g other']]]);
    expect(columnsOf('create temp table [t] ([order] nvarchar(max), key int, x)')).toEqual([
      ['t', ['order text', 'key integer', 'x text']],
    ]);
  });

  it('are none where no column is defined', () => {
    for (const text of [
      'Which CREATE TABLE did he write?',
      'CREATE TABLE t AS SELECT 1',
      'CREATE TABLE t ()',
      'CREATE TABLE',
    ]) {
      expect(() => readDdl(text)).toThrow('The text defines no table with columns.');
    }
    expect(hasDdl('create a table')).toBe(false);
    expect(columnsOf("Here's what there is: CREATE TABLE t (a int). It's all.")).toEqual([['t', ['a integer']]]);
    expect(hasDdl('create global temporary table t (a int)')).toBe(true);
  });

  it('are read in time that grows with their length alone', () => {
    const begun = performance.now();
    for (const text of ['CREATE TABLE t (', "'", '/*', '(', 'a,', 'CREATE TABLE t (a REFERENCES ', '[']) {
      try {
        readDdl(`CREATE TABLE x (a int); ${text.repeat(60_000 / text.length)}`);
      } catch {
        // Refusing is as good.
      }
    }
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
