import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf, featureTags } from '../../core/sql/features.js';
import { hardness } from '../../core/sql/hardness.js';
import { keywordsOf } from '../../core/sql/keywords.js';
import { ordersRows } from '../../core/sql/order.js';
import { parse } from '../../core/sql/parser.js';
import { skeleton } from '../../core/sql/skeleton.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const shape = (sql: string, dialect = sqlite) => skeleton(parse(sql, dialect), dialect);

describe('skeleton', () => {
  it('erases tables, columns, aliases and values', () => {
    expect(
      shape(
        "SELECT T1.name AS n, count(*) FROM singer AS T1 JOIN song AS T2 ON T1.id = T2.sid WHERE T1.age > 20 OR T2.t IN ('a', 'b') GROUP BY 1",
      ),
    ).toBe('SELECT _, COUNT(*) FROM _ JOIN _ ON _ = _ WHERE _ > _ OR _ IN (_) GROUP BY _');
  });

  it('is the same for a statement and for its template', () => {
    expect(shape('SELECT {C1} FROM {T1} WHERE {C2} > {V1} LIMIT {V2}')).toBe(
      shape('SELECT a FROM b WHERE c > -1.5 LIMIT 3'),
    );
  });

  it('keeps what makes a construct: units, types, paths of functions, frames', () => {
    expect(shape('SELECT DATE_ADD(d, INTERVAL 3 DAY), CAST(x AS INT64) FROM t', bigquery)).toBe(
      'SELECT DATE_ADD(_, INTERVAL _ DAY), CAST(_ AS INT64) FROM _',
    );
    expect(shape('SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM t', postgres)).toBe(
      'SELECT SUM(_) OVER (ORDER BY _ ROWS BETWEEN _ PRECEDING AND CURRENT ROW) FROM _',
    );
  });

  it('does not depend on names', () => {
    const name = fc.stringMatching(/^[a-z]{3,8}_$/);
    fc.assert(
      fc.property(name, name, name, fc.integer({ min: 0 }), (a, b, c, value) => {
        expect(shape(`SELECT ${a}, MAX(${b}) FROM ${c} WHERE ${b} < ${value} GROUP BY ${a}`)).toBe(
          'SELECT _, MAX(_) FROM _ WHERE _ < _ GROUP BY _',
        );
      }),
    );
  });
});

describe('keywords', () => {
  it('are the units in which coverage is counted', () => {
    expect(
      keywordsOf(
        parse(
          'SELECT a, RANK() OVER (PARTITION BY b ORDER BY c DESC NULLS LAST) FROM t LEFT JOIN u USING (id) WHERE d NOT IN (1) AND e::DATE IS NOT DISTINCT FROM f UNION ALL SELECT 1, 2',
          postgres,
        ),
      ),
    ).toEqual([
      '::',
      'AND',
      'DATE',
      'DESC',
      'FROM',
      'IN',
      'IS NOT DISTINCT FROM',
      'LEFT JOIN',
      'NOT IN',
      'NULLS LAST',
      'ORDER BY',
      'OVER',
      'PARTITION BY',
      'RANK',
      'SELECT',
      'UNION',
      'UNION ALL',
      'USING',
      'WHERE',
    ]);
  });

  it('see through templates', () => {
    expect(keywordsOf(parse('SELECT SAFE.SUBSTR({C1}, 1) FROM {T1}, UNNEST({C2}) WITH OFFSET', bigquery))).toEqual([
      'FROM',
      'SAFE.',
      'SELECT',
      'SUBSTR',
      'UNNEST',
      'WITH OFFSET',
    ]);
  });
});

describe('hardness', () => {
  it.each([
    ['easy', 'SELECT name FROM t WHERE a > 1'],
    ['medium', 'SELECT name, COUNT(*) FROM t GROUP BY name'],
    ['medium', 'SELECT a FROM t JOIN u ON t.id = u.id WHERE b = 1'],
    ['hard', 'SELECT a FROM t WHERE b > (SELECT AVG(b) FROM t)'],
    ['hard', 'SELECT a FROM t EXCEPT SELECT b FROM u'],
    ['extra', 'SELECT a, b FROM t WHERE c NOT IN (SELECT d FROM u) AND e = 1'],
    ['hard', 'WITH x AS (SELECT a FROM t) SELECT a FROM x'],
  ])('%s: %s', (level, sql) => {
    expect(hardness(parse(sql, sqlite))).toBe(level);
  });
});

describe('features', () => {
  it('count what a query is made of, wherever it stands', () => {
    const query = parse(
      'WITH x AS (SELECT a FROM t JOIN u ON t.i = u.i) SELECT COUNT(*) FROM x WHERE a IN (SELECT MAX(b) FROM v GROUP BY c) UNION SELECT SUM(d) OVER () FROM w LIMIT 1',
      sqlite,
    );
    expect(featuresOf(query)).toEqual({
      tables: 5,
      joins: 1,
      groupings: 1,
      aggregates: 2,
      subqueries: 1,
      setOperations: 1,
      windows: 1,
      ctes: 1,
      orders: 0,
      limits: 1,
      nestingDepth: 2,
    });
    expect(featureTags(query)).toEqual([
      'join',
      'grouping',
      'aggregate',
      'subquery',
      'set operation',
      'window',
      'CTE',
      'limit',
    ]);
    expect(featureTags(parse('SELECT a FROM t', sqlite))).toEqual(['simple']);
  });
});

describe('order', () => {
  it('belongs to the answer only when the outermost query orders', () => {
    expect(ordersRows(parse('SELECT a FROM t ORDER BY a', sqlite))).toBe(true);
    expect(ordersRows(parse('(SELECT a FROM t ORDER BY a LIMIT 1)', postgres))).toBe(true);
    expect(ordersRows(parse('SELECT a FROM (SELECT a FROM t ORDER BY a) AS s', sqlite))).toBe(false);
    expect(ordersRows(parse('SELECT RANK() OVER (ORDER BY a) FROM t', sqlite))).toBe(false);
  });
});
