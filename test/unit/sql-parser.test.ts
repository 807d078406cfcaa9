import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectManifest } from '../../core/dialect.js';
import type { Expr, Query, Select } from '../../core/sql/ast.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { parse, parseExpression } from '../../core/sql/parser.js';
import { print, printExpr } from '../../core/sql/printer.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
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
    [bigquery, 'SELECT a FROM t TABLESAMPLE SYSTEM (1 PERCENT)', 16, 'unsupported construct: TABLESAMPLE'],
    [postgres, 'SELECT $1', 7, 'unsupported construct: query parameter'],
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
