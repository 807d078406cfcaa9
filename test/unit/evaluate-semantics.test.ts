import { describe, expect, it } from 'vitest';
import type { DatabaseSchema, SqlValue } from '../../core/database.js';
import { semanticsOf } from '../../core/evaluate/semantics.js';
import { compareResults, type ComparisonRule } from '../../core/metrics/compare-results.js';
import { setMatch } from '../../core/metrics/set-match.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const same = (rule: ComparisonRule, gold: SqlValue[][], predicted: SqlValue[][], ordered = false) =>
  compareResults(rule, { rows: gold }, { rows: predicted }, { ordered });

describe('comparison rules', () => {
  it('Spider counts duplicates and finds the order of columns, BIRD does neither', () => {
    expect(same('spider', [[1], [1]], [[1]])).toBe(false);
    expect(same('bird', [[1], [1]], [[1]])).toBe(true);
    expect(same('spider', [[1, 'a']], [['a', 1]])).toBe(true);
    expect(same('bird', [[1, 'a']], [['a', 1]])).toBe(false);
  });

  it('Spider and BIRD compare numbers to the last digit, and know no difference between 1 and 1.0', () => {
    expect(same('dialectic', [[0.1 + 0.2]], [[0.3]])).toBe(true);
    for (const rule of ['spider', 'bird'] as const) {
      expect(same(rule, [[0.1 + 0.2]], [[0.3]])).toBe(false);
      expect(same(rule, [[1]], [[1.0]])).toBe(true);
      expect(same(rule, [['1']], [[1]])).toBe(false);
    }
  });

  it('minds the sequence where it is told to, BIRD never', () => {
    for (const rule of ['dialectic', 'spider'] as const) expect(same(rule, [[1], [2]], [[2], [1]], true)).toBe(false);
    expect(same('bird', [[1], [2]], [[2], [1]], true)).toBe(true);
  });

  it('does not take columns for each other row by row', () => {
    const crossed = [
      [1, 2],
      [2, 1],
    ];
    expect(same('spider', crossed, [[1, 1], [2, 2]])).toBe(false); // prettier-ignore
  });
});

describe('semantics', () => {
  const spider = semanticsOf('spider');

  it('Spider takes DISTINCT out of statements, but not out of texts and names', () => {
    const sql = `SELECT DISTINCT a, count(distinct b), 'distinct', "Distinct" FROM t`;
    expect(spider.statement(sql, sqlite)).toBe(`SELECT  a, count( b), 'distinct', "Distinct" FROM t`);
    expect(semanticsOf('test-suite', { keepDistinct: true }).statement(sql, sqlite)).toBe(sql);
  });

  it('Spider mends torn operators, also where the lexer gives up', () => {
    expect(spider.statement("SELECT a FROM t WHERE a > = 1 AND b ! = 'x", sqlite)).toBe(
      "SELECT a FROM t WHERE a >= 1 AND b != 'x",
    );
  });

  it('Spider minds the sequence where any part of the gold orders, we where the whole does', () => {
    const sql = 'SELECT a FROM t WHERE a IN (SELECT a FROM t ORDER BY a LIMIT 3)';
    expect(spider.ordered(sql, null)).toBe(true);
    expect(semanticsOf('dialectic').ordered(sql, null)).toBe(false);
    expect(semanticsOf('bird').ordered(sql, null)).toBe(false);
  });
});

