import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectManifest } from '../../core/dialect.js';
import type { Expr, Query, Select } from '../../core/sql/ast.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { parse, parseExpression } from '../../core/sql/parser.js';
import { print, printExpr } from '../../core/sql/printer.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { duckdb } from '../../dialects/duckdb/dialect.js';
import { mariadb } from '../../dialects/mariadb/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const select = (query: Query) => query.body as Select;

/** Statements in canonical text: what is parsed from them prints as them. */
const statements: [DialectManifest, string[]][] = [
  [
    sqlite,
    [
      "SELECT a FROM t WHERE name GLOB 'A*' OR name LIKE 'a\\%' ESCAPE '\\' COLLATE NOCASE",
      "SELECT payload ->> '$.a[0]' AS v, JSON_EXTRACT(payload, '$.b') FROM e, JSON_EACH(e.tags) AS j WHERE j.value IS NOT 'x'",
      'SELECT a FROM t INTERSECT SELECT b FROM u UNION SELECT c FROM v ORDER BY 1 DESC NULLS LAST LIMIT 3',
      'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n',
      'SELECT SUM(a) OVER w, RANK() OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t WINDOW w AS (ORDER BY d)',
      'SELECT COUNT(*) FILTER (WHERE a > 1), GROUP_CONCAT(DISTINCT b ORDER BY b) FROM t GROUP BY c HAVING COUNT(*) > 2',
      "SELECT CASE a WHEN 1 THEN 'x' ELSE NULL END, CAST(b AS INTEGER), x'0AFF' FROM t NATURAL JOIN u LEFT JOIN v USING (id)",
    ],
  ],
  [
    postgres,
    [
      'SELECT DISTINCT ON (a) a, b::NUMERIC(10, 2), c::TEXT[] FROM t ORDER BY a, b DESC NULLS FIRST',
      "SELECT d + INTERVAL '3 days', EXTRACT(YEAR FROM d), DATE '2024-01-01', ts AT TIME ZONE 'UTC' FROM t",
      "SELECT (ARRAY[1, 2, 3])[1:2], tags[1], ARRAY(SELECT x FROM u) FROM t WHERE a = ANY (ARRAY['x', 'y']) AND tags @> ARRAY['z']",
      'SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) FILTER (WHERE b) FROM t',
      'SELECT t.id, x.v FROM t CROSS JOIN LATERAL (SELECT v FROM u WHERE u.id = t.id LIMIT 1) AS x',
      "SELECT POSITION('a' IN b), SUBSTRING(b FROM 1 FOR 2), TRIM(BOTH 'x' FROM b), OVERLAY(b PLACING 'y' FROM 1 FOR 2) FROM t",
      'SELECT k, n FROM JSONB_EACH_TEXT(doc) WITH ORDINALITY AS e(k, v, n) WHERE NOT a IS DISTINCT FROM b',
      "SELECT doc #>> '{a,b}', doc ? 'k' FROM t WHERE name ~* '^a' AND (a, b) IN ((1, 2), (3, 4)) AND s SIMILAR TO '%x'",
      'SELECT a, b FROM t GROUP BY GROUPING SETS ((a, b), (a), ()), CUBE (c), ROLLUP (d, e)',
      'SELECT a FROM t ORDER BY b FETCH FIRST 3 ROWS WITH TIES',
      'SELECT * FROM JSON_TO_RECORDSET(doc) AS x(a INT, b TEXT)',
      'SELECT MAKE_INTERVAL(days => 3), (row).field FROM t, u LEFT JOIN v ON u.id = v.id',
      'SELECT a, COUNT(*) FROM t TABLESAMPLE SYSTEM (10) REPEATABLE (1) GROUP BY DISTINCT ROLLUP (a), CUBE (b)',
      'SELECT a FROM t GROUP BY GROUPING SETS ((a), ROLLUP (b, c))',
      "SELECT @ a, |/ 25, POINT '(0,0)', a[:2], a[1:], FORMAT('%s', VARIADIC b) FROM t WHERE c BETWEEN SYMMETRIC 2 AND 1",
      'SELECT x, n FROM ROWS FROM (GENERATE_SERIES(1, 3), JSON_TO_RECORDSET(doc) AS (a INT)) WITH ORDINALITY AS r(x, y, n)',
      'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SEARCH DEPTH FIRST BY n SET o CYCLE n SET c USING p SELECT * FROM r',
      'SELECT j.a FROM (t JOIN u ON t.id = u.id) AS j, v JOIN (w JOIN x ON w.id = x.id) ON v.id = w.id WHERE doc IS JSON OBJECT',
      "SELECT $1, a FROM t WHERE b = ALL (SELECT c FROM u) AND (d, e) OVERLAPS (f, INTERVAL '1 day')",
    ],
  ],
  [
    bigquery,
    [
      'SELECT * EXCEPT (a) REPLACE (b + 1 AS b) FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY c ORDER BY d) = 1',
      'SELECT item.sku, o FROM orders AS r, UNNEST(r.items) AS item WITH OFFSET AS o WHERE 3 IN UNNEST(r.tags)',
      "SELECT items[OFFSET(0)].sku, [1, 2], ARRAY<INT64>[], STRUCT(1 AS a, 'b' AS c) FROM orders",
      "SELECT DATE_TRUNC(d, MONTH), DATE_DIFF(a, b, WEEK(MONDAY)), DATE_ADD(d, INTERVAL 3 DAY), SAFE.PARSE_DATE('%F', s) FROM t",
      "SELECT SAFE_CAST(a AS INT64), CAST(b AS ARRAY<STRUCT<x INT64, y STRING>>), CAST(c AS STRING FORMAT 'YYYY') FROM t GROUP BY ALL",
      "SELECT ARRAY_AGG(x IGNORE NULLS ORDER BY y LIMIT 2), ANY_VALUE(x HAVING MAX y), TIMESTAMP '2024-01-01' FROM t",
      '(SELECT a FROM t UNION ALL SELECT b FROM u) EXCEPT DISTINCT SELECT c FROM v',
      "SELECT AS STRUCT a, r'\\d+' FROM `my-project`.ds.t",
      "SELECT REGEXP_CONTAINS(a, r'^x'), a LIKE ANY ('a', 'b') FROM t",
      'FROM t |> WHERE a > 1 |> AGGREGATE COUNT(*) AS n DESC GROUP BY b AS k |> EXTEND n + 1 AS m |> SET n = 0 |> DROP m |> RENAME k AS l',
      'WITH a AS (SELECT 1 AS x) FROM a |> AS s |> LEFT JOIN t ON s.x = t.x |> ORDER BY x DESC |> LIMIT 2 |> SELECT DISTINCT x',
      'FROM t |> UNION ALL (SELECT 1), (FROM u) |> PIVOT (SUM(a) FOR b IN (1 AS x, 2)) |> CALL F(3) AS c |> AGGREGATE GROUP AND ORDER BY d',
      "SELECT * FROM t PIVOT (SUM(a) AS s FOR b IN ('x' AS y, 'z')) AS p CROSS JOIN u UNPIVOT INCLUDE NULLS (v FOR n IN (c, d AS 'e'))",
      'SELECT a FROM t FULL UNION ALL CORRESPONDING BY (a) SELECT a, b FROM u',
      'SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS (epsilon = 1, privacy_unit_column = id) a, AVG(b) FROM t TABLESAMPLE SYSTEM (10 PERCENT) GROUP BY a',
      'SELECT ARRAY_TRANSFORM(x, e -> e + 1), ARRAY_FILTER(x, (e, i) -> i > 0), WITH(a AS 1, b AS a, b), @p, SUM(MIN(x) GROUP BY y) FROM t',
      "SELECT RANGE<DATE> '[2024-01-01, 2024-02-01)', COUNT(* WHERE a > 1), a COLLATE 'und:ci' FROM F(TABLE t, k => 1), u FOR SYSTEM_TIME AS OF b",
      'SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY a ORDER BY b MEASURES MAX(c) AS m AFTER MATCH SKIP TO NEXT ROW PATTERN (x + y ?) DEFINE x AS c > 1, y AS c < 1) AS r',
      'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) WITH DEPTH AS d BETWEEN 1 AND 3 SELECT n FROM r',
    ],
  ],
  [
    duckdb,
    [
      'FROM t',
      'FROM t SELECT a, COUNT(*) GROUP BY ALL ORDER BY ALL DESC',
      "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b), {'a': 1, 'b': [1, 2]}, MAP {'k': 2}, l[1:], l[:-1:2], 7 // 2 ** 3 FROM t",
      'SELECT LIST_TRANSFORM(l, x -> x + 1), LIST_FILTER(l, LAMBDA x, i: x > i), [x * 2 FOR x IN l IF x > 1] FROM t',
      "SELECT TRY_CAST(a AS INT[]), b::STRUCT(x INT, y VARCHAR), doc -> '$.a', doc ->> 'b' = 'c' FROM t WHERE a IN l",
      'SELECT a FROM t ASOF LEFT JOIN u ON t.id = u.id AND t.seen >= u.seen SEMI JOIN v USING (id) POSITIONAL JOIN w',
      'SELECT COLUMNS(c -> c <> a) FROM t WINDOW w AS (ORDER BY a) QUALIFY ROW_NUMBER() OVER w = 1 USING SAMPLE RESERVOIR (5 ROWS) REPEATABLE (1)',
      'PIVOT t ON y, z IN (1, 2) USING SUM(x) AS s GROUP BY w ORDER BY w',
      'UNPIVOT t ON COLUMNS(* EXCLUDE (id)) INTO NAME n VALUE v',
      'SELECT a FROM t LIMIT 10 %',
      "SELECT (s).x, s.x, INTERVAL 3 DAY, INTERVAL (n) HOUR, INTERVAL '3 days' FROM t",
      'SELECT a FROM (PIVOT t ON y USING SUM(x)) AS p UNION ALL BY NAME SELECT b FROM u UNPIVOT (v FOR n IN (c, d))',
      'WITH RECURSIVE r(n) USING KEY (n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT n FROM r',
    ],
  ],
  [
    mariadb,
    [
      "SELECT GROUP_CONCAT(DISTINCT a, b ORDER BY c DESC SEPARATOR '; '), a <=> b, a || b AND c XOR d DIV 2 MOD 3 ^ 2 FROM t",
      'SELECT a, b, COUNT(*) FROM t GROUP BY a, b WITH ROLLUP LIMIT 3',
      "SELECT DATE_ADD(d, INTERVAL 3 DAY), 'it\\'s \\\\', CONVERT(a USING utf8mb4), a RLIKE '^x' FROM t",
    ],
  ],
];

