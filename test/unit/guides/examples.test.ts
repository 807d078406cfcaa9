import { describe, expect, it } from 'vitest';
import { readExamples } from '../../../core/guides/examples.js';
import { splitFrontMatter } from '../../../core/guides/front-matter.js';

describe('readExamples', () => {
  it('reads each SQL block with the last sentence before it', () => {
    const markdown = 'NULL is skipped. The count, by\ncity:\n\n```sql\nSELECT 1;\n```\n\n```sql\nSELECT 2\n```';
    expect(readExamples(markdown)).toEqual([
      { sentence: 'The count, by city.', sql: 'SELECT 1' },
      { sentence: '', sql: 'SELECT 2' },
    ]);
  });

  it('passes over code in other languages', () => {
    expect(readExamples('Run it:\n\n```sh\nls\n```\n\n```sqlite\nSELECT 3\n```')).toEqual([
      { sentence: '', sql: 'SELECT 3' },
    ]);
  });
});

describe('splitFrontMatter', () => {
  it('takes the head off, and leaves a rule in the text alone', () => {
    expect(splitFrontMatter('---\ntitle: A\n---\n\nText\n\n---\n')).toEqual({
      yaml: 'title: A',
      body: 'Text\n\n---\n',
    });
    expect(splitFrontMatter('Text\n\n---\nb\n---\n')).toEqual({ yaml: null, body: 'Text\n\n---\nb\n---\n' });
    expect(splitFrontMatter('\uFEFF---\r\ntitle: A\r\n---\r\nText').body).toBe('Text');
  });
});
