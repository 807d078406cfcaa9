import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guard } from '../../core/sql/guard.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { duckdb } from '../../dialects/duckdb/dialect.js';
import { mariadb } from '../../dialects/mariadb/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const verdict = (sql: string, dialect = sqlite) => {
  const guarded = guard(sql, dialect);
  return guarded.outcome === 'query' ? 'query' : guarded.reason;
};

describe('guard', () => {
  it.each([
    [sqlite, 'SELECT 1;'],
    [sqlite, '-- comment; DROP TABLE t\nSELECT 1 /* ; DELETE */'],
    [sqlite, "SELECT 'x; DROP TABLE t'"],
    [sqlite, 'SELECT replace(a, 1, 2) FROM t'],
    [postgres, 'VALUES (1, 2)'],
    [postgres, 'WITH a AS (SELECT 1) SELECT update, delete FROM a'],
    [bigquery, 'WITH a AS (SELECT 1 AS x) (SELECT x FROM a)'],
    [bigquery, 'FROM t |> WHERE a > 1 |> CALL ds.latest(3) |> AGGREGATE COUNT(*) GROUP BY b'],
    [bigquery, 'SELECT @{hint=1} a FROM t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()'],
    [duckdb, 'PIVOT t ON y USING SUM(x)'],
    [duckdb, "FROM t SELECT a.upper(), [x FOR x IN l IF x GLOB 'a*']"],
    [mariadb, 'SELECT 1--1, a FROM t GROUP BY a WITH ROLLUP'],
  ])('lets one read-only query pass (%#)', (dialect, sql) => {
    expect(verdict(sql, dialect)).toBe('query');
  });

  it.each([
    [sqlite, 'DROP TABLE t'],
    [sqlite, 'SELECT 1; SELECT 2'],
    [sqlite, '/* SELECT */ INSERT INTO t VALUES (1)'],
    [sqlite, 'PRAGMA writable_schema = 1'],
    [sqlite, "SELECT load_extension('x')"],
    [sqlite, 'WITH a AS (SELECT 1) DELETE FROM t'],
    [postgres, 'SELECT a INTO b FROM t'],
    [postgres, 'SELECT a FROM t FOR UPDATE'],
    [postgres, 'SELECT a FROM t FOR NO KEY UPDATE'],
    [postgres, 'WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d'],
    [postgres, "SELECT pg_read_file('/etc/passwd')"],
    [postgres, 'SELECT pg_catalog.pg_sleep(10)'],
    [postgres, "SELECT 1 WHERE EXISTS (SELECT dblink('x', 'y'))"],
    [postgres, "SELECT lo_import FROM lo_import('/etc/passwd')"],
    [postgres, "COPY t TO PROGRAM 'rm'"],
    [postgres, "SELECT * FROM ROWS FROM (generate_series(1, 2), public.dblink('x', 'y'))"],
    [postgres, 'SELECT a FROM t UNION SELECT b INTO c FROM u'],
    [postgres, 'WITH RECURSIVE r AS (SELECT 1) SEARCH DEPTH FIRST BY n SET o SELECT pg_sleep(1) FROM r'],
    [bigquery, 'DECLARE x INT64; SELECT x'],
    [bigquery, 'FROM t |> WHERE a > 1 |> INSERT INTO u'],
    [bigquery, 'FROM t |> CREATE TABLE u'],
    [bigquery, "FROM t |> EXPORT DATA OPTIONS (uri = 'x')"],
    [bigquery, "FROM t |> CALL EXTERNAL_QUERY('c', 'DROP TABLE t')"],
    [bigquery, "SELECT ('c').external_query('DELETE FROM t')"],
    [bigquery, "FROM t |> JOIN (SELECT * FROM EXTERNAL_QUERY('c', 'x')) USING (id)"],
    [duckdb, "FROM 'data.csv'"],
    [duckdb, 'SELECT * FROM "data/*.parquet"'],
    [duckdb, 'PIVOT "https://host/x.csv" ON a USING COUNT(*)'],
    [duckdb, 'SELECT LIST_TRANSFORM(l, x -> getenv(x)) FROM t'],
    [duckdb, "FROM read_csv('x') SELECT a"],
    [duckdb, "WITH a AS (FROM query('DROP TABLE t')) FROM a"],
    [duckdb, "SELECT ('SELECT 1').query()"],
    [mariadb, "SELECT a FROM t INTO OUTFILE '/tmp/x'"],
    [mariadb, "SELECT 1--1 INTO OUTFILE '/tmp/x'"],
    [mariadb, 'SELECT a FROM t LOCK IN SHARE MODE'],
    [mariadb, "SELECT a FROM t WHERE SLEEP(5) OR LOAD_FILE('x')"],
    [bigquery, "EXPORT DATA OPTIONS (uri = 'x') AS SELECT 1"],
  ])('refuses what does not only read (%#)', (dialect, sql) => {
    expect(verdict(sql, dialect)).toBe('not-read-only');
  });

  it('wants values, not parameters', () => {
    for (const [dialect, sql] of [
      [bigquery, 'SELECT @p'],
      [postgres, 'SELECT $1'],
      [sqlite, 'SELECT ?, :x'],
    ] as const)
      expect(guard(sql, dialect)).toMatchObject({
        reason: 'parse-error',
        message: expect.stringContaining('parameter'),
      });
  });

  it('calls what it cannot read a parse error', () => {
    expect(verdict('SELEC 1')).toBe('parse-error');
    expect(verdict('')).toBe('parse-error');
    expect(guard('SELECT a FROM', sqlite)).toEqual({
      outcome: 'refused',
      reason: 'parse-error',
      message: expect.stringContaining('at position 13'),
    });
  });

  it('answers whatever the text is', () => {
    const word = fc.constantFrom(
      'SELECT',
      'FROM',
      '(',
      ')',
      ',',
      '*',
      'a',
      '1',
      "'x'",
      'WHERE',
      'CASE',
      'END',
      'OVER',
      '[',
      ']',
      ';',
      'IN',
      'INTERVAL',
      '::',
      '.',
      'WITH',
      'AS',
      '|>',
      'PIVOT',
      'FOR',
      'ON',
      'JOIN',
      '->',
      ':',
      '{',
      '}',
      '@',
      'ROLLUP',
      'GROUP BY',
      'TABLE',
      'UNION',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        fc.constantFrom(sqlite, postgres, bigquery, duckdb, mariadb),
        (sql, dialect) => {
          expect(['query', 'parse-error', 'not-read-only']).toContain(verdict(sql, dialect));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