describe('exact set match', () => {
  const table = (name: string, columns: string[]) => ({
    name,
    rows: 1,
    columns: columns.map((column) => ({
      ...{ name: column, type: 'text' as const, nativeType: 'TEXT', nullable: true, primaryKey: false },
      ...{ distinct: 1, nullRate: 0, samples: [] },
    })),
  });
  const schema: DatabaseSchema = {
    ...{ name: 'd', dialect: 'sqlite' },
    tables: [table('singer', ['id', 'name', 'age']), table('song', ['title', 'singer_id', 'writer_id'])],
    foreignKeys: ['singer_id', 'writer_id'].map((column) => ({
      ...{ table: 'song', column, referencesTable: 'singer', referencesColumn: 'id' },
    })),
  };
  const match = (gold: string, predicted: string) => setMatch(gold, predicted, sqlite, schema);

  it.each([
    ['columns and conditions in another order', 'SELECT name, age FROM singer WHERE age > 1 AND name = 2', 'SELECT age, name FROM singer WHERE name = 3 AND age > 9'], // prettier-ignore
    ['other values', "SELECT name FROM singer WHERE name = 'a' LIMIT 1", 'SELECT name FROM singer WHERE name = "b" LIMIT 3'], // prettier-ignore
    ['aliases', 'SELECT T1.name FROM singer AS T1 JOIN song AS T2 ON T1.id = T2.singer_id', 'SELECT singer.name FROM song JOIN singer ON song.singer_id = singer.id'], // prettier-ignore
    ['the other end of a foreign key', 'SELECT id FROM singer JOIN song ON id = singer_id GROUP BY id', 'SELECT singer_id FROM singer JOIN song ON id = singer_id GROUP BY singer_id'], // prettier-ignore
    ['DISTINCT', 'SELECT DISTINCT name FROM singer', 'SELECT name FROM singer'],
    ['DISTINCT in an aggregate', 'SELECT count(DISTINCT name) FROM singer', 'SELECT count(name) FROM singer'],
    ['values in a query inside a condition', 'SELECT name FROM singer WHERE id IN (SELECT singer_id FROM song WHERE title = 1)', 'SELECT name FROM singer WHERE id IN (SELECT singer_id FROM song WHERE title = 2)'], // prettier-ignore
    ['two columns that one key ties', 'SELECT title FROM song WHERE singer_id = 1', 'SELECT title FROM song WHERE writer_id = 2'], // prettier-ignore
    ['sides of a UNION', 'SELECT name FROM singer UNION SELECT title FROM song', 'SELECT singer.name FROM singer UNION SELECT song.title FROM song'], // prettier-ignore
  ])('takes as the same: %s', (_, gold, predicted) => {
    expect(match(gold, predicted)).toBe(true);
    expect(match(predicted, gold)).toBe(true);
  });

  it.each([
    ['another column', 'SELECT name FROM singer', 'SELECT age FROM singer'],
    ['another aggregate', 'SELECT max(age) FROM singer', 'SELECT min(age) FROM singer'],
    ['a table more', 'SELECT name FROM singer', 'SELECT name FROM singer JOIN song ON id = singer_id'],
    ['OR for AND', 'SELECT name FROM singer WHERE age > 1 AND id = 2', 'SELECT name FROM singer WHERE age > 1 OR id = 2'], // prettier-ignore
    ['another operator', 'SELECT name FROM singer WHERE age > 1', 'SELECT name FROM singer WHERE age >= 1'],
    ['another direction', 'SELECT name FROM singer ORDER BY age', 'SELECT name FROM singer ORDER BY age DESC'],
    ['a limit more', 'SELECT name FROM singer ORDER BY age', 'SELECT name FROM singer ORDER BY age LIMIT 1'],
    ['NOT IN for IN', 'SELECT name FROM singer WHERE id IN (SELECT singer_id FROM song)', 'SELECT name FROM singer WHERE id NOT IN (SELECT singer_id FROM song)'], // prettier-ignore
    ['another query inside', 'SELECT name FROM singer WHERE id IN (SELECT singer_id FROM song)', 'SELECT name FROM singer WHERE id IN (SELECT title FROM song)'], // prettier-ignore
    ['EXCEPT for UNION', 'SELECT name FROM singer UNION SELECT title FROM song', 'SELECT name FROM singer EXCEPT SELECT title FROM song'], // prettier-ignore
    ['HAVING without groups', 'SELECT count(*) FROM singer HAVING count(*) > 1', 'SELECT count(*) FROM singer'],
    ['values in FROM', 'SELECT count(*) FROM (SELECT name FROM singer WHERE age > 1)', 'SELECT count(*) FROM (SELECT name FROM singer WHERE age > 2)'], // prettier-ignore
    ['two ends of one key, whose table only the second side has', 'SELECT id FROM singer EXCEPT SELECT singer_id FROM song', 'SELECT id FROM singer EXCEPT SELECT writer_id FROM song'], // prettier-ignore
    ['what cannot be read', 'SELECT name FROM singer', 'SELECT name FROM FROM'],
  ])('tells apart: %s', (_, gold, predicted) => {
    expect(match(gold, predicted)).toBe(false);
    expect(match(predicted, gold)).toBe(false);
  });
});
