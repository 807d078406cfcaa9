import { InvalidInputError } from './errors.js';
import { parseRecords, textOf } from './evaluate/gold.js';
import type { Pair } from './template.js';

/**
 * The pairs of a file's text: ours (cli.md's `pair`), or as Spider and BIRD name the fields. What a pair does not say of itself is empty.
 * @param file what messages call it
 * @throws InvalidInputError naming the line without a question or a statement
 */
export function readPairs(text: string, file: string): Pair[] {
  const records = parseRecords(text);
  if (!records) throw new InvalidInputError(`${file} is neither JSON nor JSON Lines.`, 'Give one pair a line.');
  return records.map((record, at) => {
    const [question, sql] = [textOf(record, ['question']), textOf(record, ['sql', 'query', 'SQL'])];
    if (question === null || sql === null) {
      throw new InvalidInputError(
        `Line ${at + 1} of ${file} has no ${sql === null ? 'sql' : 'question'}.`,
        'Give every pair "question" and "sql".',
      );
    }
    return {
      ...{ template: '', guide: null, teacher: '', hardness: 'medium', keywords: [], skeleton: '', dialect: '' },
      ...(record as Partial<Pair>),
      ...{ id: textOf(record, ['id', 'question_id']) ?? String(at), question, sql },
      database: textOf(record, ['database', 'db_id']) ?? 'database',
    };
  });
}
