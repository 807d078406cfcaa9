import { describe, expect, it } from 'vitest';
import { readBuiltInGuides } from '../../../adapters/web/markdown-folder.js';
import { scrapeGuides } from '../../../adapters/web/scrape-guides.js';
import { NotFoundError } from '../../../core/errors.js';
import { countWords } from '../../../core/guides/blocks.js';
import { readExamples } from '../../../core/guides/examples.js';

const topics = [
  'date and time',
  'string',
  'pattern matching',
  'aggregate',
  'conditional aggregation',
  'window',
  'JSON',
  'array and struct',
  'set operations',
  'conditional functions',
  'casting and types',
  'common table expressions',
  'numeric functions',
];

describe.each(['sqlite', 'postgres', 'bigquery', 'duckdb'])('the built-in guides of %s', (dialect) => {
  it('cover the topics', async () => {
    const guides = await readBuiltInGuides(dialect);
    expect(topics.filter((topic) => !guides.some((guide) => guide.topic === topic))).toEqual([]);
  });

  it('are of a size to be read at once, and show each idea by an example with a sentence of its own', async () => {
    for (const { id, text, teaches, licence } of await readBuiltInGuides(dialect)) {
      const examples = readExamples(text);
      expect.soft(countWords(text), id).toBeLessThanOrEqual(700);
      expect.soft(countWords(text), id).toBeGreaterThanOrEqual(250);
      expect.soft(examples.length, id).toBeGreaterThanOrEqual(6);
      expect
        .soft(
          examples.filter(({ sentence }) => countWords(sentence) < 3),
          id,
        )
        .toEqual([]);
      expect.soft(teaches.length, id).toBeGreaterThanOrEqual(5);
      expect.soft(licence, id).toBe('Apache-2.0');
    }
  });

  it('are what a scrape without sources reads, with no network', async () => {
    const { manifest, changes, counts } = await scrapeGuides({ dialect });
    expect(manifest.guides).toEqual(await readBuiltInGuides(dialect));
    expect(counts).toEqual({ fetched: 0, unchanged: 0, bytes: 0 });
    const again = await scrapeGuides({ dialect, previous: manifest });
    expect(again.changes).toEqual({ new: [], changed: [], gone: [], unchanged: changes.new });
  });
});

it('a dialect without built-in guides is an error that names the remedy', async () => {
  await expect(scrapeGuides({ dialect: 'klingon' })).rejects.toThrow(NotFoundError);
  await expect(scrapeGuides({ dialect: 'klingon' })).rejects.toThrow(/folder/);
});
