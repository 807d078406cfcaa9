import { describe, expect, it } from 'vitest';
import { expandSteps, type ExpandResult } from '../../core/expand/expand.js';
import { orderBounds } from '../../core/populate/bounds.js';
import { createRandom } from '../../core/sampling/random.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { commonPhrases } from '../../core/verbalise/common-phrases.js';
import { compileLexicon } from '../../core/verbalise/phrase.js';
import { verbalise } from '../../core/verbalise/verbalise.js';
import { dialects } from '../../dialects/registry.js';
import { examplesFor, guidesFor } from './teacher-inputs.js';

function run(dialect: string, target: number, minYield?: number): { result: ExpandResult; steps: number[] } {
  const { manifest, phrases } = dialects[dialect]!;
  const steps: number[] = [];
  const expansion = expandSteps({
    ...{ manifest, phrases, target, seed: 3, seeds: [], functions: [] },
    examples: examplesFor(dialect),
    guides: guidesFor(dialect),
    ...(minYield === undefined ? {} : { minYield }),
  });
  for (;;) {
    const { done, value } = expansion.next();
    if (done === true) return { result: value, steps };
    steps.push(value);
  }
}

describe('the grammar of SQLite', () => {
  const { result, steps } = run('sqlite', 1000);
  const has = (pattern: RegExp): boolean => result.templates.some(({ sql }) => pattern.test(sql));

  it.each([
    ['a hierarchy by WITH RECURSIVE', /WITH RECURSIVE step1/],
    ['a table beside itself', /FROM \{(T\d)\} AS t1 (LEFT )?JOIN \{\1\} AS t2/],
    ['three tables along keys', /JOIN \{T2\} AS t2 ON .* JOIN \{T3\} AS t3 ON/],
    ['four tables along keys', /JOIN \{T4\} AS t4 ON/],
    ['a correlated scalar subquery', /\(SELECT COUNT\(\*\) FROM \{T\d\} AS t2 WHERE t1\./],
    ['the extreme of a group', /\(SELECT MAX\(t2\.\{C\d\}\) FROM \{T1\} AS t2 WHERE t2\.\{C\d\} = t1\.\{C\d\}\)/],
    ['a subquery in a subquery', /IN \(SELECT .* IN \(SELECT/],
    ['two steps', /JOIN step2 AS t2|FROM step2/],
    ['a table joined with a step', /JOIN step1 AS t2 ON/],
    ['a ranking that is filtered', /RANK\(\) OVER .* WHERE value (<|=)/],
    ['a named window', /OVER w.* WINDOW w AS/],
    ['a conditional aggregate', /SUM\(CASE WHEN/],
    ['an aggregate with FILTER', /FILTER \(WHERE/],
    ['three set operands', /UNION .* UNION/],
  ])('makes %s', (_, pattern) => {
    expect(has(pattern)).toBe(true);
  });

  it('puts functions into functions', () => {
    expect(result.templates.filter(({ sql }) => /[A-Z]\w+\([A-Z]\w+\(\{C\d\}/.test(sql)).length).toBeGreaterThan(10);
  });

  it('tells of its progress at least every fifty templates', () => {
    const gaps = steps.slice(1).map((made, index) => made - steps[index]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60);
  });
});

it('writes pipelines and PIVOT where the dialect has them, and only there', () => {
  const of = (dialect: string): string[] => run(dialect, 400).result.templates.map(({ sql }) => sql);
  const [bigquery, sqlite] = [of('bigquery'), of('sqlite')];
  expect(bigquery.some((sql) => sql.includes('|> AGGREGATE'))).toBe(true);
  expect(bigquery.some((sql) => sql.includes(' PIVOT (') || sql.includes(' PIVOT('))).toBe(true);
  expect(sqlite.some((sql) => /\|>|PIVOT|GROUPING SETS|QUALIFY/.test(sql))).toBe(false);
});

it('stops when too little of what it tries is new', () => {
  const patient = run('sqlite', 100_000, 0.95).result.templates.length;
  expect(patient).toBeGreaterThan(100);
  expect(patient).toBeLessThan(5_000);
});

describe('questions about the examples', () => {
  const { manifest, phrases } = dialects['postgres']!;
  const lexicon = compileLexicon(manifest, phrases, commonPhrases);
  const ask = (sql: string): string => {
    const spoken = verbalise({
      ...{ query: parse(sql, manifest), schema: examplesFor('postgres'), lexicon },
      ...{ random: createRandom(5), style: 'imperative' },
    });
    return spoken.outcome === 'read' ? spoken.question : `unreadable: ${spoken.part}`;
  };

  it.each([
    [
      'SELECT name FROM customers AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.id)',
      /customers (that have|with)/,
    ],
    [
      'SELECT status, COUNT(*) FROM orders GROUP BY GROUPING SETS ((status), ())',
      /separately by status and over all rows together/,
    ],
    [
      'SELECT c.name, o.id FROM customers AS c FULL JOIN orders AS o ON o.customer_id = c.id',
      /without any order and orders without a customer/,
    ],
    ['SELECT n FROM generate_series(1, 5) AS n', /numbers from 1 to 5/],
    [
      'WITH RECURSIVE r AS (SELECT id, 0 AS n FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, r.n + 1 FROM employees AS e JOIN r ON e.manager_id = r.id) SELECT MAX(n) FROM r',
      /employees whose manager id is the id of one found before/,
    ],
    ['SELECT name, RANK() OVER w FROM employees WINDOW w AS (ORDER BY salary DESC)', /rank.* salary/],
    ["SELECT name FROM products WHERE name LIKE '_a%'", /_ for any one character/],
  ])('reads %s', (sql, expected) => {
    expect(ask(sql)).toMatch(expected);
  });
});

it('orders the limits of a range that nothing could lie in, and of a choice that everything would fit', () => {
  const { manifest } = dialects['sqlite']!;
  const put = (sql: string): string => print(orderBounds(parse(sql, manifest)), manifest);
  expect(put('SELECT a FROM t WHERE x >= 72 AND x <= 43 AND y > 1')).toBe(
    'SELECT a FROM t WHERE x >= 43 AND x <= 72 AND y > 1',
  );
  expect(put('SELECT a FROM t WHERE x > 1 AND x < 2')).toBe('SELECT a FROM t WHERE x > 1 AND x < 2');
  expect(put('SELECT a FROM t WHERE x > 9 OR x < 2')).toBe('SELECT a FROM t WHERE x > 9 OR x < 2');
  expect(put('SELECT a FROM t WHERE x > 2 OR x <= 9')).toBe('SELECT a FROM t WHERE x > 9 OR x <= 2');
  expect(put('SELECT a FROM t WHERE x > 2 OR y <= 9')).toBe('SELECT a FROM t WHERE x > 2 OR y <= 9');
});
