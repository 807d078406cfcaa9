import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEvaluationSets } from '../../activities/evaluation-sets.js';
import { parse } from '../../core/sql/parser.js';
import { dialects } from '../../dialects/registry.js';

const { manifest } = dialects['sqlite']!;
const folder = mkdtempSync(join(tmpdir(), 'dialectic-sets-'));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const spider = file('dev.json', [
  { db_id: 'concert', question: 'How many singers do we have?', query: 'SELECT count(*) FROM singer' },
  {
    db_id: 'concert',
    question: 'Show the names of all singers who were born in France before the war.',
    query: "SELECT name FROM singer WHERE country = 'France'",
  },
]);

test('a gold file named in the run spec keeps pairs away that give it away', async () => {
  const { check, hashes } = await readEvaluationSets([spider], 'sqlite');
  const reason = (question: string, sql: string) => check!({ question }, parse(sql, manifest))?.reason ?? null;
  expect(hashes).toHaveLength(1);
  expect(reason('Count the singers', 'SELECT COUNT(*) FROM singer')).toBe('contaminated');
  expect(reason('Show the names of all singers who were born late', 'SELECT a FROM b')).toBe('contaminated');
  expect(reason('French ones', "SELECT title FROM book WHERE origin = 'France'")).toBe('contaminated');
  expect(reason('How many songs?', 'SELECT COUNT(*) FROM song')).toBe(null);
});

test('no gold file, no check', async () => {
  expect(await readEvaluationSets([], 'sqlite')).toEqual({ hashes: [], check: null });
});

test('a gold file that is missing or is none is said with the remedy', async () => {
  await expect(readEvaluationSets([join(folder, 'none.json')], 'sqlite')).rejects.toMatchObject({
    name: 'NotFoundError',
    remedy: expect.stringContaining('check.evaluationSets'),
  });
  await expect(readEvaluationSets([file('text.json', 'no JSON')], 'sqlite')).rejects.toMatchObject({
    name: 'InvalidInputError',
  });
});
