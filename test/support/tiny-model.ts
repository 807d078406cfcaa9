import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { specialTokens } from '../../core/prompt/special-tokens.js';

const root = path.resolve(import.meta.dirname, '../..');
const python = path.join(root, '.dialectic/python/bin/python');

/** Whether the trainer is there to make a model. */
export const canTrain = existsSync(python);

/** Prompts of very different lengths, each with an answer that a model can only learn by reading it. */
export const rows = ['count', 'list', 'sum of', 'average', 'names of all the', 'the highest among the many'].flatMap(
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

export interface TinyModel {
  /** Of all that was made; `dense` and `mixture` are exported folders below it. */
  folder: string;
  dense: string;
  /** Two experts behind routers of random rows; made only where asked for. */
  mixture: string;
  remove(): Promise<void>;
}

/** Trains a model of a hundred thousand parameters on `rows`, or on others, and exports it. */
export async function makeTinyModel({ maxPositions = 64, mixture = false, taught = rows } = {}): Promise<TinyModel> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialectic-tiny-'));
  const file = (name: string): string => path.join(folder, name);
  const trainer = async (command: string, spec: object, out: string): Promise<void> => {
    await writeFile(file(`${command}.json`), JSON.stringify(spec));
    const args = ['-m', 'trainer', command, '--spec', file(`${command}.json`), '--out', file(out)];
    await promisify(execFile)(python, args, { cwd: root });
  };
  await writeFile(file('rows.jsonl'), taught.map((row) => JSON.stringify(row)).join('\n'));
  const architecture = { layers: 2, hidden: 64, heads: 2, vocabulary: 500, maxPositions };
  const recipe = { batchSize: 12, steps: 120, learningRate: 0.005, architecture };
  await trainer('train', { train: file('rows.jsonl'), specialTokens, recipe }, 'dense');
  await trainer('export', { model: file('dense/model'), int8: true }, 'dense');
  if (mixture) {
    const models = ['one', 'two'].map((name) => ({ path: file('dense/model'), name }));
    await trainer('merge', { method: 'mixture', gate: 'random', models }, 'mixture');
    await trainer('export', { model: file('mixture/model') }, 'mixture');
  }
  return {
    ...{ folder, dense: file('dense/onnx'), mixture: file('mixture/onnx') },
    remove: () => rm(folder, { recursive: true }),
  };
}
