import { describe, expect, it } from 'vitest';
import { closestNames, editDistance } from '../../core/answer/edit-distance.js';
import { chooseByExecution } from '../../core/answer/execution-guided.js';
import { applyValues, matchValues } from '../../core/answer/found-values.js';
import { unlinkedWords } from '../../core/answer/linked-words.js';
import { phrasesOf } from '../../core/answer/phrases.js';
import { unknownName } from '../../core/answer/unknown-name.js';
import { columnsToSearch, nearValuesQuery, sameValuesQuery } from '../../core/answer/value-queries.js';
import type { Column, DatabaseSchema, ExecutionOutcome, SqlValue } from '../../core/database.js';
import { linkQuestion } from '../../core/prompt/link-question.js';
import { guard } from '../../core/sql/guard.js';
import { parse } from '../../core/sql/parser.js';
import { dialects } from '../../dialects/registry.js';
import { sampleTokens } from '../../adapters/onnx/sample-token.js';

const column = (name: string, type: Column['type'], samples: SqlValue[] = [], distinct = samples.length): Column => ({
  ...{ name, type, nativeType: type, nullable: true, primaryKey: name === 'id', distinct, nullRate: 0, samples },
});
const schema: DatabaseSchema = {
  ...{ name: 'shop', dialect: 'sqlite' },
  tables: [
    {
      ...{ name: 'customers', rows: 900 },
      columns: [
        column('id', 'integer'),
        column('name', 'text', ['Ann Lee'], 900),
        column('city', 'text', ['New York', 'Prague']),
      ],
    },
    {
      name: 'orders',
      rows: 70_000,
      columns: [column('id', 'integer'), column('customer_id', 'integer'), column('status', 'text', ['open'])],
    },
  ],
  foreignKeys: [{ table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'id' }],
};

describe('the vote by results', () => {
  const rows = (...values: SqlValue[]): ExecutionOutcome => ({
    ...{ kind: 'rows', columns: ['a'], rows: values.map((value) => [value]), truncated: false, ms: 1 },
  });
  const results: Record<string, ExecutionOutcome> = {
    one: rows(1),
    'one again': rows(1),
    two: rows(2),
    up: rows(1, 2),
    down: rows(2, 1),
    cut: { ...rows(1), truncated: true } as ExecutionOutcome,
    bad: { kind: 'invalid', message: 'no', ms: 1 },
    slow: { kind: 'timeout', message: 'slow', ms: 9 },
  };
  const choose = async (statements: string[], ordered = false) => {
    const ran: string[] = [];
    const run = (sql: string) => (ran.push(sql), Promise.resolve(results[sql]!));
    const tried = await chooseByExecution({ statements, run, orders: () => ordered });
    return { first: tried[0]!.sql, votes: tried[0]!.votes, order: tried.map(({ sql }) => sql), ran };
  };

  it('takes the first that does not fail', async () => {
    expect(await choose(['bad', 'slow', 'two'])).toMatchObject({ first: 'two', votes: 1 });
  });
  it('takes the result that most samples agree on, in whatever words', async () => {
    expect(await choose(['two', 'one', 'bad', 'one again'])).toMatchObject({ first: 'one', votes: 2 });
  });
  it('lets the greedy answer win where votes are equal', async () => {
    expect((await choose(['two', 'one'])).first).toBe('two');
    expect((await choose(['one again', 'two', 'one', 'two'])).first).toBe('one again');
  });
  it('keeps the greedy answer where all fail', async () => {
    expect((await choose(['slow', 'bad', 'bad', 'bad'])).first).toBe('slow');
  });
  it('runs equal statements once, and counts each sample', async () => {
    expect(await choose(['one', 'two', 'two', 'two'])).toMatchObject({ first: 'two', votes: 3, ran: ['one', 'two'] });
  });
  it('does not run what can no longer win', async () => {
    expect((await choose(['one', 'one', 'one', 'two', 'bad'])).ran).toEqual(['one']);
    expect((await choose(['one', 'one', 'two', 'two', 'bad'])).ran).toEqual(['one', 'two', 'bad']);
  });
  it('minds the sequence of rows where both statements order them', async () => {
    expect((await choose(['one', 'up', 'down'])).first).toBe('up');
    expect((await choose(['one', 'up', 'down'], true)).first).toBe('one');
  });
  it('takes a result that was cut for equal to none', async () => {
    expect((await choose(['two', 'cut', 'one'])).votes).toBe(1);
  });
});

