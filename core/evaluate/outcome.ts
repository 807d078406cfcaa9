import type { SqlValue } from '../database.js';
import type { Hardness } from '../template.js';

/** A question with its gold statement: a pair, or a line of a gold file. */
export interface EvaluationItem {
  id: string;
  dialect: string;
  database: string;
  question: string;
  sql: string;
}

/** A model's statement for an item. */
export interface Prediction {
  id: string;
  sql: string;
  /** The gold in the form in which this model writes, where that differs from the item's: same meaning, other aliases. */
  reference?: string;
  /** Each expert's share of the prompt and answer, [layers][experts]. */
  routing?: number[][];
}

/** Why an answer is wrong, the first that applies. */
export const errorKinds = [
  'no-answer',
  'wrong-dialect',
  'syntax',
  'unknown-table',
  'unknown-column',
  'invalid',
  'runtime-error',
  'timeout',
  'not-executable',
  'too-large',
  'wrong-table',
  'wrong-join',
  'wrong-aggregate',
  'wrong-grouping',
  'wrong-filter',
  'empty-result',
  'wrong-columns',
  'wrong-order',
  'wrong-on-variant',
  'other',
  'gold-defect',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** The beginning of a result, for people. */
export interface ResultExcerpt {
  columns: string[];
  rows: SqlValue[][];
  total: number;
}

/** What became of one prediction. */
export interface ItemOutcome extends EvaluationItem {
  predicted: string;
  hardness: Hardness;
  /** What the gold is made of: `join`, `group`, `window`, … */
  features: string[];
  /** Execution match. */
  correct: boolean;
  exact: boolean;
  /** The prediction ran. */
  valid: boolean;
  /** The gold returns no rows, so that a match says little. */
  goldEmpty: boolean;
  error: ErrorKind | null;
  message: string | null;
  /** Why the gold cannot be trusted; null where it can. */
  goldDefect: string | null;
  /** The answer is another one than the gold's, which ties leave open: rows are ordered alike where their order decides it. */
  goldOpen?: true;
  /** It is one of the others that are as right as the gold's. It counts as wrong all the same. */
  alternative?: true;
  reference: string;
  goldResult: ResultExcerpt | null;
  predictedResult: ResultExcerpt | null;
  routing?: number[][];
}
