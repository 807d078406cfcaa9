import { readFile } from 'node:fs/promises';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { parseRecords, readGoldItems, textOf } from '../core/evaluate/gold.js';
import type { EvaluationItem, Prediction } from '../core/evaluate/outcome.js';

/** A file's text; NotFoundError names the flag that gave it. */
export async function readInput(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new NotFoundError(`${file} cannot be read.`, `Give an existing file to ${flag}.`, { cause: error });
  }
}

/** The gold questions of a file. */
export async function readGold(file: string, dialect: string | undefined): Promise<EvaluationItem[]> {
  return readGoldItems(await readInput(file, '--gold'), file, dialect);
}

/**
 * Predictions in the gold's order: objects with `id` and `sql`, objects without `id` in the gold's order, BIRD's object of
 * numbered statements, or one statement a line as Spider's evaluation reads them. A question without one counts as unanswered.
 */
export async function readPredictions(file: string, gold: readonly EvaluationItem[]): Promise<Prediction[]> {
  const text = await readInput(file, '--pred');
  const statements = parseRecords(text);
  if (!statements) return inOrder(text.trimEnd().split('\n').map(withoutDatabase), gold, file);
  const [first] = statements;
  if (statements.length === 1 && first && '0' in first && typeof first['0'] === 'string') {
    return inOrder(
      Object.values(first).map((sql) => withoutDatabase(String(sql))),
      gold,
      file,
    );
  }
  const sqls = statements.map((record) => textOf(record, ['sql', 'pred', 'prediction', 'query', 'SQL']) ?? '');
  if (!statements.every((record) => textOf(record, ['id', 'question_id']) !== null)) return inOrder(sqls, gold, file);
  const byId = new Map(statements.map((record, at) => [textOf(record, ['id', 'question_id'])!, sqls[at]!]));
  const known = gold.filter(({ id }) => byId.has(id)).length;
  if (known === 0) {
    throw new InvalidInputError(
      `No prediction in ${file} has the id of a gold question.`,
      'Give predictions the ids of the gold file.',
    );
  }
  return gold.map(({ id }) => ({ id, sql: byId.get(id) ?? '' }));
}

/** Spider's files end a line with a tab and the database, BIRD's with a marker between tabs. */
const withoutDatabase = (line: string): string => line.split('\t')[0]!.trim();

function inOrder(sqls: string[], gold: readonly EvaluationItem[], file: string): Prediction[] {
  if (sqls.length !== gold.length) {
    throw new InvalidInputError(
      `${file} has ${sqls.length} predictions without ids for ${gold.length} questions.`,
      'Give one for each question in the same order, or give each the id of its question.',
    );
  }
  return gold.map(({ id }, at) => ({ id, sql: sqls[at]! }));
}
