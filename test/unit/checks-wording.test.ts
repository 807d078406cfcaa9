import { describe, expect, it } from 'vitest';
import { checkAggregate } from '../../core/checks/aggregate.js';
import { checkDirection } from '../../core/checks/direction.js';
import { checkWording } from '../../core/checks/wording.js';
import { parse } from '../../core/sql/parser.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const direction = (question: string, sql: string) => checkDirection(question, parse(sql, sqlite));
const wording = (question: string, sql: string) => checkWording(question, parse(sql, sqlite));

describe('the direction of an order', () => {
  it.each([
    [
      'Which store is the largest?',
      'SELECT name FROM stores ORDER BY floor_area LIMIT 1',
      '"largest" for the first of an ascending order',
    ],
    [
      'Who placed the most orders?',
      'SELECT customer_id FROM orders GROUP BY customer_id ORDER BY COUNT(*) LIMIT 1',
      '"the most" for the first of an ascending order',
    ],
    [
      'Which rank has the fewest captains?',
      'SELECT rank FROM captain GROUP BY rank ORDER BY COUNT(*) DESC LIMIT 1',
      '"fewest" for the first of a descending order',
    ],
    [
      'The three most expensive procedures.',
      'SELECT name FROM procedures ORDER BY cost LIMIT 3',
      '"most expensive" for the first of an ascending order',
    ],
    [
      'Which order is the newest?',
      'SELECT id FROM orders ORDER BY made_on LIMIT 1',
      '"newest" for the first of an ascending order',
    ],
    [
      'Who is the oldest customer?',
      'SELECT name FROM customers ORDER BY birth_date DESC LIMIT 1',
      '"oldest" for the first of a descending order',
    ],
    [
      'Who is the oldest customer?',
      'SELECT name FROM customers ORDER BY age LIMIT 1',
      '"oldest" for the first of an ascending order',
    ],
  ])('is the other one in "%s" %s', (question, sql, evidence) => {
    expect(direction(question, sql)).toEqual({ reason: 'contradicts-order', evidence });
  });

  it.each([
    ['Which store is the largest?', 'SELECT name FROM stores ORDER BY floor_area DESC LIMIT 1'],
    ['Which store is the smallest?', 'SELECT name FROM stores ORDER BY floor_area LIMIT 1'],
    // The highest rank is 1.
    ['Which player has the highest ranking?', 'SELECT name FROM players ORDER BY ranking LIMIT 1'],
    [
      'The cheapest of what the largest store sells',
      'SELECT title FROM products WHERE store = 3 ORDER BY price LIMIT 1',
    ],
    [
      'Products of at least 3 kg, the heaviest first',
      'SELECT title FROM products WHERE weight >= 3 ORDER BY weight DESC LIMIT 9',
    ],
    [
      'Which store has the highest salary?',
      'SELECT store FROM staff WHERE pay = (SELECT MAX(pay) FROM staff) ORDER BY store LIMIT 1',
    ],
    [
      'The largest five stores by name',
      'SELECT name FROM (SELECT name FROM stores ORDER BY area DESC LIMIT 5) ORDER BY name LIMIT 5',
    ],
    ['Stores by the highest area', 'SELECT name FROM stores ORDER BY area'],
    ['The largest debt', 'SELECT name FROM accounts ORDER BY -debt LIMIT 1'],
    ['The newest order', 'SELECT id FROM orders ORDER BY made_on DESC LIMIT 1'],
    ['The newest order', 'SELECT id FROM orders ORDER BY id LIMIT 1'],
    ['The oldest customer', 'SELECT id FROM customers ORDER BY birth_date LIMIT 1'],
    ['customers by birth date from newest to oldest', 'SELECT id FROM customers ORDER BY birth_date DESC LIMIT 3'],
    ['The oldest customer', 'SELECT id FROM customers ORDER BY age DESC LIMIT 1'],
    ['The oldest order that is older than the newest return', 'SELECT id FROM orders ORDER BY made_on LIMIT 1'],
    ['The newest year with few orders', 'SELECT year FROM orders GROUP BY year ORDER BY COUNT(year) LIMIT 1'],
  ])('is not told from "%s" %s', (question, sql) => expect(direction(question, sql)).toBeNull());
});

describe('the wording of a question', () => {
  const joined = 'SELECT t1.name FROM suppliers AS t1 JOIN products AS t2 ON t1.id = t2.supplier_id';

  it.each([
    ['List the suppliers. The query should join the suppliers with the products.', 'The query should'],
    ['Names of suppliers (t1) with products', "the statement's own name t1"],
    ['Please note that the question should not mention any column.', 'the question should'],
    ['Write an SQL query for all suppliers.', 'SQL query'],
    [`Which suppliers are there? ${'It is clear and easy to understand. '.repeat(30)}`, '1107 characters'],
  ])('is no person’s: %s', (question, evidence) => {
    expect(wording(question, joined)).toEqual({ reason: 'question-unnatural', evidence });
  });

  it.each([
    ['Which suppliers sell products?', joined],
    ['For which users is the question closed?', 'SELECT name FROM users'],
    ['Give the name as an SQL literal.', 'SELECT QUOTE(name) FROM suppliers'],
    ['How many tanks are of type t1?', "SELECT COUNT(*) FROM tanks AS t2 WHERE t2.type = 't1'"],
  ])('may be a person’s: %s', (question, sql) => expect(wording(question, sql)).toBeNull());
});

describe('the aggregate', () => {
  const aggregate = (question: string, sql: string) => checkAggregate(question, parse(sql, sqlite));

  it('is another one where a mean is asked for and a sum is computed', () => {
    expect(aggregate('What is the average rating?', 'SELECT SUM(rating) FROM suppliers')).toEqual({
      ...{ reason: 'contradicts-aggregate', evidence: '"average" for a sum' },
    });
  });

  it.each([
    ['What is the average rating?', 'SELECT AVG(rating) FROM suppliers'],
    ['What is the average rating?', 'SELECT SUM(rating) * 1.0 / COUNT(*) FROM suppliers'],
    ['The total of all ratings.', 'SELECT SUM(rating) FROM suppliers'],
    ['How many days had a mean humidity above 50?', 'SELECT COUNT(*) FROM weather WHERE mean_humidity > 50'],
    [
      'Ratings added up, of suppliers above the average',
      'SELECT SUM(rating) FROM s WHERE rating > (SELECT AVG(rating) FROM s)',
    ],
  ])('is not told from "%s" %s', (question, sql) => expect(aggregate(question, sql)).toBeNull());
});