describe('names that do not exist', () => {
  const check = (sql: string, dialect = 'sqlite') => unknownName(parse(sql, dialects[dialect]!.manifest), schema);

  it.each([
    'SELECT c.name, count(*) AS n FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name ORDER BY n',
    'WITH big AS (SELECT city AS place FROM customers) SELECT place FROM big WHERE big.place > 1',
    'SELECT x.n FROM (SELECT count(*) n FROM ORDERS) AS x',
    'SELECT NAME, rowid FROM Customers WHERE EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = customers.id)',
    'SELECT value FROM customers, json_each(customers.name)',
    'SELECT "nothing here" FROM customers',
  ])('knows those of %s', (sql) => expect(check(sql)).toBeNull());

  it('names the table and the closest ones', () => {
    expect(check('SELECT * FROM order_items')).toMatchObject({ kind: 'table', name: 'order_items' });
    expect(check('SELECT * FROM ordres')).toMatchObject({ name: 'ordres', closest: ['orders'] });
  });
  it('does not take a system table for one of the database', () => {
    expect(check('SELECT sql FROM sqlite_master')).toMatchObject({ kind: 'table', name: 'sqlite_master' });
    expect(check('SELECT passwd FROM pg_catalog.pg_shadow', 'postgres')).toMatchObject({
      name: 'pg_catalog.pg_shadow',
    });
  });
  it('names the column, the tables that were read, and where it is', () => {
    expect(check('SELECT status FROM customers')).toMatchObject({
      ...{ kind: 'column', name: 'status', tables: ['customers'], closest: ['orders.status'] },
    });
    expect(check('SELECT c.nmae FROM customers c')).toMatchObject({ name: 'c.nmae', closest: ['customers.name'] });
    expect(check('SELECT z.name FROM customers c')).toMatchObject({ kind: 'table', name: 'z' });
  });
  it('finds names wherever they stand', () => {
    expect(check('SELECT id FROM customers WHERE id IN (SELECT who FROM orders)')?.name).toBe('who');
    expect(check('SELECT id FROM customers ORDER BY total')?.name).toBe('total');
  });
});

