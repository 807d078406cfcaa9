import { describe, expect, it } from 'vitest';
import { findTaught } from '../../../core/guides/taught.js';

const vocabulary = ['date', 'LEFT', 'PARTITION BY', '->>', 'GLOB', 'ANY', 'json_array_length'];
const taught = (markdown: string): string[] => findTaught(markdown, vocabulary);

describe('findTaught', () => {
  it('finds words of the vocabulary in code, whatever their case', () => {
    expect(taught('```sql\nSELECT Date(x), a ->> 1\nOVER (partition\n  by y)\n```')).toEqual([
      '->>',
      'DATE',
      'PARTITION BY',
    ]);
  });

  it('takes an English word for prose unless it is called or in capitals', () => {
    expect(taught('The date is left of any other.')).toEqual([]);
    expect(taught('Call **date(**_x_**)** or json\\_array\\_length(x), or GLOB.')).toEqual([
      'DATE',
      'GLOB',
      'JSON_ARRAY_LENGTH',
    ]);
  });

  it('takes no part of a longer word and no text in quotes', () => {
    expect(taught("`mandate left_over` and `'date' -- left`")).toEqual([]);
  });

  it('takes every called name where no vocabulary is known', () => {
    expect(findTaught("```sql\nSELECT list_sum(x), 'f(y)' FROM t\n```\n\nIn prose, g(x).", [])).toEqual(['LIST_SUM']);
  });
});
