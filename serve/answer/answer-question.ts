import type { Answered } from '../../core/answer.js';
import { chooseByExecution, type TriedStatement } from '../../core/answer/execution-guided.js';
import { linkedWords, unlinkedWords } from '../../core/answer/linked-words.js';
import { unknownName } from '../../core/answer/unknown-name.js';
import {
  defaultLimits,
  type DatabaseSchema,
  type DatabaseSession,
  type ExecutionOutcome,
} from '../../core/database.js';
import { InvalidInputError } from '../../core/errors.js';
import type { Predicted } from '../../core/evaluate/evaluate-model.js';
import { statementOrdersRows } from '../../core/evaluate/read-sql.js';
import { linkQuestion } from '../../core/prompt/link-question.js';
import { buildPrompt, readCompletion } from '../../core/prompt/prompt-form.js';
import { restrictedTokens } from '../../core/prompt/restricted-tokens.js';
import { guard } from '../../core/sql/guard.js';
import { dialects } from '../../dialects/registry.js';
import { findValues } from './find-values.js';
import { failureOf, noAnswer, notAQuery, unknownNameIn } from './problems.js';
import { requireDialect, type ServedModel } from './served-model.js';

/** A database that questions are asked of: its session, and its schema as the engine told it. */
export interface AskedDatabase {
  session: DatabaseSession;
  schema: DatabaseSchema;
}

export interface AnswerOptions {
  /** Rows shown at most. */
  maxRows?: number;
  /** Milliseconds that a statement may run. */
  timeoutMs?: number;
  /** Write the statement and run nothing. */
  sqlOnly?: boolean;
  /** Statements considered; above 1 the result that most of them agree on wins. */
  samples?: number;
  temperature?: number;
  topP?: number;
  seed?: number;
  /** Of a mixture: also say which expert each token went to. */
  tokenRouting?: boolean;
  /** Milliseconds for the search of values in the database. */
  valueSearchMs?: number;
  signal?: AbortSignal;
}

export interface AnswerInput {
  model: ServedModel;
  database: AskedDatabase;
  question: string;
  options?: AnswerOptions;
}

/** Characters of a question at most. */
export const longestQuestion = 2_000;
/** Rows by which results are compared where several statements are tried. */
const comparedRows = 1_000;

type Problem = NonNullable<Answered['problem']>;

/**
 * Answers a question about a database: links its words to names and values, has the model write a statement, and runs it where it
 * is one query that reads and every name in it exists. What goes wrong with the statement is in the answer, not thrown.
 * @throws InvalidInputError where the question is empty or too long, or the model does not speak the database's dialect
 */
