import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContaminationCheck } from '../../core/checks/decontamination.js';
import { createDuplicateFilter } from '../../core/checks/duplicates.js';
import { createNearQuestions } from '../../core/checks/near-questions.js';
import { createMinHash, similarity, wordShingles } from '../../core/checks/min-hash.js';
import { parse } from '../../core/sql/parser.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const pair = (id: string, question: string, sql: string, database = 'shop') => ({
  pair: { id, question, database },
  query: parse(sql, sqlite),
});

describe('MinHash', () => {
  it('estimates the Jaccard similarity', () => {
    const minHash = createMinHash({ permutations: 256 });
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z]{4}$/), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 30 }), (items, cut) => {
        const [a, b] = [new Set(items.slice(0, items.length - cut / 2)), new Set(items.slice(cut / 2))];
        const both = [...a].filter((item) => b.has(item)).length;
        const jaccard = both / (a.size + b.size - both);
        // Four standard errors.
        expect(Math.abs(similarity(minHash(a), minHash(b)) - jaccard)).toBeLessThan(0.13);
      }),
      { numRuns: 50 },
    );
  });

  it('depends on the seed alone', () => {
    const set = wordShingles('How many orders were there?', 3);
    expect(createMinHash({ seed: 1 })(set)).toEqual(createMinHash({ seed: 1 })(set));
    expect(createMinHash({ seed: 1 })(set)).not.toEqual(createMinHash({ seed: 2 })(set));
    expect([...set]).toEqual(['how many orders', 'many orders were', 'orders were there']);
  });
});

describe('duplicates', () => {
  const filterWith = (...accepted: ReturnType<typeof pair>[]) => {
    const filter = createDuplicateFilter(sqlite);
    accepted.forEach((each) => filter.add(each.pair, each.query));
    return (each: ReturnType<typeof pair>) => filter.find(each.pair, each.query)?.reason ?? null;
  };
  const long = 'What is the name of each of the customers who have a credit limit that is above';

  it('are the same statement on the same database, however it is written', () => {
    const find = filterWith(pair('1', 'How many orders?', 'SELECT count(*) FROM orders'));
    expect(find(pair('2', 'Count the orders.', 'SELECT COUNT( * ) FROM orders'))).toBe('duplicate');
    expect(find(pair('3', 'How many orders?', 'SELECT COUNT(*) FROM orders', 'other'))).toBe(null);
  });

  it('are nearly the same question for the same statement with another value', () => {
    const find = filterWith(pair('1', `${long} 500?`, 'SELECT name FROM customers WHERE credit > 500'));
    expect(find(pair('2', `${long} 700?`, 'SELECT name FROM customers WHERE credit > 700'))).toBe(
      'near-duplicate-question',
    );
    expect(find(pair('3', 'Whose credit exceeds 700?', 'SELECT name FROM customers WHERE credit > 700'))).toBe(null);
  });

  it('are never questions about other columns', () => {
    const find = filterWith(
      pair(
        '1',
        `${long} the average of the table?`,
        'SELECT name FROM customers WHERE credit > (SELECT AVG(credit) FROM customers)',
      ),
    );
    expect(
      find(
        pair(
          '2',
          `${long} the average of the table?`,
          'SELECT name FROM customers WHERE debit > (SELECT AVG(debit) FROM customers)',
        ),
      ),
    ).toBe(null);
  });

  it('may be allowed a number of phrasings', () => {
    const filter = createDuplicateFilter(sqlite, { phrasings: 2 });
    const sql = 'SELECT COUNT(*) FROM orders';
    const [first, same, other, third] = [
      pair('1', 'How many orders are there in all?', sql),
      pair('2', 'How many orders are there, in all?', sql),
      pair('3', 'Count the orders.', sql),
      pair('4', 'The number of orders, please.', sql),
    ];
    filter.add(first.pair, first.query);
    expect(filter.find(same.pair, same.query)?.reason).toBe('near-duplicate-question');
    expect(filter.find(other.pair, other.query)).toBe(null);
    filter.add(other.pair, other.query);
    expect(filter.find(third.pair, third.query)?.reason).toBe('duplicate');
  });

  it('are found among a thousand others, and only in their own group', () => {
    const questions = createNearQuestions(0.8);
    const words = Array.from(
      { length: 1000 },
      (_, n) => `w${n} x${n} y${n} z${n} w${n} y${n} and the rest of question ${n}`,
    );
    words.forEach((question, n) => questions.add(n % 2, String(n), question));
    for (const n of [0, 255, 256, 511, 999]) {
      expect(questions.find(n % 2, `${words[n]!.toUpperCase()}?`)).toEqual({
        id: String(n),
        question: words[n],
      });
      expect(questions.find((n + 1) % 2, words[n]!)).toBe(null);
    }
  });

  it('count only what was accepted', () => {
    const filter = createDuplicateFilter(sqlite);
    const first = pair('1', 'How many?', 'SELECT COUNT(*) FROM orders');
    expect(filter.find(first.pair, first.query)).toBe(null);
    expect(filter.find(first.pair, first.query)).toBe(null);
  });
});

describe('decontamination', () => {
  const check = createContaminationCheck(
    [
      {
        id: 'e1',
        question: 'What are the names of all singers who come from a country in Europe?',
        sql: "SELECT name FROM singer WHERE country = 'France'",
      },
      { id: 'e2', question: 'Count them.', sql: 'SELECT COUNT(*) FROM singer' },
      { id: 'e3', question: 'Which?', sql: 'SELECT a FROM b QUALIFY nonsense (' },
    ],
    sqlite,
  );
  const found = (question: string, sql: string) => check({ question }, parse(sql, sqlite))?.reason ?? null;

  it('finds eight words in a row, and short questions as a whole', () => {
    expect(found('Tell me: what are the names of all singers who sing?', 'SELECT x FROM y')).toBe('contaminated');
    expect(found('What are the names of all students?', 'SELECT x FROM y')).toBe(null);
    expect(found('count them', 'SELECT x FROM y')).toBe('contaminated');
  });

  it('finds the statement itself, and its shape with its telling values', () => {
    expect(found('?', "select NAME from singer where country = 'France'")).toBe('contaminated');
    expect(found('?', "SELECT title FROM album WHERE land = 'france'")).toBe('contaminated');
    expect(found('?', "SELECT title FROM album WHERE land = 'Spain'")).toBe(null);
    expect(found('?', 'SELECT COUNT(*) FROM album')).toBe(null);
    expect(found('?', 'SELECT COUNT(*) FROM Singer')).toBe('contaminated');
  });
});
