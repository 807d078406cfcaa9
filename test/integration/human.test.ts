import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHumanActivities, type HumanWork } from '../../activities/human.js';
import { readTrainingRows } from '../../activities/training-rows.js';
import type { DatasetRef, StageReport } from '../../core/contract.js';
import type { Pair } from '../../core/template.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { openServices, type Services } from '../../workers/services.js';
import { sqliteFile } from '../support/sqlite-file.js';

let services: Services;
let folder: string;

const questions = [
  { question: 'How many singers are there?', query: 'SELECT count(*) FROM singer', db_id: 'stage_1' },
  { question: 'Who is older than 30?', query: 'SELECT name FROM singer WHERE age > 30', db_id: 'stage_1' },
  { question: 'What is lost?', query: 'SELECT x FROM y', db_id: 'not_there' },
  { question: 'What is wrong?', query: 'SELECT FROM WHERE', db_id: 'stage_1' },
];

const read = (plan: Partial<HumanWork['plan']> = {}): Promise<{ dataset: DatasetRef; report: StageReport }> => {
  const files = { questions: join(folder, 'train.json'), databases: folder };
  const work: HumanWork = {
    ...{ name: 'test', plan: { train: files, ...plan } },
    provenance: { run: 'lifecycle/human-test', startedAt: new Date(0).toISOString(), fresh: false },
  };
  return new MockActivityEnvironment().run(
    (input: HumanWork) => createHumanActivities(services).readHumanQuestions(input),
    work,
  );
};

beforeAll(async () => {
  services = await openServices(requireStack(loadConfig()));
  folder = mkdtempSync(join(tmpdir(), 'dialectic-human-'));
  mkdirSync(join(folder, 'stage_1'));
  const script = `CREATE TABLE singer (name TEXT, age INTEGER); INSERT INTO singer VALUES ('Ann', 41), ('Bo', 22)`;
  writeFileSync(join(folder, 'stage_1', 'stage_1.sqlite'), await sqliteFile(script));
  writeFileSync(join(folder, 'train.json'), JSON.stringify(questions));
  writeFileSync(join(folder, 'test.json'), JSON.stringify(questions.slice(0, 1)));
});

afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("people's questions", () => {
  it('become a dataset with the schemas of their databases, to learn from and to be asked', async () => {
    const { dataset, report } = await read({ test: { questions: join(folder, 'test.json'), databases: folder } });
    expect(dataset).toMatchObject({ dialect: 'sqlite', pairs: 3, databases: ['stage_1'], origin: 'human' });
    expect(report).toMatchObject({ in: 5, out: 3, figures: { 'no-database': 1, 'parse-error': 1 } });
    const [first] = await services.store.getRows<Pair>(dataset.splits.unseen);
    expect(first).toMatchObject({ database: 'stage_1', teacher: 'human', hardness: 'easy' });
    expect(dataset.entries).toEqual([{ name: 'stage_1', url: folder, dialect: 'sqlite' }]);
  });

  it('take the place of generated rows, as many as their share says', async () => {
    const { dataset: human } = await read();
    const generated = Array.from({ length: 4 }, (_, at): Pair => ({
      ...{ id: `g${at}`, dialect: 'sqlite', database: 'stage_1', question: `Show all ages, number ${at}` },
      ...{ sql: 'SELECT age FROM singer', template: 't', guide: null, teacher: 'test', hardness: 'easy' },
      ...{ keywords: [], skeleton: 'SELECT _ FROM _' },
    }));
    const train = await services.store.putRows(generated);
    const made: DatasetRef = { ...human, splits: { ...human.splits, train } };
    const rows = async (humanShare: number) => {
      const wanted = { split: 'train', form: 'plain', human, learn: { humanShare } } as const;
      return (await readTrainingRows(services.store, made, wanted)).rows.map(({ completion }) => completion);
    };
    expect(await rows(0)).toHaveLength(4);
    expect((await rows(0.5)).filter((sql) => sql !== 'SELECT age FROM singer')).toHaveLength(2);
    await expect(rows(1)).rejects.toThrow(/give 2 rows that can be learned, fewer than learn\.humanShare wants/);
  });

  it('that cannot be read are refused with the remedy', async () => {
    await expect(read({ test: { questions: '/nowhere.json', databases: folder } })).rejects.toThrow(/cannot be read/);
    const empty = { questions: join(folder, 'train.json'), databases: join(folder, 'none') };
    await expect(read({ train: empty })).rejects.toThrow(/holds <name>\/<name>\.sqlite/);
  });
});
