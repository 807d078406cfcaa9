import type { Answered } from '../../core/answer.js';
import { closestNames } from '../../core/answer/edit-distance.js';
import type { UnknownName } from '../../core/answer/unknown-name.js';
import { whyFailed, whyNotRun } from '../../core/answer/why-failed.js';
import type { DatabaseSchema, ExecutionOutcome } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';

type Problem = NonNullable<Answered['problem']>;

/** What a question was about: the words of it that nothing was found for, and where they were looked for. */
export interface Asked {
  unlinked: readonly string[];
  schema: DatabaseSchema;
  dialect: DialectManifest;
}

/** What the model's answer lacks where it is empty. */
export function noAnswer(complete: boolean, asked: Asked): Problem {
  if (!complete)
    return {
      what: 'The question and what it needs of the schema are longer than the model can read.',
      ...{ remedy: 'Ask for less at a time, or use a model with more positions.', kind: 'no-sql' },
    };
  return { what: "The model's answer is empty.", remedy: hint(asked), kind: 'no-sql' };
}

/** Why a statement was not run, by the guard's word. */
export function notAQuery(refused: Parameters<typeof whyNotRun>[0], asked: Asked): Problem {
  const what = whyNotRun(refused, asked.dialect.title, "The model's answer");
  return refused.reason === 'not-read-only'
    ? { what, remedy: onlyQueries, kind: 'refused' }
    : { what, remedy: hint(asked), kind: 'no-sql' };
}

/** Why a statement was not run, where it names what the database does not have. */
export function unknownNameIn({ kind, name, closest, tables }: UnknownName, asked: Asked): Problem {
  const where =
    kind === 'column' && tables.length > 0
      ? `${listed(tables)} ${tables.length > 1 ? 'have' : 'has'}`
      : 'the database has';
  const nearest =
    closest.length > 0
      ? `; the closest ${closest.length > 1 ? 'are' : 'is'} ${listed(closest)}`
      : kind === 'table'
        ? `, only ${listed(asked.schema.tables.map((table) => table.name))}`
        : '';
  return {
    what: `The statement was not run, because ${where} no ${kind} "${name}"${nearest}.`,
    ...{ remedy: hint(asked), kind: 'no-sql' },
  };
}

/** What went wrong where a statement ran; null where it gave rows. */
export function failureOf(outcome: ExecutionOutcome, timeoutMs: number, asked: Asked): Problem | null {
  if (outcome.kind === 'rows') return null;
  const what = whyFailed(outcome, asked.dialect.title, timeoutMs);
  const remedies = {
    timeout: 'Narrow the question, or allow more time with --timeout.',
    crash: 'Check that the database can be reached, and ask again.',
    refused: onlyQueries,
    'not-executable': 'Run it on the full product, or put the question differently.',
    invalid: hint(asked),
    'runtime-error': hint(asked),
  };
  const kind = outcome.kind === 'refused' ? 'refused' : outcome.kind === 'invalid' ? 'no-sql' : 'failed';
  return { what, remedy: remedies[outcome.kind], kind };
}

const onlyQueries = 'Ask for something to be shown; nothing but queries is run here.';

/** What to try: the words that nothing was found for, each with the column or table that it may have meant. */
function hint({ unlinked, schema }: Asked): string {
  if (unlinked.length === 0) return 'Say it with the names of the tables and columns that you mean.';
  const names = schema.tables.flatMap((table) => [
    table.name,
    ...table.columns.map((column) => `${table.name}.${column.name}`),
  ]);
  const words = unlinked.map((word) => {
    const [meant] = closestNames(word, names, 1, (name) => name.split('.').at(-1)!);
    return `"${word}"${meant === undefined ? '' : ` (${meant}?)`}`;
  });
  return `The database knows nothing called ${listed(words)}; say it with the names of its tables and columns.`;
}

const listed = (names: readonly string[], most = 8): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
