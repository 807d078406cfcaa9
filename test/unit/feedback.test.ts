import { execFile } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackFile } from '../../adapters/feedback/feedback-file.js';
import type { Feedback } from '../../core/feedback/feedback.js';
import { pairsOfFeedback } from '../../core/feedback/pairs-of-feedback.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';

const bin = resolve(import.meta.dirname, '../../bin/dialectic');

let place: string;
beforeAll(() => (place = mkdtempSync(join(tmpdir(), 'dialectic-feedback-'))));
afterAll(() => rmSync(place, { recursive: true }));

let made = 0;
const said = (more: Partial<Feedback>): Feedback => ({
  id: `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
  time: new Date(Date.UTC(2026, 0, 1, 0, 0, made)).toISOString(),
  ...{ question: 'How many products are there?', database: 'retail', dialect: 'sqlite', model: 'tiny' },
  ...{ sql: 'SELECT COUNT(*) FROM products', correctedSql: null, vote: 'up', outcome: 'rows' },
  ...more,
});
const pairsOf = (...feedback: Feedback[]): Pair[] =>
  pairsOfFeedback(feedback, (dialect) => dialects[dialect]?.manifest ?? null);

describe('pairs of feedback', () => {
  it('are statements called right and corrections, described as every pair is', () => {
    const wrong = said({ question: 'How many stores?', vote: 'down' });
    const corrected = said({ question: 'How many shops?', vote: 'down', correctedSql: 'SELECT COUNT(*) FROM stores' });
    expect(pairsOf(said({}), wrong, corrected)).toMatchObject([
      { sql: 'SELECT COUNT(*) FROM products', teacher: 'feedback', keywords: expect.arrayContaining(['COUNT']) },
      { question: 'How many shops?', sql: 'SELECT COUNT(*) FROM stores', hardness: 'easy' },
    ]);
  });

  it('follow the last word on a statement', () => {
    expect(pairsOf(said({}), said({ vote: 'down' }))).toEqual([]);
    expect(pairsOf(said({ vote: 'down' }), said({}), said({}))).toHaveLength(1);
  });

  it('leave out answers without a statement, and dialects that are gone', () => {
    expect(pairsOf(said({ sql: null }), said({ dialect: 'klingon' }))).toEqual([]);
  });
});

describe('the feedback file', () => {
  it('keeps what many writers say at once, whole and private', async () => {
    const file = join(place, 'home', 'feedback.jsonl');
    const writer = `
      import { createFeedbackFile } from '${resolve(import.meta.dirname, '../../adapters/feedback/feedback-file.ts')}';
      const store = createFeedbackFile(process.argv[1]);
      const question = process.argv[2].repeat(3000);
      await Promise.all(Array.from({ length: 40 }, (_, at) => store.add({ id: process.argv[2] + at, question })));`;
    await Promise.all(
      ['ä', 'b', '"'].map((sign) =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer, file, sign]),
      ),
    );
    const entries = await createFeedbackFile(file).list();
    expect(new Set(entries.map(({ id }) => id)).size).toBe(120);
    expect(entries.every(({ question }) => question.length === 3000)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('survives a line that a power failure cut off', async () => {
    const file = join(place, 'torn.jsonl');
    const store = createFeedbackFile(file);
    const [before, after] = [said({}), said({ vote: 'down' })];
    await store.add(before);
    appendFileSync(file, '{"id":"torn","question":"How ma');
    await store.add(after);
    expect(await store.list()).toEqual([before, after]);
  });
});

describe('dialectic feedback', () => {
  const env = { ...process.env, NO_COLOR: '1' };
  const dialectic = (...args: string[]) =>
    promisify(execFile)(bin, args, { env: { ...env, DIALECTIC_HOME: place, DATABASE_URL: '' } });

  it('lists what was said, and exports pairs that `check` reads and judges', async () => {
    const store = createFeedbackFile(join(place, 'feedback.jsonl'));
    await store.add(said({ question: 'How many customers are there?', sql: 'SELECT COUNT(*) FROM customers' }));
    await store.add(said({ question: 'Hostile \u001b[31m\nquestion', vote: 'down' }));
    await store.add(
      said({ question: 'How many stores are there?', vote: 'down', correctedSql: 'SELECT COUNT(*) FROM shops' }),
    );
    const { stdout: listed } = await dialectic('feedback', 'list');
    expect(listed.trim().split('\n')).toHaveLength(4);
    expect(listed).not.toContain('\u001b');

    const out = join(place, 'pairs.jsonl');
    const { stdout: exported } = await dialectic('feedback', 'export', '--out', out, '--json');
    expect(JSON.parse(exported)).toEqual({ out, feedback: 3, pairs: 2 });
    const pairs = readFileSync(out, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Pair); // prettier-ignore
    const { stdout } = await dialectic('check', '--dialect', 'sqlite', '--database', 'sample:', '--in', out, '--json');
    const verdicts = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    expect(verdicts.slice(0, 2)).toMatchObject([
      { id: pairs[0]!.id, accepted: true, reason: null },
      { id: pairs[1]!.id, accepted: false, reason: 'invalid' },
    ]);
  });
});
