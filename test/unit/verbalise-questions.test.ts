import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/sampling/random.js';
import { parse } from '../../core/sql/parser.js';
import { commonPhrases } from '../../core/verbalise/common-phrases.js';
import { compileLexicon } from '../../core/verbalise/phrase.js';
import { verbalise } from '../../core/verbalise/verbalise.js';
import { styles } from '../../core/verbalise/voice.js';
import { dialects } from '../../dialects/registry.js';
import { examplesFor } from './teacher-inputs.js';

const lexicons = new Map(
  Object.entries(dialects).map(([name, { manifest, phrases }]) => [
    name,
    compileLexicon(manifest, phrases, commonPhrases),
  ]),
);

/** Every question that many seeds and all styles give for a statement. */
function questions(sql: string, dialect = 'sqlite', seeds = 40): Set<string> {
  const schema = examplesFor(dialect);
  const query = parse(sql, dialects[dialect]!.manifest);
  const found = new Set<string>();
  for (let seed = 0; seed < seeds; seed += 1) {
    for (const style of styles) {
      const outcome = verbalise({ query, schema, lexicon: lexicons.get(dialect)!, random: createRandom(seed), style });
      if (outcome.outcome !== 'read') throw new Error(`No words for ${outcome.part}`);
      found.add(outcome.question);
    }
  }
  return found;
}

