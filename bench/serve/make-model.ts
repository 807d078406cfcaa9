import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { specialTokens } from '../../core/prompt/special-tokens.js';
import { createRandom } from '../../core/sampling/random.js';
import { loadConfig } from '../../schema/config.js';
import { projectRoot } from '../../schema/home.js';

/** Words of random syllables: enough different text for a vocabulary of 2,048. */
export function randomPrompts(count: number, seed: string): string[] {
  const random = createRandom(seed);
  const syllable = (): string => `${random.pick([...'bdfgklmnprstvz'])}${random.pick([...'aeiou'])}`;
  const vocabulary = Array.from({ length: 600 }, () => Array.from({ length: 2 + random.below(3) }, syllable).join(''));
  return Array.from(
    { length: count },
    () =>
      `sqlite | ${Array.from({ length: 10 + random.below(30) }, () => random.pick(vocabulary)).join(' ')} of<t0> where<c0> text is<v0> |<t0><c0> key<c1>`,
  );
}

/** A model of the quickstart's architecture after one step of training: its weights are as good as random, its speed is that of a trained one. */
export async function makeModel(folder: string): Promise<string> {
  const file = (name: string): string => join(folder, name);
  const rows = randomPrompts(2_000, 'bench/serve/rows').map((prompt) => ({
    prompt,
    completion: 'SELECT<c0> FROM<t0>',
  }));
  writeFileSync(file('rows.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  const architecture = { layers: 4, hidden: 256, heads: 4, kvHeads: 2, feedForward: 688, vocabulary: 2048 };
  const recipe = { batchSize: 8, steps: 1, learningRate: 0.001, architecture };
  writeFileSync(file('train.json'), JSON.stringify({ train: file('rows.jsonl'), specialTokens, recipe }));
  writeFileSync(file('export.json'), JSON.stringify({ model: file('model') }));
  for (const command of ['train', 'export']) {
    const args = ['-m', 'trainer', command, '--spec', file(`${command}.json`), '--out', folder];
    await promisify(execFile)(loadConfig().home.python, args, { cwd: projectRoot() });
  }
  return file('onnx');
}
