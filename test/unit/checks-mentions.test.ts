import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMentions, missingValues } from '../../core/checks/mentions.js';
import { dateForms, holds, normalise, numberForms } from '../../core/checks/question-words.js';
import { neededValues } from '../../core/checks/values.js';
import { parse } from '../../core/sql/parser.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const missing = (question: string, sql: string, dialect = sqlite) => missingValues(question, parse(sql, dialect));
const needed = (sql: string, dialect = sqlite) => neededValues(parse(sql, dialect)).map((value) => value.text);

describe('the question mentions the values', () => {
  it.each([
    ['more than 1,000 orders', 'SELECT 1 FROM t WHERE a > 1000'],
    ['more than 1k orders', 'SELECT 1 FROM t WHERE a > 1000'],
    ['over two and a half: 2.5 million', 'SELECT 1 FROM t WHERE a > 2500000'],
    ['at least three songs', 'SELECT 1 FROM t GROUP BY b HAVING COUNT(*) >= 3'],
    ['at least 3 songs', 'SELECT 1 FROM t GROUP BY b HAVING COUNT(*) > 2'],
    ['the top five products', 'SELECT a FROM t ORDER BY b LIMIT 5'],
    ['the third most expensive', 'SELECT a FROM t ORDER BY b LIMIT 1 OFFSET 2'],
    ['twenty-one years', 'SELECT a FROM t WHERE b = 21'],
    ['below minus 5 degrees', 'SELECT a FROM t WHERE b < -5'],
    ['20% off', 'SELECT a FROM t WHERE b = 0.2'],
    ['in March 2023', "SELECT a FROM t WHERE d BETWEEN '2023-03-01' AND '2023-03-31'"],
    ['in march 2023', "SELECT a FROM t WHERE d >= '2023-03-01' AND d < '2023-04-01'"],
    ['during 2023', "SELECT a FROM t WHERE d >= '2023-01-01' AND d < '2024-01-01'"],
    ['on 7th September, 1987', "SELECT a FROM t WHERE d > '1987-09-07'"],
    ['on September 7, 1987', "SELECT a FROM t WHERE d > '1987-09-07'"],
    ['in december of any year', "SELECT a FROM t WHERE STRFTIME('%m', d) = '12'"],
    ['customers from são paulo', "SELECT a FROM t WHERE b = 'São Paulo'"],
    ["Ada Novak's orders", "SELECT a FROM t WHERE b = 'Ada Novak'"],
    ['orders still in progress', "SELECT a FROM t WHERE b = 'in_progress'"],
    ['names that begin with "Jo"', "SELECT a FROM t WHERE b LIKE 'Jo%'"],
    ['orders of the last seven days', "SELECT a FROM t WHERE d >= DATE('now', '-7 days')"],
    ['active customers', 'SELECT a FROM t WHERE is_active = 1'],
  ])('%s | %s', (question, sql) => {
    expect(missing(question, sql)).toEqual([]);
  });

  it.each([
    ['more than 100 orders', 'SELECT 1 FROM t WHERE a > 1000', ['1000']],
    ['more than 10000 orders', 'SELECT 1 FROM t WHERE a > 1000', ['1000']],
    ['product 1.5', 'SELECT 1 FROM t WHERE a = 5', ['5']],
    ['the products', 'SELECT a FROM t ORDER BY b LIMIT 5', ['5']],
    ['in April 2023', "SELECT a FROM t WHERE d BETWEEN '2023-03-01' AND '2023-03-31'", ['2023-03-01', '2023-03-31']],
    ['in 2023', "SELECT a FROM t WHERE d > '2023-03-05'", ['2023-03-05']],
    ['customers from France', "SELECT a FROM t WHERE b = 'Spain'", ['Spain']],
    ['Franceville', "SELECT a FROM t WHERE b = 'France'", ['France']],
    ['cheap and dear', "SELECT CASE WHEN a > 5 THEN 'dear' ELSE 'fair' END FROM t", ['5', 'fair']],
  ])('not: %s | %s', (question, sql, values) => {
    expect(missing(question, sql)).toEqual(values);
  });

  it('exempts by place what is no data or what words imply', () => {
    expect(
      needed(
        "SELECT STRFTIME('%Y', d), ROUND(AVG(a), 2), a * 100.0 / b, payload ->> '$.page', LAG(a, 1) OVER (ORDER BY d) FROM t ORDER BY c LIMIT 1",
      ),
    ).toEqual([]);
    expect(
      needed("SELECT GROUP_CONCAT(a, ', ') FROM t WHERE b > 0 AND active = 'Y' AND d > DATE('now', 'start of month')"),
    ).toEqual([]);
    expect(needed("SELECT TO_CHAR(d, 'YYYY') FROM t WHERE EXTRACT(YEAR FROM d) = 2023", postgres)).toEqual(['2023']);
    expect(
      needed("SELECT a FROM t WHERE d > DATE_SUB(CURRENT_DATE(), INTERVAL 30 DAY) AND LOWER(b) = 'x y'", bigquery),
    ).toEqual(['30', 'x y']);
    expect(
      needed(
        "SELECT NTILE(4) OVER (ORDER BY a), SUBSTR(b, 1, 3), COALESCE(c, 'none') FROM t WHERE REGEXP_CONTAINS(b, r'^Jo\\d+')",
        bigquery,
      ).sort(),
    ).toEqual(['3', '4', '^Jo\\d+', 'none']);
    expect(needed("SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE d = 'inner')")).toEqual(['inner']);
  });

  it('names what is missing', () => {
    expect(checkMentions('all orders', parse('SELECT a FROM t WHERE b > 7', sqlite))).toEqual({
      reason: 'value-not-in-question',
      evidence: '7',
    });
  });

  it('finds any number and date in the forms that people write', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.nat(), (number, pick) => {
        const forms = numberForms(String(number));
        expect(holds(normalise(`show ${forms[pick % forms.length]} of them.`), forms)).toBe(true);
        expect(
          missing(`show ${number.toLocaleString('en-US')} of them`, `SELECT a FROM t WHERE b = ${number}`),
        ).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-02'), max: new Date('2099-12-30'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          for (const form of dateForms(iso)!.slice(0, 6))
            expect(missing(`since ${form}, please`, `SELECT a FROM t WHERE d > '${iso}'`)).toEqual([]);
          const long = date.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
          expect(missing(`since ${long}`, `SELECT a FROM t WHERE d > '${iso}'`)).toEqual([]);
        },
      ),
    );
  });
});
