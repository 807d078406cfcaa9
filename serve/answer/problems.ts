import type { Answered } from '../../core/answer.js';
import type { UnknownName } from '../../core/answer/unknown-name.js';
import type { DatabaseSchema, ExecutionOutcome } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';

type Problem = NonNullable<Answered['problem']>;

const rephrase = 'Say it with the names of the tables and columns that you mean.';

/** What the model's answer lacks where it is empty. */
export function noAnswer(complete: boolean, unlinked: readonly string[]): Problem {
  if (!complete)
    return {
      what: 'The question and what it needs of the schema are longer than the model can read.',
      ...{ remedy: 'Ask for less at a time, or use a model with more positions.', kind: 'no-sql' },
    };
  return { what: "The model's answer is empty.", remedy: hint(unlinked), kind: 'no-sql' };
}

/** Why a statement was not run, by the guard's word. */
export function notAQuery(
  { reason, message }: { reason: 'parse-error' | 'not-read-only'; message: string },
  dialect: DialectManifest,
  unlinked: readonly string[],
): Problem {
  if (reason === 'not-read-only')
    return {
      what: `The statement was not run, because it would do more than read: ${message}.`,
      ...{ remedy: 'Ask for something to be shown; nothing but queries is run here.', kind: 'refused' },
    };
  const what = `The model's answer is no query that Dialectic reads as ${dialect.title}: ${message}.`;
  return { what, remedy: hint(unlinked), kind: 'no-sql' };
}

/** Why a statement was not run, where it names what the database does not have. */
export function unknownNameIn(
  { kind, name, closest, tables }: UnknownName,
  schema: DatabaseSchema,
  unlinked: readonly string[],
): Problem {
  const where =
    kind === 'column' && tables.length > 0
      ? `${listed(tables)} ${tables.length > 1 ? 'have' : 'has'}`
      : 'the database has';
  const nearest =
    closest.length > 0
      ? `; the closest ${closest.length > 1 ? 'are' : 'is'} ${listed(closest)}`
      : kind === 'table'
        ? `, only ${listed(schema.tables.map((table) => table.name))}`
        : '';
  return {
    what: `The statement was not run, because ${where} no ${kind} "${name}"${nearest}.`,
    ...{ remedy: hint(unlinked), kind: 'no-sql' },
  };
}

/** What went wrong where a statement ran; null where it gave rows. */
export function failureOf(
  outcome: ExecutionOutcome,
  dialect: DialectManifest,
  timeoutMs: number,
  unlinked: readonly string[],
): Problem | null {
  const said = 'message' in outcome ? outcome.message.trim().replace(/\.$/, '') : '';
  switch (outcome.kind) {
    case 'rows':
      return null;
    case 'timeout':
      return {
        what: `The statement ran longer than ${timeoutMs} ms and was stopped.`,
        ...{ remedy: 'Narrow the question, or allow more time with --timeout.', kind: 'failed' },
      };
    case 'crash':
      return {
        what: `The database's engine gave no answer: ${said}.`,
        ...{ remedy: 'Check that the database can be reached, and ask again.', kind: 'failed' },
      };
    case 'refused':
      return {
        what: `${dialect.title} refused the statement: ${said}.`,
        ...{ remedy: 'Ask for something to be shown; nothing but queries is run here.', kind: 'refused' },
      };
    case 'not-executable':
      return {
        what: `The engine here cannot run the statement: ${said}.`,
        ...{ remedy: 'Run it on the full product, or put the question differently.', kind: 'failed' },
      };
    case 'invalid':
      return {
        what: `${dialect.title} does not accept the statement: ${said}.`,
        remedy: hint(unlinked),
        kind: 'no-sql',
      };
    case 'runtime-error':
      return { what: `The statement failed while it ran: ${said}.`, remedy: hint(unlinked), kind: 'failed' };
  }
}

function hint(unlinked: readonly string[]): string {
  if (unlinked.length === 0) return rephrase;
  const words = listed(unlinked.map((word) => `"${word}"`));
  return `The database knows nothing called ${words}; say it with the names of its tables and columns.`;
}

const listed = (names: readonly string[], most = 8): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
