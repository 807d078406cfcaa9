import { describe, expect, it } from 'vitest';
import { documentedNames } from '../../../core/guides/documented.js';
import { looksLikeSql } from '../../../core/guides/looks-like-sql.js';

describe('documentedNames', () => {
  it.each([
    ['a heading of one name', '### `ARRAY_CONCAT`\n\nJoins arrays.', ['ARRAY_CONCAT']],
    ['a heading of several', '## `FIRST`, `LAST` and `NTH`\n\nText.', ['FIRST', 'LAST', 'NTH']],
    ['a heading that calls', '## The json\\_set() and json\\_insert() functions\n\nText.', ['JSON_INSERT', 'JSON_SET']],
    ['bold signatures', '**abs(*X*)**\n\nThe value.', ['ABS']],
    ['signatures with a blank', '`array_agg` ( `anyarray` ) → `anyarray`', ['ARRAY_AGG']],
    ['rows of a table', '| [`date_add(`*`date`*`)`](#x) | Adds. |\n| `epoch(x)` | Seconds. |', ['DATE_ADD', 'EPOCH']],
    ['qualified names', '### `NET.HOST`\n\nText.', ['NET.HOST']],
  ])('finds %s', (_what, markdown, names) => {
    expect(documentedNames(markdown)).toEqual(names);
  });

  it('takes no heading of words, no prose and no code that merely calls', () => {
    const markdown = '## `SELECT` list\n\nNote (of the day): use it.\n\n```sql\nSELECT upper(x)\n```';
    expect(documentedNames(markdown)).toEqual([]);
  });
});

describe('looksLikeSql', () => {
  it.each([
    'SELECT 1;',
    '-- why\n/* and */ select a from t',
    'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n a\n---\n 1',
    'WITH x AS (SELECT 1) SELECT * FROM x',
  ])('says so of %j', (code) => expect(looksLikeSql(code)).toBe(true));

  it.each([
    'SELECT [ ALL | DISTINCT ] * FROM from_item [, ...]',
    'CREATE TABLE [ IF NOT EXISTS ] name (x)',
    'psql -c "SELECT 1;"',
    'With the exception of that',
    'int main(void) { return 0; }',
  ])('does not of %j', (code) => expect(looksLikeSql(code)).toBe(false));
});
