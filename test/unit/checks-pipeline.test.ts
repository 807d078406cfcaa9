import { describe, expect, it } from 'vitest';
import { createDuplicateFilter } from '../../core/checks/duplicates.js';
import { checkPair, checkPairs, type CheckServices } from '../../core/checks/pipeline.js';
import { checkResult, dependsOnData } from '../../core/checks/result.js';
import { createRoundTripJudge } from '../../core/checks/round-trip.js';
import { sumFunnels, summarise } from '../../core/checks/summarise.js';
import type { Column, DatabaseSchema, ExecutionOutcome, SqlValue } from '../../core/database.js';
import { parse } from '../../core/sql/parser.js';
import type { Pair, Verdict } from '../../core/template.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { sqlitePhrases } from '../../dialects/sqlite/phrases.js';

describe('result checks', () => {
  const query = parse('SELECT a FROM t', sqlite);
  const reason = (rows: SqlValue[][], truncated = false) => checkResult(query, { rows, truncated }, 3)?.reason ?? null;

  it('reject what is empty, all NULL or too large', () => {
    expect(reason([])).toBe('empty-result');
    expect(reason([[null], [null]])).toBe('all-null');
    expect(reason([[null], [0]])).toBe(null);
    expect(reason([[1], [2], [3], [4]])).toBe('too-large');
    expect(reason([[1]], true)).toBe('too-large');
  });

  it.each([
    ['SELECT COUNT(*) FROM t', true],
    ['SELECT 1', false],
    ['SELECT 1 FROM t', false],
    ["SELECT UPPER('x'), 2 + 3", false],
    ['VALUES (1, 2)', false],
    ['SELECT 1, (SELECT MAX(a) FROM t)', true],
    ['SELECT x FROM (SELECT 1 AS x) AS s', false],
    ['WITH s AS (SELECT a FROM t) SELECT a FROM s', true],
    ['WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n', false],
    ['WITH RECURSIVE n(x) AS (SELECT id FROM t UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n', true],
    ['SELECT 1 UNION SELECT a FROM t', true],
    ['SELECT g FROM GENERATE_SERIES(1, 5) AS g', false],
    ['SELECT RANK() OVER (ORDER BY a) FROM t', true],
  ])('know whether %s depends on data', (sql, expected) => {
    expect(dependsOnData(parse(sql, postgres))).toBe(expected);
  });
});

const pair = (id: string, question: string, sql: string): Pair => ({
  id,
  question,
  sql,
  dialect: 'sqlite',
  database: 'shop',
  template: 't',
  guide: null,
  teacher: 'offline',
  hardness: 'easy',
  keywords: [],
  skeleton: '',
});
const rows = (...cells: SqlValue[][]): ExecutionOutcome => ({
  kind: 'rows',
  columns: ['a'],
  rows: cells,
  truncated: false,
  ms: 2,
});

describe('the pipeline', () => {
  const services = (
    outcome: ExecutionOutcome,
    more: Partial<CheckServices> = {},
  ): CheckServices & { executed: string[] } => {
    const executed: string[] = [];
    const execute = (sql: string) => (executed.push(sql), Promise.resolve(outcome));
    return { manifest: sqlite, execute, maxRows: 100, executed, ...more };
  };

  it('accepts what passes all checks, with what it saw', async () => {
    expect(
      await checkPair(pair('1', 'Which have more than 3?', 'SELECT a FROM t WHERE b > 3'), services(rows([1], [2]))),
    ).toEqual({
      id: '1',
      accepted: true,
      reason: null,
      evidence: null,
      rows: 2,
      ms: 2,
    });
  });

  it('asks the engine only for what the guard lets pass', async () => {
    const inner = services(rows([1]));
    expect(await checkPair(pair('1', '', 'DROP TABLE t'), inner)).toMatchObject({
      accepted: false,
      reason: 'not-read-only',
    });
    expect(await checkPair(pair('2', '', 'SELEC 1'), inner)).toMatchObject({ reason: 'parse-error' });
    expect(inner.executed).toEqual([]);
  });

  it.each([
    ['invalid', 'invalid'],
    ['runtime-error', 'runtime-error'],
    ['not-executable', 'not-executable'],
    ['timeout', 'timeout'],
    ['refused', 'not-read-only'],
    ['crash', 'runtime-error'],
  ] as const)('turns the outcome %s into %s', async (kind, reason) => {
    const verdict = await checkPair(pair('1', '', 'SELECT a FROM t'), services({ kind, message: 'why', ms: 1 }));
    expect(verdict).toMatchObject({ reason, evidence: 'why', ms: 1 });
  });

  it('keeps the first of equal pairs, and asks the judge last', async () => {
    const judged: string[] = [];
    const judge: CheckServices['judge'] = ({ pair: { id } }) => {
      judged.push(id);
      return id === '1' ? { reason: 'judge-disagrees', evidence: 'no' } : null;
    };
    const all: Verdict[] = [];
    const inner = services(rows([1]), { judge, duplicates: createDuplicateFilter(sqlite) });
    for await (const verdict of checkPairs(
      ['1', '2', '3'].map((id) => pair(id, 'All a?', 'SELECT a FROM t')),
      inner,
    ))
      all.push(verdict);
    expect(all.map((verdict) => verdict.reason)).toEqual(['judge-disagrees', null, 'duplicate']);
    expect(judged).toEqual(['1', '2']);
    expect(summarise(all)).toEqual({ n: 3, accepted: 1, byReason: { duplicate: 1, 'judge-disagrees': 1 } });
    expect(sumFunnels([summarise(all), summarise(all)])).toEqual({
      n: 6,
      accepted: 2,
      byReason: { duplicate: 2, 'judge-disagrees': 2 },
    });
  });
});

