import { expect, test } from 'vitest';
import { checkRepeatable } from '../../core/checks/repeatable.js';
import { parse } from '../../core/sql/parser.js';
import { dialects } from '../../dialects/registry.js';

const culprit = (sql: string, dialect = 'sqlite') =>
  checkRepeatable(parse(sql, dialects[dialect]!.manifest))?.evidence.split(' ')[0] ?? null;

test.each([
  ['SELECT a FROM t ORDER BY RANDOM() LIMIT 1', 'sqlite', 'RANDOM'],
  ['SELECT a, CURRENT_TIMESTAMP FROM t', 'sqlite', 'CURRENT_TIMESTAMP'],
  ["SELECT a, date('now') FROM t", 'sqlite', 'DATE'],
  ['SELECT a, julianday() - julianday(d) FROM t', 'sqlite', 'JULIANDAY'],
  ['SELECT a FROM t WHERE time(d) < CURRENT_TIME', 'sqlite', 'CURRENT_TIME'],
  ['SELECT a, now() - d FROM t', 'postgres', 'NOW'],
  ['SELECT a FROM (SELECT a, gen_random_uuid() AS u FROM t) AS s', 'postgres', 'GEN_RANDOM_UUID'],
  ['SELECT a, CURRENT_DATE() FROM t', 'bigquery', 'CURRENT_DATE'],
])('%s of %s differs from run to run by %s', (sql, dialect, name) => {
  expect(culprit(sql, dialect)).toBe(name);
});

test.each([
  ['SELECT a FROM t WHERE d < CURRENT_DATE', 'sqlite'],
  ["SELECT a FROM t WHERE d >= date('now', '-30 days')", 'sqlite'],
  ["SELECT date(d), strftime('%Y', d), datetime(d, 'start of day') FROM t", 'sqlite'],
  ["SELECT a FROM t WHERE d BETWEEN now() - INTERVAL '1 year' AND now()", 'postgres'],
  ['SELECT a, CASE WHEN d < CURRENT_DATE() THEN 1 ELSE 0 END FROM t', 'bigquery'],
])('%s of %s answers the same over the same data', (sql, dialect) => {
  expect(culprit(sql, dialect)).toBe(null);
});
