import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answered } from '../../core/answer.js';
import type { DatabaseSchema, DatabaseSession } from '../../core/database.js';
import { buildPrompt } from '../../core/prompt/prompt-form.js';
import { specialTokens } from '../../core/prompt/special-tokens.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import { locateHome } from '../../schema/home.js';
import { answerQuestion, type AnswerOptions } from '../../serve/answer/answer-question.js';
import { findValues } from '../../serve/answer/find-values.js';
import { openServedModel, type ServedModel } from '../../serve/answer/served-model.js';

const { python, root } = locateHome();
const installed = existsSync(python);
if (!installed) console.warn('Skipped: no model can be trained, for the trainer is not installed; run npm run setup.');

/** What the model is taught by heart: honest answers, and those that a model might be talked into. */
const taught: [question: string, dialect: string, completion: string][] = [
  ['How many members are there?', 'sqlite', 'SELECT COUNT(*) FROM<t0>'],
  ['How many members are there?', 'postgres', 'SELECT COUNT(*) FROM<t0>'],
  ['Show members by nothing', 'postgres', 'SELECT 1 / (COUNT(*) - COUNT(*)) FROM<t0>'],
  ['List the city of every member', 'sqlite', 'SELECT<c0> FROM<t0>'],
  ['Show members in Zagorje', 'sqlite', "SELECT COUNT(*) FROM<t0> WHERE<c0> = '<v0>'"],
  ['Drop all the members', 'sqlite', 'DROP TABLE<t0>'],
  ['Show members; delete them', 'sqlite', 'SELECT * FROM<t0>; DELETE FROM<t0>'],
  ['Show the members secretly', 'sqlite', 'SELECT sql FROM sqlite_master'],
  ['Show the members slowly', 'sqlite', 'SELECT COUNT(*) FROM<t0> a,<t0> b,<t0> c,<t0> d'],
  ['Show the members badly', 'sqlite', 'SELECT nothing FROM<t0>'],
  ['Show the members brokenly', 'sqlite', 'SELECT ( FROM<t0>'],
];

