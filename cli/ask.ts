import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Answered } from '../core/answer.js';
import { InvalidInputError } from '../core/errors.js';
import { openDatabase } from '../dialects/open-database.js';
import { locateHome } from '../schema/home.js';
import { databaseEntry } from '../schema/run-spec.js';
import { answerQuestion, type AnswerOptions } from '../serve/answer/answer-question.js';
import { dialectOfDatabase } from '../serve/answer/dialect-of-database.js';
import { openServedModel, requireDialect } from '../serve/answer/served-model.js';
import { describeAnswer, describeRows } from './describe-answer.js';
import { findDatabase } from './find-database.js';
import type { Output } from './output.js';
import { withStore } from './services.js';
import { wholeNumber } from './whole-number.js';

export interface AskRequest {
  words: readonly string[];
  model: string;
  database: string;
  dialect?: string;
  rows: string;
  timeout: string;
  samples: string;
  temperature: string;
  seed: string;
  sqlOnly: boolean;
  explain: boolean;
}

/** Asks one question: rows, or with --sql-only the statement, as data; everything else for whoever watches. */
export async function ask(request: AskRequest, output: Output): Promise<{ exitCode: number }> {
  const options = readOptions(request);
  const question = await readQuestion(request.words);
  const { name } = databaseEntry.parse(request.database);
  // Found before the model is opened: a wrong path is said at once.
  const ref = findDatabase(request.database, name, dialectOfDatabase(request.database, request.dialect));
  const cache = join(locateHome().state, 'models');
  const model = await openServedModel(request.model, { cache, withStore });
  try {
    // A sample is made for the dialect that is wanted, so an expert's own will do.
    const own = model.dialects.length === 1 ? model.dialects[0]! : ref.dialect;
    const dialect = request.dialect === undefined && ref.url.startsWith('sample:') ? own : ref.dialect;
    requireDialect(model, dialect);
    const session = await openDatabase({ ...ref, dialect });
    try {
      const schema = await session.introspect();
      const answered = await answerQuestion({ model, database: { session, schema }, question, options });
      print(answered, request, output);
      return { exitCode: exitCodeOf(answered) };
    } finally {
      await session.close();
    }
  } finally {
    await model.close();
  }
}

function print(answered: Answered, { sqlOnly, explain }: AskRequest, output: Output): void {
  const { sql, outcome, problem } = answered;
  if (explain && !output.json) output.warn(describeAnswer(answered));
  else if (sql !== null && !sqlOnly) output.progress(sql);
  output.result(answered, () =>
    sqlOnly ? (problem ? '' : (sql ?? '')) : outcome?.kind === 'rows' ? describeRows(outcome) : '',
  );
  if (problem) {
    if (sqlOnly && sql !== null) output.progress(sql);
    output.warn(`${problem.what}\n${problem.remedy}`);
  } else if (outcome?.kind === 'rows' && outcome.truncated) {
    output.progress(`Only the first ${outcome.rows.length} rows are shown; --rows shows more.`);
  }
}

function exitCodeOf({ problem }: Answered): number {
  if (problem === null) return 0;
  return problem.kind === 'refused' ? 4 : 1;
}

async function readQuestion(words: readonly string[]): Promise<string> {
  if (words.length > 0) return words.join(' ').trim();
  if (process.stdin.isTTY)
    throw new InvalidInputError('There is no question.', 'Write it after the options, in quotes, or pipe it in.');
  return (await readAll(process.stdin)).trim();
}

function readOptions({ rows, timeout, samples, temperature, seed, sqlOnly, explain }: AskRequest): AnswerOptions {
  return {
    maxRows: wholeNumber(rows, '--rows', 1, 100_000),
    timeoutMs: wholeNumber(timeout, '--timeout', 1, 3_600_000),
    samples: wholeNumber(samples, '--samples', 1, 64),
    seed: wholeNumber(seed, '--seed', 0, 2 ** 32),
    temperature: positive(temperature, '--temperature'),
    sqlOnly,
    tokenRouting: explain,
  };
}

function positive(text: string, flag: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 5) return value;
  throw new InvalidInputError(`${flag} is ${text}.`, 'Give a number above 0 and at most 5, such as 0.8.');
}