export async function answerQuestion({ model, database, question, options = {} }: AnswerInput): Promise<Answered> {
  const { session, schema } = database;
  const { maxRows = 100, timeoutMs = defaultLimits.timeoutMs, samples = 1, sqlOnly = false, signal } = options;
  requireQuestion(question);
  requireDialect(model, session.ref.dialect);
  const dialect = dialects[session.ref.dialect]!.manifest;

  const timer = stopwatch();
  const spelled = await findValues({
    question,
    schema,
    session,
    dialect,
    budgetMs: sqlOnly ? 0 : (options.valueSearchMs ?? 1_500),
  });
  const linked = linkQuestion(spelled.question, spelled.schema);
  const unlinked = unlinkedWords(linked);
  const asked = { unlinked, schema, dialect };
  const built = buildPrompt(model.promptForm, { question: spelled.question, schema: spelled.schema, dialect });
  const link = timer();

  const { greedy, sampled } = await decode(model, built.prompt, samples, options);
  const statements = [greedy, ...sampled].map(({ text }) => readCompletion(text, built).trim());
  const decoded = timer();

  const problems = new Map<string, Problem>();
  const limits = { timeoutMs, maxRows: samples > 1 ? Math.max(maxRows, comparedRows) : maxRows };
  const run = async (sql: string): Promise<ExecutionOutcome> => {
    const problem = problemOf(sql);
    if (problem) problems.set(sql, problem);
    if (problem) return { kind: problem.kind === 'refused' ? 'refused' : 'invalid', message: problem.what, ms: 0 };
    return session.execute(sql, limits, signal);
  };
  const problemOf = (sql: string): Problem | null => {
    if (sql === '') return noAnswer(greedy.complete ?? true, asked);
    const guarded = guard(sql, dialect);
    if (guarded.outcome === 'refused') return notAQuery(guarded, asked);
    const unknown = unknownName(guarded.query, schema);
    return unknown && unknownNameIn(unknown, asked);
  };
  const orders = (sql: string): boolean => statementOrdersRows(sql, dialect);
  const tried = sqlOnly ? [] : await chooseByExecution({ statements, run, orders });
  const sql = tried[0]?.sql ?? statements[0]!;
  const problem = sqlOnly ? problemOf(sql) : problems.get(sql);
  const outcome = sqlOnly || problem ? null : shown(tried[0]!.outcome, maxRows);
  return {
    ...{ question, model: model.id, dialect: dialect.name, database: session.ref.name },
    sql: sql === '' ? null : sql,
    outcome,
    problem: problem ?? (outcome && failureOf(outcome, timeoutMs, asked)),
    linked: linkedWords(spelled.question, linked, spelled.schema, spelled.found),
    unlinked,
    candidates: tried.map(candidate),
    routing:
      model.experts.length > 0 && greedy.tokenRouting
        ? { experts: model.experts, tokens: greedy.tokenRouting.map(routed) }
        : null,
    timings: { link, decode: decoded, execute: timer() },
  };
}

async function decode(
  { predictor, promptForm }: ServedModel,
  prompt: string,
  samples: number,
  { temperature = 0.8, topP = 0.95, seed = 17, tokenRouting = true, signal }: AnswerOptions,
): Promise<{ greedy: Predicted; sampled: Predicted[] }> {
  const shared = {
    onlyFromPrompt: restrictedTokens(promptForm),
    ...(signal ? { signal } : {}),
  };
  const [greedy] = await predictor.generate([prompt], { ...shared, tokenRouting });
  const others = Array.from({ length: samples - 1 }, () => prompt);
  const sampled =
    others.length === 0 ? [] : await predictor.generate(others, { ...shared, sampling: { temperature, topP, seed } });
  return { greedy: greedy!, sampled };
}

function requireQuestion(question: string): void {
  if (question.trim() === '')
    throw new InvalidInputError('The question is empty.', 'Ask something about the database.');
  if (question.length > longestQuestion)
    throw new InvalidInputError(
      `The question has ${question.length} characters.`,
      `Ask it in ${longestQuestion} at most.`,
    );
}

/** The rows asked for; more may have been fetched to compare statements by. */
function shown(outcome: ExecutionOutcome, maxRows: number): ExecutionOutcome {
  if (outcome.kind !== 'rows' || outcome.rows.length <= maxRows) return outcome;
  return { ...outcome, rows: outcome.rows.slice(0, maxRows), truncated: true };
}

const candidate = ({ sql, votes, outcome }: TriedStatement): Answered['candidates'][number] => ({
  ...{ sql, votes, outcome: outcome.kind },
});

type TokenRouting = NonNullable<Predicted['tokenRouting']>[number];

/** A token's shares, mean over the layers. */
function routed({ token, part, weights }: TokenRouting): { text: string; shares: number[]; part: 'prompt' | 'answer' } {
  const shares = weights[0]!.map(
    (_, expert) => weights.reduce((sum, layer) => sum + layer[expert]!, 0) / weights.length,
  );
  return { text: token, shares, part };
}

/** Milliseconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const passed = now - last;
    last = now;
    return Math.round(passed * 10) / 10;
  };
}
