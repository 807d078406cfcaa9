import { describe, expect, it } from 'vitest';
import { checkPair } from '../../core/checks/pipeline.js';
import { isTied, tieProbes } from '../../core/checks/ties.js';
import type { ExecutionOutcome } from '../../core/database.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import type { Pair } from '../../core/template.js';
import { duckdb } from '../../dialects/duckdb/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const probesOf = (sql: string, manifest = sqlite) =>
  tieProbes(parse(sql, manifest)).map(({ query, limit, keys, whole }) => [print(query, manifest), limit, keys, whole]);

describe('the probe of a limit', () => {
  it.each([
    ['SELECT name FROM t ORDER BY age LIMIT 1', 'SELECT name, age AS tie_1 FROM t ORDER BY age LIMIT 2'],
    [
      'SELECT city, COUNT(*) AS n FROM t GROUP BY city ORDER BY n DESC, city LIMIT 3',
      'SELECT city, COUNT(*) AS n, COUNT(*) AS tie_1, city AS tie_2 FROM t GROUP BY city ORDER BY n DESC, city LIMIT 4',
    ],
    ['SELECT name, age FROM t ORDER BY 2 LIMIT 5', 'SELECT name, age, age AS tie_1 FROM t ORDER BY 2 LIMIT 6'],
    [
      'SELECT DISTINCT age FROM t ORDER BY age LIMIT 1',
      'SELECT DISTINCT age, age AS tie_1 FROM t ORDER BY age LIMIT 2',
    ],
    ['SELECT * FROM t ORDER BY age LIMIT 1', 'SELECT *, age AS tie_1 FROM t ORDER BY age LIMIT 2'],
  ])('of %s asks for a row more', (sql, probe) => {
    const [[text, , , whole] = []] = probesOf(sql);
    expect([text, whole]).toEqual([probe, true]);
  });

  it('is made of queries in a statement too, with the common tables that they may name', () => {
    expect(
      probesOf('SELECT name FROM t WHERE id = (SELECT t_id FROM u GROUP BY t_id ORDER BY COUNT(*) LIMIT 1)'),
    ).toEqual([['SELECT t_id, COUNT(*) AS tie_1 FROM u GROUP BY t_id ORDER BY COUNT(*) LIMIT 2', 1, 1, false]]);
    const [inStep, inBody] = probesOf(
      'WITH a AS (SELECT x FROM t ORDER BY y LIMIT 1), b AS (SELECT x FROM a) SELECT * FROM (SELECT x FROM b ORDER BY x LIMIT 2) AS s',
    );
    expect(inStep![0]).toBe('SELECT x, y AS tie_1 FROM t ORDER BY y LIMIT 2');
    expect(inBody![0]).toBe(
      'WITH a AS (SELECT x FROM t ORDER BY y LIMIT 1), b AS (SELECT x FROM a) SELECT x, x AS tie_1 FROM b ORDER BY x LIMIT 3',
    );
  });

  it.each([
    'SELECT name FROM t ORDER BY age',
    'SELECT name FROM t LIMIT 3',
    'SELECT name FROM t ORDER BY age LIMIT 3 OFFSET 2',
    'SELECT DISTINCT name FROM t ORDER BY age LIMIT 1',
    'SELECT name FROM t UNION SELECT name FROM u ORDER BY name LIMIT 1',
    'SELECT * FROM t ORDER BY 2 LIMIT 1',
  ])('is not made of %s', (sql) => expect(probesOf(sql)).toEqual([]));

  it('is not made of a limit with ties, which keeps all of them', () => {
    expect(probesOf('SELECT name FROM t ORDER BY age LIMIT 10%', duckdb)).toEqual([]);
  });
});

describe('the probe of a window', () => {
  it.each([
    [
      'SELECT name, ROW_NUMBER() OVER (PARTITION BY city ORDER BY age DESC) FROM t ORDER BY name',
      'SELECT COUNT(*) OVER (PARTITION BY city, age) AS tie_1 FROM t',
    ],
    [
      'SELECT city, NTILE(4) OVER w FROM t GROUP BY city WINDOW w AS (ORDER BY SUM(pay))',
      'SELECT COUNT(*) OVER (PARTITION BY SUM(pay)) AS tie_1 FROM t GROUP BY city',
    ],
    [
      'SELECT SUM(pay) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t',
      'SELECT COUNT(*) OVER (PARTITION BY day) AS tie_1 FROM t',
    ],
    ['SELECT name, ROW_NUMBER() OVER () FROM t', 'SELECT COUNT(*) OVER () AS tie_1 FROM t'],
  ])('of %s counts the rows of a place', (sql, probe) => expect(probesOf(sql)).toEqual([[probe, null, 1, true]]));

  it.each([
    'SELECT name, RANK() OVER (ORDER BY age) FROM t',
    'SELECT day, SUM(pay) OVER (ORDER BY day) FROM t',
    'SELECT name, AVG(pay) OVER (PARTITION BY city) FROM t',
  ])('is not made of %s, where equal rows have the same', (sql) => expect(probesOf(sql)).toEqual([]));

  it('tells a tie by a place that several rows share', () => {
    const [probe] = tieProbes(parse('SELECT ROW_NUMBER() OVER (ORDER BY age) FROM t', sqlite));
    expect([isTied(probe!, [[1], [1]]), isTied(probe!, [[1], [2], [2]])]).toEqual([false, true]);
  });
});

describe('a tie', () => {
  const [probe] = tieProbes(parse('SELECT name FROM t ORDER BY age LIMIT 2', sqlite));
  const tied = (...rows: (string | number | null)[][]) => isTied(probe!, rows);

  it('is of rows that are ordered alike and are not the same', () => {
    expect(tied(['a', 1], ['b', 2], ['c', 2])).toBe(true);
    expect(tied(['a', 1], ['b', null], ['c', null])).toBe(true);
    expect(tied(['a', 1], ['b', 2], ['c', 3])).toBe(false);
    // Whichever is taken, the answer is the same.
    expect(tied(['a', 1], ['b', 2], ['b', 2])).toBe(false);
    // A tie before the limit moves no row out.
    expect(tied(['a', 1], ['b', 1], ['c', 2])).toBe(false);
    expect(tied(['a', 1], ['b', 1])).toBe(false);
  });

  it('rejects the pair, and is asked for only where the limit left something out', async () => {
    const asked: string[] = [];
    const check = (sql: string, rows: number, count = 1) =>
      checkPair({ id: '1', database: 'shop', question: `The ${count} names with the lowest age`, sql } as Pair, {
        manifest: sqlite,
        maxRows: 10,
        execute: async (statement): Promise<ExecutionOutcome> => {
          asked.push(statement);
          const all = [['a', 1], ['b', 1]].slice(0, rows); // prettier-ignore
          return {
            kind: 'rows',
            columns: [],
            rows: statement.includes('tie_1') ? all : all.slice(0, 1),
            truncated: false,
            ms: 1,
          };
        },
      });
    const sql = 'SELECT name FROM t ORDER BY age LIMIT 1';
    expect(await check(sql, 2)).toMatchObject({ accepted: false, reason: 'tied-rows' });
    expect(await check(sql, 1)).toMatchObject({ accepted: true });
    asked.length = 0;
    expect(await check('SELECT name FROM t ORDER BY age LIMIT 3', 1, 3)).toMatchObject({ accepted: true });
    expect(asked).toEqual(['SELECT name FROM t ORDER BY age LIMIT 3']);
  });
});