describe('values of a question', () => {
  const phrases = (question: string) => phrasesOf(question, linkQuestion(question, schema));
  const texts = (question: string) => phrases(question).map(({ text }) => text);
  const values = [
    { value: 'New York', table: 0, column: 2 },
    { value: 'Prague', table: 0, column: 2 },
    { value: "O'Brien Ltd", table: 0, column: 1 },
    { value: 'Mary', table: 0, column: 1 },
  ];
  const spelled = (question: string) => applyValues(question, schema, matchValues(phrases(question), values)).question;

  it('are looked for where nothing else is meant', () => {
    expect(texts('How many customers are there?')).toEqual([]);
    expect(texts('customers named zoltan kerekes')).toEqual(['zoltan kerekes', 'kerekes', 'zoltan']);
    expect(texts('customers from Prague')).toEqual([]);
    expect(texts('orders above 100 since 2020-01-01')).toEqual([]);
  });
  it('are written as the database does', () => {
    expect(spelled('customers in NEW YORK')).toBe('customers in New York');
    expect(spelled('customers named "mary"')).toBe('customers named "Mary"');
    expect(spelled('customers in Pargue')).toBe('customers in Prague');
    expect(spelled("orders of customer o'brien ltd today")).toBe("orders of customer O'Brien Ltd today");
  });
  it('are not guessed from the words of asking', () => {
    expect(spelled('how many customers')).toBe('how many customers');
    expect(spelled('customers who marry')).toBe('customers who marry');
  });
  it('come into the samples, so that a prompt has their columns', () => {
    const found = matchValues(phrases('customers named zoltan'), [{ value: 'Zoltan', table: 0, column: 1 }]);
    const applied = applyValues('customers named zoltan', schema, found);
    expect(applied.schema.tables[0]!.columns[1]!.samples).toEqual(['Zoltan', 'Ann Lee']);
    expect(linkQuestion(applied.question, applied.schema).mentions.at(-1)).toMatchObject({
      ...{ kind: 'value', text: 'Zoltan', columns: [{ table: 0, column: 1 }] },
    });
    expect(schema.tables[0]!.columns[1]!.samples).toEqual(['Ann Lee']);
  });
  it('are searched only where the samples do not show all', () => {
    expect(columnsToSearch(schema, new Set([1]))).toEqual([
      { table: 1, column: 2 },
      { table: 0, column: 1 },
    ]);
  });

  it.each(Object.keys(dialects))('are asked for by one query that reads, in %s, whatever the question says', (name) => {
    const { manifest } = dialects[name]!;
    const hostile = `named "x'); DROP TABLE customers; --" or 'a\\' OR 1=1 --'`;
    const place = { table: 0, column: 1 };
    for (const write of [sameValuesQuery, nearValuesQuery]) {
      const sql = write(place, phrases(`customers ${hostile} 100%_sure`), schema, manifest);
      expect(guard(sql, manifest)).toMatchObject({ outcome: 'query' });
    }
  });

  it('leave the words that nothing was found for', () => {
    expect(unlinkedWords(linkQuestion('Which customers from Nowhere have the frobnitz?', schema))).toEqual([
      'Nowhere',
      'frobnitz',
    ]);
  });
});

describe('names that are near', () => {
  it('counts a letter more, less, changed or moved as one', () => {
    expect(['ab', 'abcd', 'axc', 'acb', 'xyz'].map((text) => editDistance(text, 'abc'))).toEqual([1, 1, 1, 1, 3]);
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(Infinity);
  });
  it('are found by what they are part of, too', () => {
    expect(closestNames('price', ['unit_price', 'name', 'prize'])).toEqual(['prize', 'unit_price']);
  });
});

describe('drawing tokens', () => {
  const logits = Float32Array.from([2, 1, 0, -9]);
  const draw = (topP: number, temperature: number, seed = 1, banned: Uint8Array | null = null) => {
    const choose = sampleTokens({ temperature, topP, seed }, 0);
    return Array.from({ length: 3000 }, () => choose(logits, banned));
  };
  const share = (drawn: number[], id: number) => drawn.filter((one) => one === id).length / drawn.length;

  it('follows the softmax of the logits', () => {
    const drawn = draw(1, 1);
    expect(share(drawn, 0)).toBeCloseTo(0.665, 1);
    expect(share(drawn, 1)).toBeCloseTo(0.245, 1);
  });
  it('is sharper the colder it is', () => {
    expect(share(draw(1, 0.2), 0)).toBeGreaterThan(0.98);
  });
  it('stays within the nucleus and off what is banned', () => {
    expect(new Set(draw(0.7, 1))).toEqual(new Set([0, 1]));
    expect(new Set(draw(0.5, 1))).toEqual(new Set([0]));
    expect(new Set(draw(0.7, 1, 1, Uint8Array.from([1, 0, 0, 0])))).toEqual(new Set([1]));
  });
  it('is the same for the same seed and another for another', () => {
    expect(draw(1, 1, 5)).toEqual(draw(1, 1, 5));
    expect(draw(1, 1, 5)).not.toEqual(draw(1, 1, 6));
  });
});