describe('the round-trip judge', () => {
  const judge = createRoundTripJudge(sqlite, sqlitePhrases);
  const column = (name: string, type: Column['type'], primaryKey = false): Column => ({
    name,
    type,
    primaryKey,
    nativeType: type,
    nullable: true,
    distinct: 5,
    nullRate: 0,
    samples: [],
  });
  const schema: DatabaseSchema = {
    name: 'shop',
    dialect: 'sqlite',
    tables: [
      {
        name: 'customers',
        rows: 5,
        columns: [column('id', 'integer', true), column('name', 'text'), column('country', 'text')],
      },
      {
        name: 'orders',
        rows: 5,
        columns: [
          column('id', 'integer', true),
          column('customer_id', 'integer'),
          column('total', 'number'),
          column('order_date', 'date'),
        ],
      },
    ],
    foreignKeys: [{ table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'id' }],
  };
  const evidence = (question: string, sql: string) => judge(question, parse(sql, sqlite), schema)?.evidence ?? null;

  it.each([
    ['What are the names of the customers?', 'SELECT name FROM customers'],
    [
      'How many orders are there per country of the customer?',
      'SELECT c.country, COUNT(*) FROM orders AS o JOIN customers AS c ON o.customer_id = c.id GROUP BY c.country',
    ],
    [
      'Which customers from France have never ordered? Give their names.',
      "SELECT name FROM customers WHERE country = 'France' AND id NOT IN (SELECT customer_id FROM orders)",
    ],
    [
      'The name of the customer with the highest order total',
      'SELECT c.name FROM customers AS c JOIN orders AS o ON o.customer_id = c.id ORDER BY o.total DESC LIMIT 1',
    ],
    [
      'orders: order date, running sum of the total in order of the order date for each customer id',
      'SELECT order_date, SUM(total) OVER (PARTITION BY customer_id ORDER BY order_date) FROM orders',
    ],
    ['number of orders with a total above 100', 'SELECT SUM(CASE WHEN total > 100 THEN 1 ELSE 0 END) FROM orders'],
    [
      'names of customers from France, stacked with the names of customers from Spain',
      "SELECT name FROM customers WHERE country = 'France' UNION ALL SELECT name FROM customers WHERE country = 'Spain'",
    ],
    ['orders: total and percent rank by total', 'SELECT total, PERCENT_RANK() OVER (ORDER BY total) FROM orders'],
    ["customers' names in which 'an' is found", "SELECT name FROM customers WHERE INSTR(name, 'an') > 0"],
    ['names of customers as hexadecimal', 'SELECT HEX(name) FROM customers'],
    [
      'totals of the orders whose order date is no earlier than 2023-05-04',
      "SELECT total FROM orders WHERE order_date >= '2023-05-04'",
    ],
    [
      'totals of the orders whose order date is no later than 2023-05-04',
      "SELECT total FROM orders WHERE order_date <= '2023-05-04'",
    ],
    ['orders with an order date in 2023: total', "SELECT total FROM orders WHERE STRFTIME('%Y', order_date) = '2023'"],
    [
      'average total of the orders whose order date is after 2023-05-04',
      "SELECT AVG(total) FROM orders WHERE order_date > '2023-05-04'",
    ],
  ])('finds it all: %s', (question, sql) => {
    expect(evidence(question, sql)).toBe(null);
  });

  it.each([
    ['What are the names of the customers?', 'SELECT name, country FROM customers', 'column country'],
    ['What are the totals of the orders?', 'SELECT AVG(total) FROM orders', 'clause AVG'],
    ['How many orders are there?', 'SELECT COUNT(*) FROM customers', 'table customers'],
    [
      'Which customers have ordered? Give their names.',
      'SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)',
      'clause negation',
    ],
    ['Names of customers in France', "SELECT name FROM customers WHERE country = 'Spain'", 'value Spain'],
    ['names of customers', 'SELECT HEX(name) FROM customers', 'clause HEX'],
    ['total of orders', 'SELECT total, RANK() OVER (ORDER BY total) FROM orders', 'clause RANK'],
    [
      'orders: sum of the total by order date',
      'SELECT order_date, SUM(total) OVER (ORDER BY order_date) FROM orders',
      'clause OVER',
    ],
    ['names of customers by name', 'SELECT name FROM customers ORDER BY name DESC', 'clause DESC'],
    ['Total of the orders', 'SELECT total FROM orders ORDER BY order_date', 'clause ORDER BY, column order_date'],
  ])('misses what is left out: %s | %s', (question, sql, what) => {
    expect(evidence(question, sql)).toContain(what.split(', ')[0]);
    for (const part of what.split(', ')) expect(evidence(question, sql)).toContain(part);
  });
});
