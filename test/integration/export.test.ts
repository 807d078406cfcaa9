import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabases } from '../../activities/databases.js';
import { openPostgres, type Database } from '../../adapters/postgres/database.js';
import { migrate } from '../../adapters/postgres/migrate.js';
import { saveDataset } from '../../adapters/postgres/queries/datasets.js';
import { insertLineage } from '../../adapters/postgres/queries/lineage.js';
import { saveStageResult } from '../../adapters/postgres/queries/stage-results.js';
import { createArtifactStore, type ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { openBucket } from '../../adapters/s3/bucket.js';
import { putFolder } from '../../adapters/s3/folder.js';
import { exportDataset } from '../../cli/export/export-dataset.js';
import { exportHuggingFace, exportOnnxForm } from '../../cli/export/export-model.js';
import { extractSeedFile } from '../../cli/extract-seed-file.js';
import { writeDatasetPage } from '../../cli/show-dataset.js';
import type { DatasetRef, Evaluation, ModelRef } from '../../core/contract.js';
import { describeDataset } from '../../core/datasheet.js';
import type { ExportFormat } from '../../core/export/formats.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { locateHome } from '../../schema/home.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';

const config = requireStack(loadConfig());
let db: Database;
let store: ArtifactStore;
let dataset: DatasetRef;
let folder: string;
let pairs: Pair[];

/** Pairs over a generated database; the third has all that a file format can get wrong. */
beforeAll(async () => {
  db = openPostgres(config.postgres.url);
  store = createArtifactStore(openBucket(config.s3));
  await Promise.all([migrate(db), store.bucket.ensure()]);
  folder = mkdtempSync(join(tmpdir(), 'dialectic-export-'));
  const databases = createDatabases({ postgresUrl: config.postgres.url });
  const schema = await databases.schema({ name: 'retail', url: 'sample:retail', dialect: null }, 'sqlite');
  const functions = await databases.functions('sqlite');
  await databases.close();
  pairs = schema.tables.slice(0, 6).map((table, at): Pair => ({
    ...{ id: `pair-${at}`, dialect: 'sqlite', database: 'retail' },
    question: at === 2 ? 'Line\none, "quoted" – ünïcode | \u2028 end 🙂' : `How many ${table.name} are there?`,
    sql: at === 2 ? `SELECT '\n"|', COUNT(*) FROM ${table.name}` : `SELECT COUNT(*) FROM ${table.name}`,
    ...{ template: `t${at}`, teacher: 'offline', hardness: at < 4 ? 'easy' : 'hard' },
    guide: at === 1 ? 'sqlite/aggregates' : null,
    keywords: at === 3 ? [] : ['COUNT', 'FROM', 'SELECT'],
    skeleton: 'SELECT COUNT(*) FROM _',
  }));
  const splits = { train: pairs.slice(0, 4), validation: pairs.slice(4, 5), heldout: pairs.slice(5), unseen: [] };
  const funnel = { populated: 9, 'empty-result': 3 };
  const datasheet = describeDataset(splits, funnel, { manifest: dialects.sqlite!.manifest, functions });
  const [train, validation, heldout, unseen] = await Promise.all(
    Object.values(splits).map((rows) => store.putRows(rows)),
  );
  dataset = {
    ...{ id: `export-${Date.now()}`, dialect: 'sqlite', pairs: pairs.length, databases: ['retail'], skeletons: 1 },
    splits: { seeds: unseen!, train: train!, validation: validation!, heldout: heldout!, unseen: unseen! },
    schemas: await store.putJson({ retail: schema }),
    datasheet: await store.putJson(datasheet),
  };
  await saveDataset(db, 'lifecycle/export-test', dataset, new Date().toISOString());
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  store.bucket.close();
  await db.close();
});

const exported = (format: ExportFormat) =>
  exportDataset({ db, store, dataset }, { format, out: join(folder, format), licence: null });
const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('exporting a dataset', () => {
  it.each(['messages', 'alpaca', 'sharegpt'] as const)(
    'writes %s as JSON Lines, a file for each split with pairs',
    async (format) => {
      const files = await exported(format);
      expect(files.map(({ path, rows }) => [path, rows])).toEqual([
        ['train.jsonl', 4],
        ['validation.jsonl', 1],
        ['heldout.jsonl', 1],
      ]);
      expect(linesOf(`${format}/train.jsonl`).map(({ id }) => id)).toEqual(['pair-0', 'pair-1', 'pair-2', 'pair-3']);
      expect(JSON.stringify(linesOf(`${format}/train.jsonl`)[2])).toContain('🙂');
    },
  );

  it('writes Spider’s files, from which seeds can be extracted', async () => {
    await exported('spider');
    const { report } = await extractSeedFile({ from: join(folder, 'spider', 'train.json'), dialect: 'sqlite' });
    expect(report).toMatchObject({ rows: 4, extracted: 4 });
  });

  it('writes Parquet that another reader reads back value for value', async () => {
    const files = await exported('parquet');
    expect(files.map(({ path }) => path)).toEqual([
      'data/train-00000-of-00001.parquet',
      'data/validation-00000-of-00001.parquet',
      'data/heldout-00000-of-00001.parquet',
      'databases/databases-00000-of-00001.parquet',
      'README.md',
    ]);
    const read = async (path: string) =>
      parquetReadObjects({ file: await asyncBufferFromFile(join(folder, 'parquet', path)) });
    expect(await read(files[0]!.path)).toEqual(pairs.slice(0, 4));
    const [database] = await read(files[3]!.path);
    expect(database).toMatchObject({ database: 'retail', dialect: 'sqlite' });
    expect(JSON.parse(database!.schema as string)).toEqual(
      (await store.getJson<Record<string, unknown>>(dataset.schemas)).retail,
    );
    const card = readFileSync(join(folder, 'parquet', 'README.md'), 'utf8');
    expect(card).toContain('| built-in guides of Dialectic | Apache-2.0 | 1 |');
    expect(card).toContain('| CC BY-SA 4.0 | 5 |');
  });

  const python = process.env.DATASETS_PYTHON ?? 'python3';
  const hasDatasets = spawnSync(python, ['-c', 'import datasets'], { stdio: 'ignore' }).status === 0;
  if (!hasDatasets) console.warn('Skipped: Python has no package "datasets"; DATASETS_PYTHON names one that has.');

  it.skipIf(!hasDatasets)(
    'writes a folder that datasets.load_dataset reads',
    async () => {
      await exported('parquet');
      const program = `
import datasets, json, sys
pairs = datasets.load_dataset(sys.argv[1])
databases = datasets.load_dataset(sys.argv[1], "databases")
print(json.dumps({"rows": pairs.num_rows, "third": pairs["train"][2], "databases": databases["databases"]["database"][:]}))`;
      const env = { ...process.env, HF_HOME: join(folder, 'hf'), HF_HUB_OFFLINE: '1' };
      const out = execFileSync(python, ['-c', program, join(folder, 'parquet')], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(JSON.parse(out.toString())).toEqual({
        ...{ rows: { train: 4, validation: 1, heldout: 1 }, third: pairs[2], databases: ['retail'] },
      });
    },
    120_000,
  );

  it('says what is wrong with a folder that cannot be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const options = { format: 'messages', out: join(file, 'below'), licence: null } as const;
    await expect(exportDataset({ db, store, dataset }, options)).rejects.toMatchObject({
      remedy: 'Give another --out.',
    });
  });
});

describe('the commands', () => {
  const dialectic = (...args: string[]) =>
    spawnSync(process.execPath, ['bin/dialectic', 'data', ...args, '--json'], { encoding: 'utf8', env: process.env });

  it('show pairs that are asked for, and export', () => {
    const shown = dialectic('show', dataset.id, '--hardness', 'hard', '--keyword', 'count');
    expect(
      shown.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Pair).id)
        .sort(),
    ).toEqual(['pair-4', 'pair-5']);
    const out = join(folder, 'by-command');
    const done = dialectic('export', dataset.id, '--format', 'alpaca', '--out', out);
    expect(JSON.parse(done.stdout)).toMatchObject({ dataset: dataset.id, format: 'alpaca', out });
    expect(dialectic('export', dataset.id, '--format', 'csv').status).toBe(2);
    expect(dialectic('stats', 'no-such-dataset').status).toBe(3);
  });
});

