import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel, type OpenModel } from '../../adapters/onnx/open-model.js';
import { specialTokens } from '../../core/prompt/special-tokens.js';

const root = path.resolve(import.meta.dirname, '../..');
const python = path.join(root, '.dialectic/python/bin/python');
const installed = existsSync(python);

/** Prompts of very different lengths, each with an answer that a model can only learn by reading it. */
const rows = ['count', 'list', 'sum of', 'average', 'names of all the', 'the highest among the many'].flatMap(
  (words, at) => [
    {
      prompt: `sqlite | ${words}<t0> |<t0><c0>`,
      completion: `SELECT ${['COUNT(*)', '*', 'SUM(<c0>)', 'AVG(<c0>)', '<c0>', 'MAX(<c0>)'][at]} FROM<t0>`,
    },
    {
      prompt: `sqlite | ${words} the<c0> number of<t0> where<c1> text is<v0> text |<t0><c0><c1> key<c2><c3> placed on date`,
      completion: `SELECT ${['COUNT(<c0>)', '<c0>', 'SUM(<c0>)', 'AVG(<c0>)', '<c0>,<c1>', 'MAX(<c0>)'][at]} FROM<t0> WHERE<c1> = '<v0>'`,
    },
  ],
);

describe.skipIf(!installed)('decoding an exported model', () => {
  let folder: string;
  let model: OpenModel;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dialectic-decode-'));
    const file = (name: string): string => path.join(folder, name);
    await writeFile(file('rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    const architecture = { layers: 2, hidden: 64, heads: 2, vocabulary: 500, maxPositions: 64 };
    const recipe = { batchSize: 12, steps: 120, learningRate: 0.005, architecture };
    await writeFile(file('train.json'), JSON.stringify({ train: file('rows.jsonl'), specialTokens, recipe }));
    await writeFile(file('export.json'), JSON.stringify({ model: file('model'), int8: true }));
    const trainer = (command: string, spec: string) =>
      promisify(execFile)(python, ['-m', 'trainer', command, '--spec', file(spec), '--out', folder], { cwd: root });
    await trainer('train', 'train.json');
    await trainer('export', 'export.json');
    model = await openModel(file('onnx'));
  }, 180_000);

  afterAll(async () => {
    await model?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  const prompts = rows.map((row) => row.prompt);

  it('gives back what the model learned, index tokens included', async () => {
    const answers = await model.generate(prompts);
    const right = answers.filter(({ text }, at) => text === rows[at]!.completion);
    expect(right.length).toBeGreaterThanOrEqual(rows.length - 1);
    expect(answers.every(({ complete }) => complete)).toBe(true);
  });

  it('answers alike in every batch size, whatever the prompts’ lengths and order', async () => {
    const alone = await model.generate(prompts, { batchSize: 1 });
    for (const batchSize of [2, 5, 12]) {
      expect(await model.generate(prompts, { batchSize })).toEqual(alone);
    }
    const turned = await model.generate([...prompts].reverse(), { batchSize: 5 });
    expect(turned.reverse()).toEqual(alone);
  });

  it('splits batches whose caches would not fit', async () => {
    const small = await openModel(path.join(folder, 'onnx'), { cacheLimit: 1 });
    expect(await small.generate(prompts)).toEqual(await model.generate(prompts));
    await small.close();
  });

  it('reads the graph with 8-bit weights', async () => {
    const int8 = await openModel(path.join(folder, 'onnx'), { precision: 'int8' });
    const answers = await int8.generate(prompts);
    expect(answers.filter(({ text }, at) => text === rows[at]!.completion).length).toBeGreaterThanOrEqual(
      rows.length - 2,
    );
    await int8.close();
  });

  it('stops at the token limit, at the last position and before a prompt that is too long', async () => {
    const [short] = await model.generate([prompts[1]!], { maxTokens: 3 });
    expect(short).toMatchObject({ tokens: 3, complete: false });
    const long = `sqlite |${' 7'.repeat(20)}`;
    const answers = await model.generate([long, prompts[0]!, `${long}${long}${long}`], { maxTokens: 500 });
    expect(answers[2]).toMatchObject({ text: '', complete: false });
    expect(answers[1]).toEqual((await model.generate([prompts[0]!]))[0]);
  });

  it('never answers with an index token that the prompt lacks, where asked', async () => {
    const odd = 'sqlite | count<t3> |<t3><c5>';
    const [answer] = await model.generate([odd], { onlyFromPrompt: specialTokens });
    for (const token of answer!.text.match(/<\w\d+>/g) ?? []) expect(odd).toContain(token);
  });

  it('can be stopped', async () => {
    await expect(model.generate(prompts, { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  it('says what a folder lacks', async () => {
    await expect(openModel(path.join(folder, 'nowhere'))).rejects.toThrow(/has no meta\.json\. Give the folder/);
  });
});
