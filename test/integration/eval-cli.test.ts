import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../cli/run-check.js';
import { runEval, type EvalRequest } from '../../cli/run-eval.js';
import { writeReportPage } from '../../cli/write-report-page.js';
import type { DatabaseSchema } from '../../core/database.js';
import { sameResult } from '../../core/metrics/execution-accuracy.js';
import { encodeSql } from '../../core/prompt/encode-sql.js';
import { buildLinkedPrompt } from '../../core/prompt/linked-prompt.js';
import { restoreSql } from '../../core/prompt/restore-sql.js';
import type { Verdict } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const shared = path.resolve(import.meta.dirname, '../../../shared/data');
const spider = path.join(shared, 'spider');
const codes = path.join(shared, 'peer_baselines/codes/codes-7b.public.jsonl');

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'dialectic-eval-'))));
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}
const lines = (rows: unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
const request = (more: Partial<EvalRequest>): EvalRequest => ({
  ...{ compare: [], semantics: 'dialectic', keepDistinct: false, bleu: [] },
  ...{ gold: '', pred: '', databases: 'sample:', skipMissing: false, timeoutMs: 5000, progress: () => undefined },
  ...more,
});

describe('evaluation from files', () => {
  const gold = [
    {
      id: 'a',
      dialect: 'sqlite',
      database: 'retail',
      question: 'How many customers?',
      sql: 'SELECT COUNT(*) FROM customers',
    },
    {
      id: 'b',
      dialect: 'sqlite',
      database: 'retail',
      question: 'Names?',
      sql: 'SELECT name FROM customers ORDER BY name',
    },
  ];

  it('matches predictions by id, and counts a missing one as no answer', async () => {
    const { document } = await runEval(
      request({
        gold: await file('gold.jsonl', lines(gold)),
        pred: await file('pred.jsonl', lines([{ id: 'b', sql: gold[1]!.sql }])),
      }),
    );
    expect(document).toMatchObject({ n: 2, ex: 0.5, em: 0.5, valid: 0.5, errors: { 'no-answer': 1 }, defects: [] });
  });

  it('tells a wrong column from another dialect’s SQL', async () => {
    const { document } = await runEval(
      request({
        gold: await file('gold.jsonl', lines(gold)),
        pred: await file(
          'pred.sql',
          "SELECT colour FROM customers\nSELECT name FROM customers WHERE name ILIKE 'a%'\n",
        ),
      }),
    );
    expect(document.errors).toEqual({ 'unknown-column': 1, 'wrong-dialect': 1 });
  });

  it.each([
    ['no such gold file', { gold: '/nowhere.json' }, /cannot be read\. Give an existing file to --gold/],
    ['an unknown dialect', { dialect: 'klingon' }, /There is no dialect "klingon"/],
    ['a database that is not there', { databases: '/nowhere' }, /does not exist/],
  ])('says what is wrong: %s', async (_, wrong, message) => {
    const right = { gold: await file('gold.jsonl', lines(gold)), pred: await file('pred.jsonl', lines(gold)) };
    await expect(runEval(request({ ...right, ...wrong }))).rejects.toThrow(message);
  });

  it('checks pairs one by one and sums up', async () => {
    const pairs = [
      { id: 'good', question: 'List the name and the city of customers.', sql: 'SELECT name, city FROM customers' },
      { id: 'again', question: 'List the name and the city of customers.', sql: 'SELECT name, city FROM customers' },
      { id: 'writes', question: 'Delete all.', sql: 'DELETE FROM customers' },
      { id: 'broken', question: 'What?', sql: 'SELECT nothing FROM customers' },
    ].map((pair) => ({ ...pair, database: 'retail' }));
    const verdicts: Verdict[] = [];
    const { summary } = await runCheck(
      {
        dialect: 'sqlite',
        database: 'sample:',
        pairs: await file('pairs.jsonl', lines(pairs)),
        timeoutMs: 5000,
        maxRows: 10_000,
      },
      (verdict) => verdicts.push(verdict),
    );
    expect(verdicts.map(({ id, reason }) => [id, reason])).toEqual([
      ['good', null],
      ['again', 'duplicate'],
      ['writes', 'not-read-only'],
      ['broken', 'invalid'],
    ]);
    expect(summary).toMatchObject({ n: 4, accepted: 1 });
  });

  it('draws a report page from its JSON', async () => {
    const empty = {
      evaluations: [],
      comparisons: [],
      datasets: [],
      stages: [],
      training: [],
      routing: [],
      examples: [],
      lineage: [],
    };
    const report = {
      run: 'r',
      version: '1',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:01Z',
      dialects: [],
      reproduce: [],
      spec: {},
      ...empty,
    };
    const page = await writeReportPage(await file('report.json', JSON.stringify(report)));
    expect(await readFile(page, 'utf8')).toContain('<title>r · Dialectic report</title>');
    await expect(writeReportPage(await file('other.json', '{}'))).rejects.toThrow(/is no report/);
  });
});

describe.skipIf(!existsSync(spider) || !existsSync(codes))('known answers on Spider', () => {
  const dev = {
    gold: path.join(spider, 'dev.public.json'),
    databases: path.join(spider, 'database'),
    skipMissing: true,
  };

  it('gives the gold, as its own prediction, every point', async () => {
    const questions = JSON.parse(await readFile(dev.gold, 'utf8')) as { query: string }[];
    const pred = await file('gold.sql', questions.map(({ query }) => query.replace(/\s+/g, ' ')).join('\n'));
    const { document } = await runEval(request({ ...dev, pred }));
    expect(document).toMatchObject({ ex: 1, em: 1, bleu2: 1, valid: 1, goldEx: 1, defects: [] });
    expect(document.n + document.skipped).toBe(questions.length);
  });

  it('scores CodeS 7B as an independent comparison of unordered results does, less its wrong orders', async () => {
    const { document } = await runEval(request({ ...dev, pred: codes }));
    // 398 of 456 match as bags of rows by Python's sqlite3; three of them sort the wrong way round.
    expect(document.n).toBe(456);
    expect(Math.round(document.ex * document.n)).toBe(395);
  });

  it('encodes questions that people wrote, and each statement read back returns what it did', async () => {
    const questions = (
      JSON.parse(await readFile(dev.gold, 'utf8')) as { question: string; query: string; db_id: string }[]
    ).filter(({ db_id }) => ['concert_singer', 'pets_1', 'orchestra', 'tvshow'].includes(db_id));
    let encoded = 0;
    for (const name of new Set(questions.map(({ db_id }) => db_id))) {
      const session = await openDatabase({
        name,
        dialect: 'sqlite',
        url: path.join(dev.databases, name, `${name}.sqlite`),
      });
      const schema: DatabaseSchema = await session.introspect();
      for (const { question, query } of questions.filter(({ db_id }) => db_id === name)) {
        const { links } = buildLinkedPrompt({ question, schema, dialect: sqlite });
        const completion = encodeSql(query, links, sqlite);
        if (completion === null) continue;
        encoded += 1;
        const [gold, restored] = [await session.execute(query), await session.execute(restoreSql(completion, links))];
        expect(
          gold.kind === 'rows' && restored.kind === 'rows' && sameResult(gold, restored, { ordered: false }),
          query,
        ).toBe(true);
      }
      await session.close();
    }
    expect(encoded / questions.length).toBeGreaterThan(0.75);
  });
});
