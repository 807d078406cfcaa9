import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../cli/run-check.js';
import { runEval, type EvalOutcome, type EvalRequest } from '../../cli/run-eval.js';
import { writeReportPage } from '../../cli/write-report-page.js';
import type { DatabaseSchema } from '../../core/database.js';
import { sameResult } from '../../core/metrics/execution-accuracy.js';
import { encodeSql } from '../../core/prompt/encode-sql.js';
import { buildLinkedPrompt } from '../../core/prompt/linked-prompt.js';
import { restoreSql } from '../../core/prompt/restore-sql.js';
import type { Verdict } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { empty } from '../support/reports.js';
import { sqliteFile } from '../support/sqlite-file.js';

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

  it('compares other models with the first on the same questions', async () => {
    const { document, text } = await runEval(
      request({
        gold: await file('gold.jsonl', lines(gold)),
        pred: await file('pred.jsonl', lines([{ id: 'b', sql: gold[1]!.sql }])),
        compare: [await file('other.jsonl', lines(gold))],
        bleu: [1, 4],
        out: path.join(folder, 'outcomes.jsonl'),
      }),
    );
    expect(document.compared).toHaveLength(1);
    expect(document.compared![0]).toMatchObject({
      ...{ ex: 1, bleu: { '1': 1, '4': 1 }, setMatch: 1 },
      paired: { n: 2, difference: -0.5, onlyFirst: 0, onlySecond: 1, p: 1 },
    });
    expect(text()).toMatch(/Compared with .*Only this \/ only that/);
    const kept = (await readFile(path.join(folder, 'outcomes.jsonl'), 'utf8')).trim().split('\n');
    expect(kept).toHaveLength(4);
  });

  it('finishes with endless and exploding answers, and says which they are', async () => {
    const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)';
    const answers = [
      `${endless} SELECT count(*) FROM n`,
      'SELECT count(*) FROM orders a, orders b, orders c, orders d',
      `${endless} SELECT x FROM n`,
      gold[0]!.sql,
    ];
    const { document } = await runEval(
      request({
        gold: await file('gold.jsonl', lines(answers.map((_, id) => ({ ...gold[0], id })))),
        pred: await file('pred.jsonl', lines(answers.map((sql, id) => ({ id, sql })))),
        // The third is cut by its rows, which takes a while on a machine that is busy.
        timeoutMs: 1_500,
      }),
    );
    expect(document).toMatchObject({ n: 4, ex: 0.25, errors: { timeout: 2, 'too-large': 1 }, defects: [] });
    expect(document.seconds).toBeLessThan(30);
  });

  it('compares many statements where their rows are, and outlives those that do not end', async () => {
    const session = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' });
    const names = 'SELECT name FROM customers';
    const compare = (predicted: string, ordered = false) => ({ gold: names, predicted, ordered });
    const compared = await session.compare(
      [
        compare(`${names} ORDER BY name`),
        compare(`${names} ORDER BY name DESC`, true),
        compare('WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n'),
        compare('SELECT nothing FROM customers'),
        compare(names),
      ],
      'dialectic',
      { timeoutMs: 400 },
    );
    await session.close();
    expect(compared.map(({ predicted, same }) => `${predicted} ${same}`)).toEqual(
      ['rows true', 'rows false', 'timeout false', 'invalid false', 'rows true'], // prettier-ignore
    );
  });

  it('disproves on a variant of the database what matches by chance', async () => {
    const variants = path.join(folder, 'variants', 'shop');
    const databases = path.join(folder, 'databases');
    await mkdir(variants, { recursive: true });
    await mkdir(path.join(databases, 'shop'), { recursive: true });
    const table = (...prices: number[]) =>
      `CREATE TABLE item (price); INSERT INTO item VALUES (${prices.join('), (')})`;
    await writeFile(path.join(databases, 'shop', 'shop.sqlite'), await sqliteFile(table(1, 2)));
    await writeFile(path.join(variants, 'a.sqlite'), await sqliteFile(table(3, 4)));
    await writeFile(path.join(variants, 'b.sqlite'), await sqliteFile(table(3)));
    const questions = { gold: 'SELECT max(price) FROM item', chance: 'SELECT count(*) FROM item' };
    const shop = (sql: string, id: string) => ({ id, database: 'shop', question: '', sql });
    const { document } = await runEval(
      request({
        gold: await file('gold.jsonl', lines([shop(questions.gold, '1'), shop(questions.gold, '2')])),
        pred: await file('pred.jsonl', lines([shop(questions.gold, '1'), shop(questions.chance, '2')])),
        ...{ databases, testSuite: path.join(folder, 'variants'), semantics: 'test-suite' },
      }),
    );
    expect(document).toMatchObject({ ex: 0.5, testSuite: 0.5, errors: { 'wrong-on-variant': 1 } });
  });

  it.each([
    ['no such gold file', { gold: '/nowhere.json' }, /cannot be read\. Give an existing file to --gold/],
    ['unknown semantics', { semantics: 'strict' }, /There are no semantics "strict"/],
    ['a test suite without variants', { semantics: 'test-suite' }, /Name their folder with --test-suite/],
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
    const page = await writeReportPage(await file('report.json', JSON.stringify({ ...empty, run: 'r' })));
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

  it('agrees with straightforward Python evaluations by the rules of Spider and of BIRD, and in exact set match', async (context) => {
    const run = promisify(execFile);
    await run('python3', ['--version']).catch(() => context.skip('python3 is not on the PATH'));
    const wanted = (db: string) => ['concert_singer', 'voter_1'].includes(db);
    const read = async (name: string) => (await readFile(name, 'utf8')).trim().split('\n');
    const questions = JSON.parse(await readFile(dev.gold, 'utf8')) as { db_id: string; query: string }[];
    const chosen = questions.map(({ db_id }) => wanted(db_id));
    const gold = questions.flatMap(({ db_id, query }, id) => (wanted(db_id) ? [{ id, db_id, query }] : []));
    const [goldFile, pred] = [
      await file('spider.jsonl', lines(gold)),
      await file('codes.jsonl', (await read(codes)).filter((_, at) => chosen[at]).join('\n')),
    ];
    const variants = path.join(spider, 'testsuite');
    for (const [semantics, more] of [
      ['spider', ['--variants', variants]],
      ['bird', []],
    ] as const) {
      const [theirs, ours] = [path.join(folder, 'theirs.jsonl'), path.join(folder, 'ours.jsonl')];
      const reference = path.resolve(import.meta.dirname, '../../bench/eval/reference.py');
      const files = ['--gold', goldFile, '--pred', pred, '--databases', dev.databases, '--out', theirs];
      await run('python3', [reference, ...files, ...more, '--semantics', semantics]);
      const suite = more.length > 0 ? { testSuite: variants } : {};
      await runEval(request({ ...dev, gold: goldFile, pred, semantics, out: ours, ...suite }));
      const verdicts = (await read(ours)).map((line) => JSON.parse(line) as EvalOutcome);
      const passed = verdicts.filter(({ correct, failedOn }) => correct && failedOn === undefined).map(({ id }) => id);
      const expected = (await read(theirs)).map((line) => JSON.parse(line) as { id: string; correct: boolean });
      expect(passed).toEqual(expected.filter(({ correct }) => correct).map(({ id }) => id));
      expect(passed.length).toBeGreaterThan(40);
    }
    const [matches, ours] = [path.join(folder, 'matches.jsonl'), path.join(folder, 'ours.jsonl')];
    const reference = path.resolve(import.meta.dirname, '../../bench/eval/exact_match.py');
    const tables = path.join(spider, 'tables.public.json');
    await run('python3', [reference, '--gold', goldFile, '--pred', pred, '--tables', tables, '--out', matches]);
    const alike = (await read(ours)).map((line) => JSON.parse(line) as EvalOutcome);
    const exact = (await read(matches)).map((line) => JSON.parse(line) as { id: string; exact: boolean });
    expect(alike.map(({ id, setMatch }) => [id, setMatch])).toEqual(exact.map(({ id, exact: same }) => [id, same]));
  }, 120_000);

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
