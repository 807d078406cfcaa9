import { describe, expect, it } from 'vitest';
import type { DialectManifest } from '../../core/dialect.js';
import { encodeSql, explainEncoding } from '../../core/prompt/encode-sql.js';
import { buildLinkedPrompt } from '../../core/prompt/linked-prompt.js';
import { restoreSql } from '../../core/prompt/restore-sql.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { shop } from './prompt-fixture.js';

const prompt = (dialect: DialectManifest, question: string) =>
  buildLinkedPrompt({ question, schema: shop(dialect.name), dialect }).links;

/** Completion, and the statement read back from it. */
function roundTrip(dialect: DialectManifest, question: string, sql: string): [string | null, string | null] {
  const links = prompt(dialect, question);
  const completion = encodeSql(sql, links, dialect);
  return [completion, completion === null ? null : restoreSql(completion, links)];
}

describe('encoding a statement', () => {
  it('drops aliases that are not needed and writes joins as the prompt does', () => {
    expect(
      roundTrip(
        sqlite,
        'For each customer name, the number of orders with total over 50.5',
        'SELECT c.name, COUNT(*) AS n FROM orders AS o JOIN customers AS c ON o.customer_id = c.id WHERE o.total > 50.5 GROUP BY c.name',
      ),
    ).toEqual([
      'SELECT<c0>, COUNT(*) FROM<t0> JOIN<t1> ON<c2> =<c3> WHERE<c1> ><v0> GROUP BY<c0>',
      'SELECT name, COUNT(*) FROM customers JOIN orders ON customers.id = customer_id WHERE total > 50.5 GROUP BY name',
    ]);
  });

  it('keeps the order of tables where a limit makes rows depend on it', () => {
    const [, restored] = roundTrip(
      sqlite,
      'the customer name of 2 orders',
      'SELECT customers.name FROM orders JOIN customers ON orders.customer_id = customers.id LIMIT 2',
    );
    expect(restored).toBe('SELECT name FROM orders JOIN customers ON customers.id = customer_id LIMIT 2');
  });

  it('keeps aliases of a table joined with itself', () => {
    expect(
      roundTrip(
        postgres,
        'the name of each employee and of their manager',
        'SELECT e.name, m.name FROM employees e JOIN employees m ON e.manager_id = m.id',
      )[1],
    ).toBe('SELECT q1.name, q2.name FROM employees AS q1 JOIN employees AS q2 ON q1.manager_id = q2.id');
  });

  it('keeps the alias of a table that an inner query hides', () => {
    expect(
      roundTrip(
        sqlite,
        'the name of employees whose salary beats the average of their manager id',
        'SELECT e.name FROM employees e WHERE e.salary > (SELECT AVG(x.salary) FROM employees x WHERE x.manager_id = e.manager_id)',
      )[1],
    ).toBe(
      'SELECT q1.name FROM employees AS q1 WHERE q1.salary > (SELECT AVG(salary) FROM employees WHERE manager_id = q1.manager_id)',
    );
  });

  it('names outputs only where something refers to them', () => {
    expect(
      roundTrip(
        sqlite,
        'the sum of the total of orders by status, highest first',
        'SELECT status AS s, SUM(total) AS t, COUNT(*) AS n FROM orders GROUP BY s ORDER BY t DESC',
      )[1],
    ).toBe('SELECT status AS a1, SUM(total) AS a2, COUNT(*) FROM orders GROUP BY a1 ORDER BY a2 DESC');
  });

  it('follows columns through a CTE and a derived table', () => {
    expect(
      roundTrip(
        postgres,
        'the name of the 3 employees of highest salary',
        'WITH ranked AS (SELECT name, RANK() OVER (ORDER BY salary DESC) AS place FROM employees) SELECT ranked.name FROM ranked WHERE place <= 3',
      )[1],
    ).toBe(
      'WITH q1 AS (SELECT name, RANK() OVER (ORDER BY salary DESC) AS a1 FROM employees) SELECT q1.name FROM q1 WHERE a1 <= 3',
    );
  });

  it('reads a recursive CTE', () => {
    expect(
      roundTrip(
        sqlite,
        'how deep are employees below each other by manager id',
        'WITH RECURSIVE chain(id, depth) AS (SELECT id, 0 FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, depth + 1 FROM employees e JOIN chain ON e.manager_id = chain.id) SELECT MAX(depth) FROM chain',
      )[1],
    ).toBe(
      'WITH RECURSIVE q1(a1, a2) AS (SELECT id, 0 FROM employees WHERE manager_id IS NULL UNION ALL SELECT id, a2 + 1 FROM employees JOIN q1 ON manager_id = a1) SELECT MAX(a2) FROM q1',
    );
  });

  it('sorts a set operation by a bare name', () => {
    expect(
      roundTrip(
        sqlite,
        'the name of customers and the name of products, sorted',
        'SELECT name FROM customers UNION SELECT name FROM products ORDER BY name',
      )[1],
    ).toBe('SELECT customers.name FROM customers UNION SELECT products.name FROM products ORDER BY name');
  });

  it('reaches into JSON, structs and arrays', () => {
    expect(
      roundTrip(
        sqlite,
        'customers by zip of the address in profile',
        "SELECT json_extract(profile, '$.address.zip') FROM customers",
      )[0],
    ).toBe("SELECT JSON_EXTRACT(<c0>, '$.<f1>.<f0>') FROM<t0>");
    expect(
      roundTrip(
        bigquery,
        "name of products with a tag 'new' and width over 3",
        "SELECT p.name FROM products p, UNNEST(p.tags) AS tag WHERE tag = 'new' AND p.size.width > 3",
      )[1],
    ).toBe("SELECT name FROM products, UNNEST(tags) AS q1 WHERE q1 = 'new' AND size.width > 3");
  });

  it('finds values inside patterns and intervals, and restores them in the dialect’s quotes', () => {
    expect(
      roundTrip(
        postgres,
        'orders of the last 30 days',
        "SELECT id FROM orders WHERE placed_on > CURRENT_DATE - INTERVAL '30 days'",
      )[0],
    ).toContain("INTERVAL '<v0> days'");
    expect(
      roundTrip(bigquery, "customers called Bo O'Hara", `SELECT id FROM customers WHERE name LIKE "%Bo O'Hara%"`)[1],
    ).toBe("SELECT id FROM customers WHERE name LIKE '%Bo O\\'Hara%'");
  });

  it('says what the prompt does not hold', () => {
    const missing = (question: string, sql: string) => explainEncoding(sql, prompt(sqlite, question), sqlite);
    expect(missing('how many customers?', 'SELECT COUNT(*) FROM suppliers')).toEqual({
      missing: 'the table suppliers',
    });
    expect(missing('customers in town', "SELECT id FROM customers WHERE city = 'Rome'")).toEqual({
      missing: "the text 'Rome'",
    });
    expect(missing('orders', 'SELECT id FROM orders WHERE total > 777')).toEqual({ missing: 'the number 777' });
    expect(missing('orders', 'SELECT FROM WHERE')).toEqual({ missing: expect.stringContaining('parse') });
  });
});

describe('restoring a completion', () => {
  const links = prompt(sqlite, "customer name and order total over 10 in 'Paris'");

  it('puts spaces back only where SQL needs them', () => {
    expect(restoreSql('SELECT<c0> FROM<t0> WHERE<c1> ><v0>', links)).toBe(
      'SELECT name FROM customers WHERE total > 10',
    );
    expect(restoreSql('SELECT <c0> FROM <t0>', links)).toBe('SELECT name FROM customers');
  });

  it('quotes a text that the model forgot to quote', () => {
    expect(restoreSql('SELECT<c0> FROM<t0> WHERE<c0> =<v1>', links)).toBe(
      "SELECT name FROM customers WHERE name = 'Paris'",
    );
  });

  it('leaves a token that the prompt did not give, so that the statement fails', () => {
    expect(restoreSql('SELECT<c39> FROM<t0>', links)).toContain('<c39>');
  });
});
