import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createContaminationCheck, type ContaminationCheck } from '../core/checks/decontamination.js';
import { NotFoundError } from '../core/errors.js';
import { readGoldItems } from '../core/evaluate/gold.js';
import { dialects } from '../dialects/registry.js';

/** Evaluation sets as the checks need them. */
export interface EvaluationSets {
  /** Hashes of the sets' contents, to stand in a stage's key. */
  hashes: string[];
  /** Null where there is no set. */
  check: ContaminationCheck | null;
}

const checks = new Map<string, ContaminationCheck>();

/**
 * Reads gold files from the worker's disk. What they hold is kept for the shards that follow.
 * @throws NotFoundError a file cannot be read; InvalidInputError it holds no gold questions
 */
export async function readEvaluationSets(files: readonly string[], dialect: string): Promise<EvaluationSets> {
  if (files.length === 0) return { hashes: [], check: null };
  const texts = await Promise.all(files.map((file) => readText(file)));
  const hashes = texts.map((text) => createHash('sha256').update(text).digest('hex'));
  const key = [dialect, ...hashes].join(' ');
  const known = checks.get(key);
  if (known !== undefined) return { hashes, check: known };
  const items = texts.flatMap((text, index) => readGoldItems(text, files[index]!, undefined));
  const check = createContaminationCheck(items, dialects[dialect]!.manifest);
  checks.set(key, check);
  return { hashes, check };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new NotFoundError(
      `The evaluation set ${file} cannot be read.`,
      'Name files in check.evaluationSets that the worker of the pool "sql" can read.',
      { cause: error },
    );
  }
}
