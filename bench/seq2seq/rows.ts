import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeSeq2SeqRows } from '../../cli/seq2seq-rows.js';
import type { Arm } from './arms.js';
import { generatedRows } from './generated-rows.js';

export interface MaskedRow {
  id: string;
  database: string;
  prompt: string;
  completion: string;
}

/** An arm's files of rows, and how many it learns from. */
export interface ArmRows {
  train: string;
  validation: string;
  dev: string;
  count: number;
}

export async function writeArmRows(arm: Arm, { data, out }: { data: string; out: string }): Promise<ArmRows> {
  const files = {
    train: path.join(out, arm.name, 'train.jsonl'),
    validation: path.join(out, arm.name, 'validation.jsonl'),
    dev: path.join(out, arm.name, 'dev.jsonl'),
  };
  const tables = arm.schema ? { tables: path.join(data, 'tables.public.json') } : {};
  await writeSeq2SeqRows({ gold: path.join(data, 'train_spider.min.json'), ...tables, out: files.train });
  await writeSeq2SeqRows({ gold: path.join(data, 'dev.public.json'), ...tables, out: files.dev });
  const all = await readRows(files.train);
  // By database, as Spider itself is split: a question about a known database says little about an unknown one.
  const databases = [...new Set(all.map(({ database }) => database))];
  const heldOut = new Set(databases.filter((_, at) => at % 10 === 9));
  const train = arm.earlyStopping ? all.filter(({ database }) => !heldOut.has(database)) : all;
  if (arm.generated) train.push(...(await generatedRows(path.join(out, 'generated.json'))));
  await writeRows(files.train, train);
  await writeRows(
    files.validation,
    arm.earlyStopping ? all.filter(({ database }) => heldOut.has(database)) : await readRows(files.dev),
  );
  return { ...files, count: train.length };
}

export async function readRows(file: string): Promise<MaskedRow[]> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as MaskedRow);
}

const writeRows = (file: string, rows: readonly MaskedRow[]): Promise<void> =>
  writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