describe.skipIf(!chromiumPath)('the page in a browser', () => {
  it('hides the pairs that are not asked for', async () => {
    const file = join(folder, 'page.html');
    await writeDatasetPage({ db, store, dataset }, { split: 'all', limit: 200, seed: '1' }, file);
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(pathToFileURL(file).href);
    const shown = () => page.locator('.pair:visible').count();
    expect(await shown()).toBe(6);
    await page.selectOption('select[name=hardness]', 'hard');
    expect(await shown()).toBe(2);
    await page.fill('input[name=text]', 'no such words');
    expect(await shown()).toBe(0);
    expect(await page.textContent('.filter output')).toBe('0 shown');
    // Nothing is wider than a telephone.
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });
});

describe('exporting a model', () => {
  it('writes the weights with a card that says what the model scores, learned and went through', async () => {
    const source = join(folder, 'model');
    for (const file of ['model.safetensors', 'README.md', 'onnx/model.onnx']) {
      mkdirSync(dirname(join(source, file)), { recursive: true });
      writeFileSync(join(source, file), file);
    }
    const stored = await putFolder(store, source);
    const finishedAt = '2026-01-02T03:04:05Z';
    const record = { version: 1, run: 'r', seconds: 1, finishedAt };
    const keys = { train: `train-${stored.sha256}`, cell: `cell-${stored.sha256}` };
    const inputs = { datasets: [dataset.splits.train.sha256] };
    const parameters = { recipe: { base: 'a-base', steps: 7 } };
    await saveStageResult(db, { ...record, key: keys.train, stage: 'train', inputs, parameters, result: {} });
    await insertLineage(db, keys.train, inputs.datasets, [stored.sha256]);
    const evaluation: Evaluation = {
      ...{ model: 'expert-1', kind: 'expert', dialect: 'sqlite', split: 'unseen-databases', n: 4, ex: 0.5 },
      ...{ exCi: [0, 1], exNonEmpty: 0.5, em: 0.25, bleu2: 0.75, valid: 1, goldEx: 1 },
    };
    const cell = { stage: 'evaluate-cell', inputs: { model: stored.sha256 }, parameters: {}, result: { evaluation } };
    await saveStageResult(db, { ...record, ...cell, key: keys.cell });
    const measured = await store.putJson({ steps: 7, device: 'cpu', lossCurve: [[1, 2]] });
    const reference: ModelRef = {
      ...{ id: 'expert-1', kind: 'expert', dialect: 'sqlite', parameters: 10, promptForm: 'plain' },
      ...{ folder: stored, measured },
    };
    const out = join(folder, 'exported');
    await exportHuggingFace(db, store, { run: 'r', createdAt: finishedAt, reference }, out);
    expect(readFileSync(join(out, 'model.safetensors'), 'utf8')).toBe('model.safetensors');
    const card = readFileSync(join(out, 'README.md'), 'utf8');
    expect(card).toContain('| sqlite | unseen-databases | 4 | 50.0 % |');
    expect(card).toContain(`| \`${dataset.id}\` | sqlite |`);
    expect(card).toContain('1. train, run `r`, 2026-01-02: `{"recipe":{"base":"a-base","steps":7}}`');
    expect(card).toMatch(/\| steps \| 7 \|\n\| device \| cpu \|/);
    expect(card).toMatch(/\| built-in guides of Dialectic \||seed templates/);
    expect(existsSync(join(out, 'onnx'))).toBe(false);
    await exportOnnxForm(db, store, { run: 'r', createdAt: finishedAt, reference }, out, false);
    expect(existsSync(join(out, 'onnx', 'model.onnx'))).toBe(true);
  });

  it('exports ONNX anew with 8-bit weights', async (context) => {
    const { python, root } = locateHome();
    if (!existsSync(python)) context.skip('The trainer is not installed; run npm run setup.');
    const source = join(folder, 'tiny');
    const sizes = 'hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2, vocab_size=64';
    const script = `from transformers import LlamaConfig, LlamaForCausalLM as M; M(LlamaConfig(${sizes}, eos_token_id=0)).save_pretrained(${JSON.stringify(source)})`;
    execFileSync(python, ['-c', script], { cwd: root, stdio: 'ignore' });
    const folderOf = await putFolder(store, source);
    const reference: ModelRef = {
      ...{ id: 'tiny', kind: 'base', dialect: null, parameters: 1, promptForm: 'plain' },
      ...{ folder: folderOf, measured: folderOf },
    };
    const out = join(folder, 'int8');
    await exportOnnxForm(db, store, { run: 'r', createdAt: '', reference }, out, true);
    const files = JSON.parse(readFileSync(join(out, 'onnx', 'meta.json'), 'utf8')) as { files: object };
    expect(files.files).toEqual({ float32: 'model.onnx', int8: 'model.int8.onnx' });
    expect(existsSync(join(out, 'onnx', 'model.int8.onnx'))).toBe(true);
  });
});
