import { readFile } from 'node:fs/promises';
import { runEval } from '../../cli/run-eval.js';
import type { EvaluationItem } from '../../core/evaluate/outcome.js';
import { readGoldItems } from '../../core/evaluate/gold.js';
import { maskValues } from '../../core/masked/mask-values.js';
import { corpusBleu } from '../../core/metrics/bleu.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { readRows } from './rows.js';

/** Shares of one set of questions, 0…1. */
export interface Scores {
  n: number;
  /** Of the gold's tokens, those foretold with the gold's tokens before them given. */
  tokenAccuracy: number;
  /** The same where padding up to the longest gold counts as foretold. */
  paddedTokenAccuracy: number;
  /** Of masked statements. */
  bleu2: number;
  /** Masked statements equal token by token. */
  exactMasked: number;
  /** The values equal, too, but for quotes. */
  exact: number;
  /** Execution accuracy, over the questions whose original database is there. */
  ex: number;
  executed: number;
}

interface Answer {
  id: string;
  sql: string;
  tokens: number;
  foretold: number;
}

export interface ScoreInput {
  gold: string;
  databases: string;
  /** Rows of the gold, masked. */
  dev: string;
  /** What the trainer predicted, and the same with values. */
  masked: string;
  predictions: string;
  /** Where outcomes are written. */
  outcomes: string;
}

/** Scores of the first 100 questions of dev, which are the paper's, and of all. */
export async function scoreArm(input: ScoreInput): Promise<{ first100: Scores; all: Scores }> {
  const items = readGoldItems(await readFile(input.gold, 'utf8'), input.gold, undefined);
  const rows = new Map((await readRows(input.dev)).map((row) => [row.id, row.completion]));
  const masked = new Map((await readAnswers(input.masked)).map((answer) => [answer.id, answer]));
  const predictions = new Map((await readAnswers(input.predictions)).map((answer) => [answer.id, answer.sql]));
  await runEval({
    ...{ gold: input.gold, pred: input.predictions, databases: input.databases, out: input.outcomes },
    ...{ compare: [], semantics: 'dialectic', keepDistinct: false, bleu: [] },
    ...{ skipMissing: true, timeoutMs: 5000, progress: () => undefined },
  });
  const correct = new Map(
    (await readLines<{ id: string; correct: boolean }>(input.outcomes)).map(({ id, correct }) => [id, correct]),
  );
  const score = (chosen: readonly EvaluationItem[]): Scores => {
    const answers = chosen.map(({ id }) => masked.get(id)!);
    const pairs = chosen.map(({ id }, at) => ({
      candidate: answers[at]!.sql.split(' '),
      reference: rows.get(id)!.split(' '),
    }));
    const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length;
    const executed = chosen.filter(({ id }) => correct.has(id));
    const [foretold, tokens] = [sum(answers.map((a) => a.foretold)), sum(answers.map((a) => a.tokens))];
    const padded = answers.length * Math.max(...answers.map((a) => a.tokens));
    return {
      n: chosen.length,
      tokenAccuracy: foretold / tokens,
      paddedTokenAccuracy: (foretold + padded - tokens) / padded,
      bleu2: corpusBleu(pairs, 2),
      exactMasked: share(chosen.map(({ id }, at) => rows.get(id) === answers[at]!.sql)),
      exact: share(chosen.map(({ id, sql }) => sameButForQuotes(sql, predictions.get(id)!))),
      ex: share(executed.map(({ id }) => correct.get(id)!)),
      executed: executed.length,
    };
  };
  return { first100: score(items.slice(0, 100)), all: score(items) };
}

/** Spider writes texts in double quotes, too, which our own exact match takes for names. */
function sameButForQuotes(gold: string, predicted: string): boolean {
  const [a, b] = [gold, predicted].map((sql) => maskValues(sql, sqlite.lexer));
  if (!a || !b || a.text !== b.text) return false;
  const bare = (value: string): string => value.replace(/^(["'])(.*)\1$/s, '$2');
  return a.values.every((value, at) => bare(value) === bare(b.values[at]!));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const readAnswers = (file: string): Promise<Answer[]> => readLines<Answer>(file);

async function readLines<T>(file: string): Promise<T[]> {
  return (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
