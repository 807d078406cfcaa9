/**
 * Trains the arms of the encoder-decoder of Yalova et al. on Spider (arms.ts), one after the other, and prints their scores on the first
 * 100 questions of dev and on all that are there, beside the paper's. An arm that was stopped goes on from its last checkpoint, one that
 * was scored is not trained again; --arms "" only prints.
 *
 *     npx tsx bench/seq2seq/bert-vocabulary.ts --out vocab.txt
 *     npx tsx bench/seq2seq/run.ts --python .dialectic/python/bin/python --word-pieces vocab.txt --out seq2seq-arms
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createTrainer } from '../../adapters/trainer/process.js';
import { writeWithValues } from '../../cli/seq2seq-values.js';
import { arms, paper, recipeOf, type Arm } from './arms.js';
import { writeArmRows } from './rows.js';
import { scoreArm, type Scores } from './score.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/spider' },
    python: { type: 'string', default: '.dialectic/python/bin/python' },
    'word-pieces': { type: 'string' },
    out: { type: 'string', default: 'seq2seq-arms' },
    arms: { type: 'string', default: arms.map(({ name }) => name).join(',') },
    threads: { type: 'string', default: '2' },
  },
});

interface ArmResult {
  parameters: number;
  vocabulary: number;
  rows: number;
  steps: number;
  epochs: number;
  cpuSeconds: number;
  validationCurve: [number, number][];
  first100: Scores;
  all: Scores;
}

const root = path.resolve(import.meta.dirname, '../..');
const out = path.resolve(flags.out);
const trainer = createTrainer({ python: path.resolve(flags.python), root });
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

for (const arm of arms.filter(({ name }) => flags.arms.split(',').includes(name))) {
  if (!existsSync(resultFile(arm))) await runArm(arm);
}
await printTable();

function resultFile({ name }: Arm): string {
  return path.join(out, name, 'result.json');
}

async function runArm(arm: Arm): Promise<void> {
  const folder = path.join(out, arm.name);
  await mkdir(folder, { recursive: true });
  const rows = await writeArmRows(arm, { data: flags.data, out });
  const model = path.join(folder, 'model');
  const trained = path.join(folder, 'trained.json');
  const common = { signal: stop.signal, threads: Number(flags.threads), work: folder };
  if (!existsSync(trained)) {
    const pieces = arm.tokenizer === 'wordpiece' && flags['word-pieces'];
    const resume = existsSync(path.join(folder, 'checkpoints')) ? { resume: path.join(folder, 'checkpoints') } : {};
    const result = await trainer.run({
      ...{ command: 'train', out: folder, ...resume, ...common, onEvent: (event) => tell(arm, event) },
      spec: {
        ...{ train: rows.train, validation: rows.validation, recipe: recipeOf(arm, rows.count) },
        ...(pieces ? { wordPieces: path.resolve(pieces) } : {}),
      },
    });
    await writeFile(trained, JSON.stringify(result, null, 2));
  }
  await trainer.run({
    command: 'predict',
    out: folder,
    ...common,
    onEvent: () => undefined,
    spec: { model, rows: rows.dev },
  });
  const [gold, masked, predictions] = [
    path.join(flags.data, 'dev.public.json'),
    path.join(folder, 'predictions.jsonl'),
    path.join(folder, 'statements.jsonl'),
  ];
  await writeWithValues({ gold, pred: masked, out: predictions });
  const scores = await scoreArm({
    ...{ gold, masked, predictions, dev: rows.dev, databases: path.join(flags.data, 'database') },
    outcomes: path.join(folder, 'outcomes.jsonl'),
  });
  await writeFile(resultFile(arm), JSON.stringify({ ...(await readJson(trained)), ...scores }, null, 2));
}

function tell(arm: Arm, event: { event: string; [field: string]: unknown }): void {
  if (event.event === 'evaluation')
    console.error(`${arm.name}: step ${event['step']}, validation loss ${event['loss']}`);
}

async function readJson(file: string): Promise<ArmResult> {
  return JSON.parse(await readFile(file, 'utf8')) as ArmResult;
}

async function printTable(): Promise<void> {
  const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);
  console.log('Percent. Of each pair of columns the first is of the first 100 questions of dev, the second of all.');
  console.log(
    `${'arm'.padEnd(18)}${['token accuracy', 'BLEU-2', 'exact, masked', 'exact, values', 'execution'].map((name) => name.padStart(16)).join('')}   training`,
  );
  for (const arm of arms) {
    if (!existsSync(resultFile(arm))) {
      console.log(`${arm.name.padEnd(18)}  not run`);
      continue;
    }
    const { first100: a, all: b, ...training } = await readJson(resultFile(arm));
    const columns = (['tokenAccuracy', 'bleu2', 'exactMasked', 'exact', 'ex'] as const).map((measure) =>
      `${percent(a[measure])}${percent(b[measure])}`.padStart(16),
    );
    console.log(
      `${arm.name.padEnd(18)}${columns.join('')}   ${training.epochs} epochs of ${training.rows} pairs, ${training.parameters} parameters, ${Math.round(training.cpuSeconds)} CPU-s`,
    );
    console.log(
      `${''.padEnd(18)}padding counted as foretold: token accuracy ${percent(a.paddedTokenAccuracy).trim()} and ${percent(b.paddedTokenAccuracy).trim()}; execution of ${a.executed} and ${b.executed} questions`,
    );
    console.log(
      `${''.padEnd(18)}validation loss by step: ${training.validationCurve.map((point) => point.join(' ')).join(', ')}`,
    );
  }
  console.log(
    `${'Yalova et al.'.padEnd(18)}accuracy ${paper.accuracy.join(' and ')}, BLEU ${paper.bleu.join(' and ')}, by tokenizer`,
  );
}
