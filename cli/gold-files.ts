import { readFile } from 'node:fs/promises';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import type { EvaluationItem, Prediction } from '../core/evaluate/outcome.js';

type Fields = Record<string, unknown>;

/** A file's text; NotFoundError names the flag that gave it. */
export async function readInput(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new NotFoundError(`${file} cannot be read.`, `Give an existing file to ${flag}.`, { cause: error });
  }
}

/** The objects of a JSON array or of JSON Lines; null where the text is neither. */
export function parseRecords(text: string): Fields[] | null {
  const trimmed = text.trim();
  try {
    if (trimmed.startsWith('[')) return JSON.parse(trimmed) as Fields[];
    return trimmed === '' ? [] : trimmed.split('\n').map((line) => JSON.parse(line) as Fields);
  } catch {
    return null;
  }
}

/** Gold questions: our own JSON Lines, Spider's `dev.json` (`query`, `db_id`) or BIRD's (`SQL`, `question_id`). */
export async function readGold(file: string, dialect: string | undefined): Promise<EvaluationItem[]> {
  const records = parseRecords(await readInput(file, '--gold'));
  if (!records) throw new InvalidInputError(`${file} is neither JSON nor JSON Lines.`, 'Give one JSON object a line.');
  if (records.length === 0) throw new InvalidInputError(`${file} holds no questions.`, 'Give at least one.');
  return records.map((record, at) => {
    const sql = textOf(record, ['sql', 'query', 'SQL', 'gold']);
    const database = textOf(record, ['database', 'db_id']);
    if (sql === null || database === null) {
      throw new InvalidInputError(
        `Entry ${at + 1} of ${file} has no ${sql === null ? 'sql' : 'database'}.`,
        'Give every entry "question", "sql" and "database" (Spider: "query" and "db_id").',
      );
    }
    return {
      id: textOf(record, ['id', 'question_id']) ?? String(at),
      dialect: dialect ?? textOf(record, ['dialect']) ?? 'sqlite',
      database,
      question: textOf(record, ['question']) ?? '',
      sql,
    };
  });
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

function textOf(record: Fields, names: string[]): string | null {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