describe('parser', () => {
  for (const [dialect, texts] of statements) {
    it.each(texts)(`reads and prints in ${dialect.name}: %s`, (sql) => {
      const tree = parse(sql, dialect);
      const printed = print(tree, dialect);
      expect(parse(printed, dialect)).toEqual(tree);
      expect(printed).toBe(sql);
    });
  }

  it('resolves what looks alike', () => {
    expect(select(parse('SELECT "x" FROM t', sqlite)).items[0]!.expr).toEqual({
      kind: 'column',
      table: null,
      name: 'x',
      quoted: true,
    });
    expect(select(parse('SELECT "x" FROM t', bigquery)).items[0]!.expr).toEqual({
      kind: 'string',
      value: 'x',
      prefix: '',
    });
    expect(select(parse('SELECT left(a, 1) FROM t LEFT JOIN u ON TRUE', postgres)).items[0]!.expr).toMatchObject({
      kind: 'call',
      name: 'LEFT',
    });
    expect(select(parse("SELECT date 'x' FROM t", sqlite)).items[0]).toMatchObject({ alias: 'x' });
    expect(select(parse("SELECT 'it''s'", mariadb)).items[0]!.expr).toMatchObject({ value: "it's" });
    expect(select(parse('SELECT x -> 1, y -> z FROM t', duckdb)).items.map(({ expr }) => expr.kind)).toEqual([
      'binary',
      'lambda',
    ]);
    expect(select(parse('SELECT (x).upper(), [1].first()', duckdb)).items[0]!.expr).toMatchObject({ name: 'UPPER' });
    expect(parse('SELECT 1 FROM `a.b.c`', bigquery).body).toMatchObject({ from: { name: ['a', 'b', 'c'] } });
  });

  it('reads set operations as each dialect does', () => {
    const sql = 'SELECT 1 UNION SELECT 2 INTERSECT SELECT 3';
    expect(parse(sql, sqlite).body).toMatchObject({ operator: 'INTERSECT' });
    expect(parse(sql, postgres).body).toMatchObject({ operator: 'UNION', right: { operator: 'INTERSECT' } });
  });

  it.each([
    [sqlite, 'SELECT a FROM', 13, 'expected a name'],
    [sqlite, 'SELECT FROM t', 7, 'expected an expression'],
    [sqlite, 'SELECT a FROM t WHERE', 21, 'expected an expression'],
    [bigquery, 'SELECT a FROM GRAPH_TABLE (g MATCH (a))', 14, 'unsupported construct: GRAPH_TABLE'],
    [bigquery, 'FROM t |> TEE', 10, 'unsupported construct: pipe operator TEE'],
    [postgres, `SELECT ${'('.repeat(500)}1${')'.repeat(500)}`, undefined, 'nested more than'],
    [postgres, `SELECT 1${' + 1'.repeat(5000)}`, undefined, 'operators in a row'],
  ])('says where and why it cannot read (%#)', (dialect, sql, position, problem) => {
    try {
      parse(sql, dialect);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ParseError);
      expect((error as ParseError).problem).toContain(problem);
      if (position !== undefined) expect((error as ParseError).position).toBe(position);
    }
  });

  it('reads any expression tree from its own text', () => {
    const { tree } = fc.letrec<{ tree: Expr }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<Expr>(
          { kind: 'number', text: '1' },
          { kind: 'string', value: "it's", prefix: '' },
          { kind: 'null' },
          { kind: 'column', table: 't', name: 'a' },
        ),
        fc.record({
          kind: fc.constant('binary' as const),
          operator: fc.constantFrom('+', '-', '*', '/', '||', '=', '<', 'AND', 'OR'),
          left: tie('tree'),
          right: tie('tree'),
        }),
        fc.record({
          kind: fc.constant('unary' as const),
          operator: fc.constantFrom('NOT' as const, '-' as const),
          operand: tie('tree'),
        }),
        fc.record({
          kind: fc.constant('between' as const),
          operand: tie('tree'),
          low: tie('tree'),
          high: tie('tree'),
          negated: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('is' as const),
          operand: tie('tree'),
          test: fc.constant('NULL' as const),
          right: fc.constant(null),
          negated: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('like' as const),
          operator: fc.constant('LIKE'),
          operand: tie('tree'),
          pattern: tie('tree'),
          escape: fc.constant(null),
          negated: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('in' as const),
          operand: tie('tree'),
          list: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
          query: fc.constant(null),
          unnest: fc.constant(null),
          negated: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('cast' as const),
          style: fc.constant('CAST' as const),
          operand: tie('tree'),
          type: fc.constant('TEXT'),
          format: fc.constant(null),
        }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(sqlite, postgres, bigquery), (expr, dialect) => {
        expect(parseExpression(printExpr(expr, dialect), dialect)).toEqual(expr);
      }),
      { numRuns: 1000 },
    );
  });
});
