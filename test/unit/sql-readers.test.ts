import { describe, expect, it } from 'vitest';
import { corpora } from '../../bench/corpus/statements.js';
import { dependsOnData } from '../../core/checks/result.js';
import { exactMatch } from '../../core/metrics/exact-match.js';
import { featuresOf } from '../../core/sql/features.js';
import { guard } from '../../core/sql/guard.js';
import { hardness } from '../../core/sql/hardness.js';
import { keywordsOf } from '../../core/sql/keywords.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { rareConstructs } from '../../core/sql/rare.js';
import { skeleton } from '../../core/sql/skeleton.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { duckdb } from '../../dialects/duckdb/dialect.js';
import { mariadb } from '../../dialects/mariadb/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

// Every n-th statement of each corpus.
const sample = 250;

describe('what reads trees', () => {
  it.each(corpora().filter(({ statements }) => statements.length > 0))(
    'answers for every construct: $name',
    ({ statements, dialect }) => {
      const step = Math.max(1, Math.floor(statements.length / sample));
      let read = 0;
      for (const { sql } of statements.filter((_, index) => index % step === 0)) {
        const guarded = guard(sql, dialect);
        if (guarded.outcome !== 'query') continue;
        const { query } = guarded;
        read += 1;
        const printed = parse(print(query, dialect), dialect);
        expect(skeleton(printed, dialect), sql).toBe(skeleton(query, dialect));
        expect(keywordsOf(query).length, sql).toBeGreaterThan(0);
        expect(featuresOf(query).nestingDepth, sql).toBeGreaterThan(0);
        expect(['easy', 'medium', 'hard', 'extra']).toContain(hardness(query));
        expect(typeof dependsOnData(query)).toBe('boolean');
        expect(exactMatch(print(query, dialect), sql, dialect), sql).toBe(true);
      }
      expect(read / Math.min(statements.length, sample)).toBeGreaterThan(0.7);
    },
    120_000,
  );

  it.each([
    [postgres, 'SELECT a FROM t WHERE b BETWEEN SYMMETRIC 2 AND 1', ['BETWEEN SYMMETRIC']],
    [postgres, 'SELECT a FROM t GROUP BY DISTINCT a', ['GROUP BY DISTINCT']],
    [duckdb, 'SELECT a FROM t USING SAMPLE 5 ROWS', ['USING SAMPLE']],
    [bigquery, 'SELECT a FROM t FULL UNION ALL BY NAME SELECT b FROM u', ['BY NAME']],
    [bigquery, 'SELECT a FROM t', []],
  ])('names what a reader could pass over (%#)', (dialect, sql, names) => {
    expect(rareConstructs(parse(sql, dialect))).toEqual(names);
  });

  it.each([
    [bigquery, 'FROM t |> AGGREGATE SUM(a) AS s GROUP BY b |> WHERE s > 3', ['|> AGGREGATE', '|> WHERE', '|>']],
    [duckdb, 'FROM t SELECT a ORDER BY ALL', ['FROM FIRST']],
    [duckdb, 'SELECT a FROM t ASOF LEFT JOIN u ON t.b >= u.b', ['ASOF JOIN', 'ASOF LEFT JOIN']],
    [duckdb, 'PIVOT t ON a USING SUM(b)', ['PIVOT']],
    [sqlite, 'SELECT a FROM t WHERE a ISNULL OR b NOTNULL', ['ISNULL', 'IS NULL', 'NOTNULL', 'IS NOT NULL']],
    [mariadb, "SELECT GROUP_CONCAT(a SEPARATOR '; ') FROM t", ['GROUP_CONCAT', 'SEPARATOR']],
    [mariadb, 'SELECT TIMESTAMPDIFF(MONTH, a, b) FROM t', ['TIMESTAMPDIFF', 'MONTH']],
  ])('counts its keywords (%#)', (dialect, sql, words) => {
    expect(keywordsOf(parse(sql, dialect))).toEqual(expect.arrayContaining(words));
  });
});
