import type { ExecutionOutcome } from './database.js';

/** A part of a question that was found in the schema or among the database's values. */
export interface LinkedWords {
  text: string;
  kind: 'table' | 'column' | 'value';
  /** `orders`, `orders.total`; of a value: the columns that hold it, empty where none is known to. */
  names: string[];
  /** Of a value that the database spells otherwise: its spelling there. */
  value?: string;
}

/** A statement that was considered; several with execution-guided decoding. */
export interface CandidateStatement {
  sql: string;
  /** Samples that said it, or another with the same result. */
  votes: number;
  outcome: ExecutionOutcome['kind'];
}

/** `refused`: the statement would do more than read; `no-sql`: there is none that could run; `failed`: it ran, and no rows came. */
export type ProblemKind = 'refused' | 'no-sql' | 'failed';

/** Which expert a token went to: each expert's share, mean over the layers. */
export interface RoutedToken {
  text: string;
  shares: number[];
  /** Of the prompt, or of the answer. */
  part: 'prompt' | 'answer';
}

/** What a question came to: the statement, and its rows or what went wrong. */
export interface Answered {
  question: string;
  model: string;
  dialect: string;
  database: string;
  /** The statement; null where the model's answer holds none. */
  sql: string | null;
  /** Null where nothing was run: only SQL was wanted, there is none, or the guard or the schema refused it. */
  outcome: ExecutionOutcome | null;
  /** Why nothing was run or what failed, in a sentence, and what to try, in another; null where rows came back. */
  problem: { what: string; remedy: string; kind?: ProblemKind } | null;
  linked: LinkedWords[];
  /** Words of the question that neither the schema nor the database's values know. */
  unlinked?: string[];
  candidates: CandidateStatement[];
  /** Of a mixture: its experts' names in the order of `shares`, and the tokens. */
  routing: { experts: string[]; tokens: RoutedToken[] } | null;
  /** Milliseconds. */
  timings: { link: number; decode: number; execute: number };
}