describe('a question', () => {
  it.each([
    ['sqlite', 'SELECT COUNT(coupon) FROM orders', 'SELECT COUNT(DISTINCT coupon) FROM orders'],
    ['sqlite', "SELECT name FROM products WHERE name LIKE 'Ph%'", "SELECT name FROM products WHERE name LIKE '%Ph%'"],
    ['sqlite', "SELECT name FROM products WHERE name LIKE 'Ph%'", "SELECT name FROM products WHERE name GLOB 'Ph*'"],
    ['postgres', "SELECT name FROM products WHERE name LIKE 'Ph%'", "SELECT name FROM products WHERE name ILIKE 'Ph%'"],
    ['sqlite', 'SELECT name FROM products ORDER BY price', 'SELECT name FROM products ORDER BY price DESC'],
    [
      'sqlite',
      'SELECT name FROM products ORDER BY price LIMIT 3',
      'SELECT name FROM products ORDER BY price DESC LIMIT 3',
    ],
    [
      'sqlite',
      'SELECT name FROM products UNION SELECT name FROM customers',
      'SELECT name FROM products UNION ALL SELECT name FROM customers',
    ],
    [
      'sqlite',
      'SELECT name FROM products INTERSECT SELECT name FROM customers',
      'SELECT name FROM products EXCEPT SELECT name FROM customers',
    ],
    [
      'sqlite',
      'SELECT t1.name, t2.total FROM customers AS t1 JOIN orders AS t2 ON t1.id = t2.customer_id',
      'SELECT t1.name, t2.total FROM customers AS t1 LEFT JOIN orders AS t2 ON t1.id = t2.customer_id',
    ],
    [
      'sqlite',
      'SELECT node.key, COUNT(*) FROM products, json_each(products.attributes) AS node GROUP BY node.key',
      'SELECT node.key, COUNT(*) FROM products, json_tree(products.attributes) AS node GROUP BY node.key',
    ],
    ['sqlite', "SELECT strftime('%Y', order_date) FROM orders", "SELECT strftime('%m', order_date) FROM orders"],
    ['sqlite', 'SELECT name FROM products', 'SELECT DISTINCT name FROM products'],
    ['sqlite', 'SELECT id FROM orders WHERE total > 5', 'SELECT id FROM orders WHERE total >= 5'],
    [
      'sqlite',
      'SELECT status, AVG(total) FROM orders GROUP BY status',
      'SELECT AVG(total) FROM orders GROUP BY status',
    ],
    [
      'bigquery',
      'SELECT DATE_TRUNC(order_date, MONTH) FROM orders',
      'SELECT EXTRACT(MONTH FROM order_date) FROM orders',
    ],
    ['sqlite', 'SELECT id FROM orders WHERE shipped_on IS NULL', 'SELECT id FROM orders WHERE shipped_on IS NOT NULL'],
  ])('in %s is never the same for %s and %s', (dialect, left, right) => {
    const other = questions(right, dialect);
    const shared = [...questions(left, dialect)].filter((question) => other.has(question));
    expect(shared).toEqual([]);
  });

  it('holds the values, and the names of columns and tables, as whole words', () => {
    for (const question of questions('SELECT unit_price FROM order_items WHERE quantity > 3 AND discount = 0.1')) {
      for (const part of ['unit price', 'order item', 'quantity', '3', 'discount', '0.1'])
        expect(question.toLowerCase()).toContain(part);
    }
  });

  it('says the same in at least eight ways', () => {
    expect(questions("SELECT name FROM customers WHERE city = 'Paris'").size).toBeGreaterThan(8);
  });

  it('names the table of each column where two tables meet', () => {
    for (const question of questions(
      'SELECT t1.name, t2.total FROM customers AS t1 JOIN orders AS t2 ON t1.id = t2.customer_id',
    )) {
      expect(question).toMatch(/customer's name|name of the customer/i);
      expect(question).toMatch(/order's total|total of the order/i);
    }
  });

  it.each([
    ['SELECT name FROM products ORDER BY price, id LIMIT 1', /\bfirst 1\b|\b1 rows?\b/],
    ['SELECT name FROM products LIMIT 1', /\b1\b/],
    ['SELECT ABS(price - 50) FROM products', /\bthe 50\b/],
    ['SELECT category, AVG(price) FROM products GROUP BY category', /what are/i],
    [
      "SELECT COUNT(*) FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE c.city = 'Rome'",
      /how many orders and their/i,
    ],
    [
      'SELECT MAX(amount) FROM (SELECT category AS label, AVG(price) AS amount FROM products GROUP BY category) AS step1',
      /(largest|greatest|highest|maximum) (average|mean)/,
    ],
    [
      'SELECT label FROM (SELECT name AS label, RANK() OVER (ORDER BY price) AS value FROM products) AS step1 WHERE value <= 2',
      /(show|give|list|find|retrieve|provide|determine|return|get|display) (me )?(looking at|among)\b/i,
    ],
    ['SELECT * FROM products', /what are everything/i],
  ])('to %s is grammatical', (sql, wrong) => {
    for (const question of questions(sql)) expect(question).not.toMatch(wrong);
  });

  it('is refused with the part that has no words', () => {
    const query = parse('SELECT name FROM customers ORDER BY hex(zeroblob(3))', dialects.sqlite!.manifest);
    const outcome = verbalise({
      query,
      schema: examplesFor('sqlite'),
      lexicon: lexicons.get('sqlite')!,
      random: createRandom(1),
      style: 'formal',
    });
    expect(outcome).toEqual({ outcome: 'unreadable', part: 'function ZEROBLOB' });
  });
});

describe.each(Object.entries(dialects))('the phrases of %s', (name, { phrases }) => {
  it('never use the same words for two idioms', () => {
    const owners = new Map<string, string>();
    const clashes: string[] = [];
    for (const phrase of phrases.phrases) {
      for (const words of phrase.says) {
        // A hole's type tells two idioms apart, its number does not.
        const key = words.replace(/\{([a-z]+)\d?\}/g, '{$1}');
        const owner = owners.get(key);
        if (owner !== undefined && owner !== phrase.sql) clashes.push(`${words}: ${owner} | ${phrase.sql}`);
        owners.set(key, phrase.sql);
      }
    }
    expect(clashes).toEqual([]);
  });

  it('say every hole they have', () => {
    for (const { pattern: _, ...phrase } of lexicons.get(name)!.all) {
      const holes = [...phrase.sql.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
      for (const words of phrase.says) for (const hole of holes) expect(words, phrase.sql).toContain(`{${hole}}`);
    }
  });
});
