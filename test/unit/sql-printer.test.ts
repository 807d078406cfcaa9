import { describe, expect, it } from 'vitest';
import { parse, parseExpression } from '../../core/sql/parser.js';
import { print, printExpr } from '../../core/sql/printer.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const canonical = (sql: string, dialect = sqlite) => print(parse(sql, dialect), dialect);

describe('printer', () => {
  it.each([
    ['select  count( * )from t  x where((a=1)and(b!=2))', 'SELECT COUNT(*) FROM t AS x WHERE a = 1 AND b <> 2'],
    ['SELECT a b FROM t LIMIT 5, 10', 'SELECT a AS b FROM t LIMIT 10 OFFSET 5'],
    ['SELECT (a + b) * c, a + (b * c), a - (b - c)', 'SELECT (a + b) * c, a + b * c, a - (b - c)'],
    ['SELECT 1 WHERE (a OR b) AND NOT (c AND d)', 'SELECT 1 WHERE (a OR b) AND NOT (c AND d)'],
    ['SELECT - (-1), - x', 'SELECT -(-1), -x'],
    [
      'SELECT a FROM t WHERE NOT EXISTS(SELECT 1) AND x NOTNULL',
      'SELECT a FROM t WHERE NOT EXISTS (SELECT 1) AND x NOTNULL',
    ],
    ['SELECT "order", [a b], `c` FROM "t"', 'SELECT "order", "a b", "c" FROM t'],
  ])('writes %s as %s', (sql, expected) => {
    expect(canonical(sql)).toBe(expected);
  });

  it('knows that || binds tighter than * in SQLite, not in PostgreSQL', () => {
    const tree = parseExpression('(a || b) * c', sqlite);
    expect(printExpr(tree, sqlite)).toBe('a || b * c');
    expect(printExpr(tree, postgres)).toBe('(a || b) * c');
  });

  it('quotes what PostgreSQL would fold and what is reserved', () => {
    expect(canonical('SELECT "userId", UserName, "user" FROM Orders', postgres)).toBe(
      'SELECT "userId", username, "user" FROM orders',
    );
  });

  it("prints strings by the dialect's escapes", () => {
    const tree = parseExpression("'it''s \\ here'", sqlite);
    expect(printExpr(tree, sqlite)).toBe("'it''s \\ here'");
    expect(printExpr(tree, bigquery)).toBe("'it\\'s \\\\ here'");
  });

  it('demands DISTINCT of set operations where the dialect does', () => {
    expect(canonical('SELECT a FROM t UNION DISTINCT SELECT b FROM u', bigquery)).toBe(
      'SELECT a FROM t UNION DISTINCT SELECT b FROM u',
    );
    expect(canonical('SELECT a FROM t UNION SELECT b FROM u')).toBe('SELECT a FROM t UNION SELECT b FROM u');
  });

  it('prints the slots of a template in braces only where it is told that the tree is one', () => {
    const sql = 'SELECT {T1}.{C1} FROM {T1} JOIN {T2} ON {T1}.{C2} = {T2}.{C3} WHERE {C4} > {V1}';
    const tree = parse(sql, postgres);
    expect(print(tree, postgres, { template: true })).toBe(sql);
    expect(print(parse('SELECT T1.a FROM t AS T1', sqlite), sqlite)).toBe('SELECT T1.a FROM t AS T1');
  });

  it('writes ISNULL and NOTNULL as IS NULL where the dialect has no such words', () => {
    const query = parse('SELECT 1 FROM t WHERE a ISNULL AND b NOTNULL', sqlite);
    expect(print(query, bigquery)).toBe('SELECT 1 FROM t WHERE a IS NULL AND b IS NOT NULL');
  });
});
