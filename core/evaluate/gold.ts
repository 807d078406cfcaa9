import { InvalidInputError } from '../errors.js';
import type { Fields } from '../fields.js';
import type { EvaluationItem } from './outcome.js';

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

/** The gold questions of a file's text: our own JSON Lines, Spider's `dev.json` (`query`, `db_id`) or BIRD's (`SQL`, `question_id`). */
export function readGoldItems(text: string, file: string, dialect: string | undefined): EvaluationItem[] {
  const records = parseRecords(text);
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

/** The first of the named fields that holds a text or a number. */
export function textOf(record: Fields, names: string[]): string | null {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
