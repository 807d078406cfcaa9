import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeWithEncoder } from '../../adapters/onnx/decode-with-encoder.js';
import { hasEncoder, readModelFiles } from '../../adapters/onnx/model-files.js';
import { openModel, type OpenModel } from '../../adapters/onnx/open-model.js';
import { createRandom } from '../../core/sampling/random.js';
import { canTrain } from '../support/tiny-model.js';

const root = path.resolve(import.meta.dirname, '../..');
const python = path.join(root, '.dialectic/python/bin/python');

/** Questions and masked statements. */
const pairs = [
  ['How many singers are there?', 'select count ( * ) from singer'],
  ['Names of singers older than 20, by age', 'select name from singer where age > value order by age'],
  [
    'Which countries have at least 3 stadiums?',
    'select country from stadium group by country having count ( * ) >= value',
  ],
  ['The youngest singer', 'select name from singer order by age limit value'],
  ['Average capacity of all stadiums in France', 'select avg ( capacity ) from stadium where country = value'],
  ['Who sang in 2014?', 'select t1 . name from singer as t1 join concert as t2 on t1 . singer_id = t2 . singer_id'],
] as const;

/** Texts of 1 to 24 words, in any order. */
function mixedTexts(words: readonly string[], count: number): string[] {
  const random = createRandom(`decode/${words[0]}/${count}`);
  return Array.from({ length: count }, (_, at) =>
    Array.from({ length: 1 + (at % 24) }, () => random.pick(words)).join(' '),
  );
}

describe.skipIf(!canTrain)('decoding an exported encoder–decoder', () => {
  const [asked, written] = [0, 1].map((side) => pairs.flatMap((pair) => pair[side]!.split(' '))) as [
    string[],
    string[],
  ];
  const prompts = [...pairs.map(([question]) => question), ...mixedTexts(asked, 234)];
  const maxTokens = 40;
  let folder: string;
  let torch: { prompts: number[][]; answers: number[][]; texts: string[] };
  let model: OpenModel;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dialectic-decode-'));
    const file = (name: string): string => path.join(folder, name);
    // With rows that mean nothing beside the pairs, the model answers most prompts differently.
    const [texts, answers] = [mixedTexts(asked, 48), mixedTexts(written, 48)];
    const learned = [...pairs, ...texts.map((text, at) => [text, answers[47 - at]!] as const)];
    const lines = learned.map(([prompt, completion]) => JSON.stringify({ prompt, completion }));
    await writeFile(file('rows.jsonl'), lines.join('\n'));
    const recipe = {
      ...{ method: 'seq2seq', tokenizer: 'wordpiece', vocabulary: 120, batchSize: 18, steps: 240, warmup: 80 },
      architecture: { layers: 2, hidden: 32, heads: 4, feedForward: 64, dropout: 0, maxPositions: 128 },
    };
    const script = path.join(root, 'test/support/small_encoder_decoder.py');
    const spec = { train: file('rows.jsonl'), recipe };
    await promisify(execFile)(
      python,
      [script, folder, JSON.stringify(spec), JSON.stringify(prompts), String(maxTokens)],
      { cwd: root, env: { ...process.env, PYTHONPATH: root, OMP_NUM_THREADS: '1' } },
    );
    torch = JSON.parse(await readFile(file('torch.json'), 'utf8')) as typeof torch;
    model = await openModel(file('onnx'));
  }, 240_000);

  afterAll(async () => {
    await model?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it.each([1, 8, 32])('gives torch’s tokens of 240 prompts of all lengths, %i at a time', async (size) => {
    const {
      shape,
      tokenizer,
      graph,
      encoder: encoderGraph,
    } = await readModelFiles(path.join(folder, 'onnx'), 'float32');
    if (!hasEncoder(shape)) throw new Error('meta.json says nothing of an encoder.');
    const [encoder, decoder] = await Promise.all(
      [encoderGraph!, graph].map((file) => InferenceSession.create(file, { intraOpNumThreads: 1 })),
    );
    const ids = prompts.map((prompt) => [...tokenizer.encode(prompt).ids, shape.encoder.end]);
    expect(ids).toEqual(torch.prompts);
    const answers: number[][] = [];
    for (let start = 0; start < ids.length; start += size) {
      const batch = ids.slice(start, start + size);
      const limits = { maxTokens, banned: batch.map(() => null), routing: false };
      const rows = await decodeWithEncoder({ encoder: encoder!, decoder: decoder! }, shape, batch, limits);
      answers.push(...rows.map(({ answer }) => answer));
    }
    expect(answers).toEqual(torch.answers);
    await Promise.all([encoder!.release(), decoder!.release()]);
  });

  it('is asked like any other model, and gives torch’s texts', async () => {
    const answers = await model.generate(prompts, { maxTokens, batchSize: 7 });
    expect(answers.map(({ text }) => text)).toEqual(torch.texts);
    expect(answers.map(({ tokens }) => tokens)).toEqual(torch.answers.map(({ length }) => length));
    expect(new Set(torch.texts).size).toBeGreaterThan(40);
  });

  it('reads the graphs with 8-bit weights', async () => {
    const int8 = await openModel(path.join(folder, 'onnx'), { precision: 'int8' });
    const answers = await int8.generate(prompts, { maxTokens });
    expect(answers.filter(({ text }, at) => text === torch.texts[at]).length).toBeGreaterThan(0.8 * prompts.length);
    await int8.close();
  });

  it('stops at the token limit and the last position, and leaves a prompt that is too long', async () => {
    const long = Array.from({ length: 127 }, () => 'singer').join(' ');
    const [short, fits, tooLong, empty] = await model.generate([prompts[1]!, long, `${long} age`, ''], {
      maxTokens: 3,
    });
    expect(short).toMatchObject({ tokens: 3, complete: false });
    expect(fits!.tokens).toBeGreaterThan(0);
    expect([tooLong, empty]).toMatchObject([
      { tokens: 0, complete: false },
      { tokens: 0, complete: false },
    ]);
    const answers = await model.generate(prompts, { maxTokens: 500 });
    for (const { tokens, complete } of answers) expect(complete ? tokens < 128 : tokens === 128).toBe(true);
    await expect(model.generate(prompts, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