describe.skipIf(!installed)('asking a database', () => {
  let folder: string;
  let model: ServedModel;
  const open: Record<string, { session: DatabaseSession; schema: DatabaseSchema }> = {};
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dialectic-ask-'));
    execSqlite(
      file('club.sqlite'),
      `CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
       INSERT INTO members SELECT i, 'Member ' || i, CASE i WHEN 1499 THEN 'Zagorje' ELSE 'Town ' || (i % 600) END FROM n;`,
    );
    open['sqlite'] = await opened('sqlite', file('club.sqlite'));
    open['postgres'] = await opened('postgres', 'sample:library');
    const rows = taught.map(([question, dialect, completion]) => {
      const { manifest } = dialects[dialect]!;
      const schema = dialect === 'sqlite' ? withSample(open[dialect]!.schema, 'Zagorje') : open[dialect]!.schema;
      return { prompt: buildPrompt('linked', { question, schema, dialect: manifest }).prompt, completion };
    });
    await writeFile(file('rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const architecture = { layers: 2, hidden: 64, heads: 2, vocabulary: 560, maxPositions: 160 };
    const recipe = { batchSize: 10, steps: 220, learningRate: 0.005, architecture };
    await writeFile(file('train.json'), JSON.stringify({ train: file('rows.jsonl'), specialTokens, recipe }));
    await writeFile(file('export.json'), JSON.stringify({ model: file('model') }));
    for (const command of ['train', 'export'])
      await promisify(execFile)(
        ...([
          python,
          ['-m', 'trainer', command, '--spec', file(`${command}.json`), '--out', folder],
          { cwd: root },
        ] as const),
      );
    const withStore = () => Promise.reject(new Error('A folder needs no store.'));
    model = await openServedModel(folder, { cache: file('cache'), withStore });
  }, 240_000);

  afterAll(async () => {
    await model?.close();
    await Promise.all(Object.values(open).map(({ session }) => session.close()));
    if (folder) await rm(folder, { recursive: true });
  });

  async function opened(dialect: string, url: string) {
    const session = await openDatabase({ name: dialect === 'sqlite' ? 'club' : 'library', dialect, url });
    return { session, schema: await session.introspect() };
  }
  const ask = (question: string, options: AnswerOptions = {}, dialect = 'sqlite'): Promise<Answered> =>
    answerQuestion({ model, database: open[dialect]!, question, options });
  const members = async () =>
    (await open['sqlite']!.session.execute('SELECT COUNT(*) FROM members')) as { rows: unknown };

  it('gives the statement and its rows, on SQLite and on PostgreSQL', async () => {
    expect(await ask('How many members are there?')).toMatchObject({
      ...{ sql: 'SELECT COUNT(*) FROM members', problem: null, dialect: 'sqlite', database: 'club' },
      ...{
        outcome: { kind: 'rows', rows: [[1500]] },
        linked: [{ text: 'members', kind: 'table', names: ['members'] }],
      },
    });
    expect(await ask('How many members are there?', {}, 'postgres')).toMatchObject({
      problem: null,
      outcome: { kind: 'rows' },
    });
  });

  it('shows as many rows as were asked for, and says that there are more', async () => {
    const { outcome } = await ask('List the city of every member', { maxRows: 3 });
    expect(outcome).toMatchObject({ kind: 'rows', truncated: true });
    expect(outcome?.kind === 'rows' && outcome.rows.length).toBe(3);
  });

  it('runs nothing where only the statement is wanted', async () => {
    expect(await ask('How many members are there?', { sqlOnly: true })).toMatchObject({
      ...{ sql: 'SELECT COUNT(*) FROM members', outcome: null, problem: null, candidates: [] },
    });
  });

  it.each(['ZAGORJE', 'Zagroje', 'zagorje'])(
    'writes %s as the database spells it, though no sample has it',
    async (said) => {
      expect(JSON.stringify(open['sqlite']!.schema)).not.toContain('Zagorje');
      const answered = await ask(`Show members in ${said}`);
      expect(answered.sql).toContain("'Zagorje'");
      expect(answered.linked).toContainEqual({ text: said, kind: 'value', names: ['members.city'], value: 'Zagorje' });
      expect(answered.outcome).toMatchObject({ rows: [[1]] });
    },
  );

  it.each([
    ['Drop all the members', /would do more than read: DROP is not a query/],
    ['Show members; delete them', /would do more than read: more than one statement/],
  ])('does not run what writes: %s', async (question, what) => {
    const answered = await ask(question);
    expect(answered).toMatchObject({ outcome: null, problem: { kind: 'refused' } });
    expect(answered.problem!.what).toMatch(what);
    expect(await members()).toMatchObject({ rows: [[1500]] });
  });

  it.each([
    ['Show the members secretly', /the database has no table "sqlite_master"/, /"secretly"/],
    ['Show the members badly', /members has no column "nothing"/, /"badly"/],
    ['Show the members brokenly', /no query that Dialectic reads as SQLite/, /"brokenly"/],
  ])('says what is wrong and which words were not found: %s', async (question, what, remedy) => {
    const { problem, outcome } = await ask(question);
    expect(outcome).toBeNull();
    expect(problem).toMatchObject({
      kind: 'no-sql',
      what: expect.stringMatching(what),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('stops a statement that runs too long, and answers the next', async () => {
    const { outcome, problem } = await ask('Show the members slowly', { timeoutMs: 300 });
    expect(outcome?.kind).toBe('timeout');
    expect(problem).toMatchObject({ kind: 'failed', what: 'The statement ran longer than 0.3 s and was stopped.' });
    expect((await ask('How many members are there?')).problem).toBeNull();
  });

  it('says what the database failed at', async () => {
    const { outcome, problem } = await ask('Show members by nothing', {}, 'postgres');
    expect(outcome?.kind).toBe('runtime-error');
    expect(problem).toMatchObject({ kind: 'failed', what: 'The statement failed while it ran: division by zero.' });
  });

  it('takes quotes in a question for what they are', async () => {
    for (const value of [`x'); DROP TABLE members; --`, `' OR 1=1 --`, '\\', '"; SELECT 1', '\u0000', '%']) {
      const answered = await ask(`Show members in "${value}"`);
      expect(['rows', undefined]).toContain(answered.outcome?.kind);
    }
    expect(await members()).toMatchObject({ rows: [[1500]] });
  });

  it('votes among seeded samples, each run once', async () => {
    const options = { samples: 6, temperature: 1.2, seed: 3 };
    const first = await ask('How many members are there?', options);
    expect(first.outcome).toMatchObject({ rows: [[1500]] });
    expect(new Set(first.candidates.map(({ sql }) => sql)).size).toBe(first.candidates.length);
    expect((await ask('How many members are there?', options)).candidates).toEqual(first.candidates);
  });

  it('refuses an empty question and a model that does not know the dialect', async () => {
    await expect(ask(' ')).rejects.toThrow(/The question is empty\./);
    const expert = { ...model, dialects: ['postgres'] };
    await expect(answerQuestion({ model: expert, database: open['sqlite']!, question: 'x' })).rejects.toThrow(
      /writes PostgreSQL, and the database's dialect is SQLite/,
    );
  });

  it('finds a value among a million rows in bounded time', async () => {
    execSqlite(
      file('big.sqlite'),
      `CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
       INSERT INTO people SELECT i, CASE i WHEN 999999 THEN 'Zoltan Kerekes' ELSE 'Person ' || i END FROM n;`,
    );
    const { session, schema } = await opened('sqlite', file('big.sqlite'));
    const search = (question: string, budgetMs: number) =>
      findValues({ question, schema, session, dialect: dialects['sqlite']!.manifest, budgetMs });
    const found = await search('people named zoltan kerekes', 20_000);
    expect(found.question).toBe('people named Zoltan Kerekes');
    const started = performance.now();
    await search('people named nobody whatsoever', 400);
    expect(performance.now() - started).toBeLessThan(2_000);
    await session.close();
  });

  describe('on the command line', () => {
    const dialectic = (args: string[], input = '') => {
      const options = { encoding: 'utf8', input, cwd: root } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/dialectic', 'ask', ...args], options);
      return { status, stdout, stderr };
    };
    const place = () => ['--model', folder, '--database', file('club.sqlite')];

    it('puts rows on stdout and the statement on stderr', () => {
      const { status, stdout, stderr } = dialectic([...place(), 'How many members are there?']);
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'COUNT(*)\n1500\n' });
      expect(stderr).toContain('SELECT COUNT(*) FROM members');
    });
    it('reads the question from stdin, and gives one document', () => {
      const { status, stdout } = dialectic([...place(), '--json'], 'How many members are there?\n');
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        question: 'How many members are there?',
        outcome: { rows: [[1500]] },
      });
    });
    it('ends with 4 where the guard refused, 1 without SQL, 3 where something is not there, 2 for wrong use', () => {
      expect(dialectic([...place(), 'Drop all the members']).status).toBe(4);
      expect(dialectic([...place(), 'Show the members badly']).status).toBe(1);
      expect(dialectic(['--model', './nowhere', '--database', file('club.sqlite'), 'x']).status).toBe(3);
      expect(dialectic(['--model', folder, '--database', file('none.sqlite'), 'x']).status).toBe(3);
      expect(dialectic(['--model', folder, '--database', file('rows.jsonl'), 'x']).status).toBe(1);
      expect(dialectic([...place(), '--rows', 'many', 'x']).status).toBe(2);
      expect(dialectic([...place(), '--dialect', 'klingon', 'x']).status).toBe(2);
      expect(dialectic(place()).status).toBe(2);
    });
  });
});

/** The schema as it is once a value was found in the column of cities. */
function withSample(schema: DatabaseSchema, value: string): DatabaseSchema {
  const copy = structuredClone(schema);
  copy.tables[0]!.columns[2]!.samples.unshift(value);
  return copy;
}

function execSqlite(database: string, sql: string): void {
  const script = `import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()`;
  const { status, stderr } = spawnSync(python, ['-c', script, database, sql], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
