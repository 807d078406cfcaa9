/** What the page and its server say to each other, beside `Answered`. Everything is JSON. */
import type { ColumnType, ExecutionOutcome, SqlValue } from '../../core/database.js';

export interface PlaygroundModel {
  id: string;
  /** Dialects that it was trained for, where that is known. */
  dialects: string[];
}

export interface PlaygroundDatabase {
  name: string;
  dialect: string;
  /** The dialect's name for people. */
  title: string;
}

/** A database as the browser shows it: names, and how the dialect writes each in a statement. */
export interface SchemaView {
  name: string;
  dialect: string;
  tables: TableView[];
}

export interface TableView {
  name: string;
  sql: string;
  rows: number;
  columns: ColumnView[];
}

export interface ColumnView {
  name: string;
  sql: string;
  type: ColumnType;
  nativeType: string;
  nullable: boolean;
  primaryKey: boolean;
  /** `customers.id`, of a foreign key. */
  references: string | null;
  samples: SqlValue[];
}

export interface AskRequest {
  question: string;
  model: string;
  database: string;
  /** Statements drawn, of which the one is taken that most agree with by their result; 1: the likeliest alone. */
  samples?: number;
}

export interface RunRequest {
  database: string;
  sql: string;
}

/** What became of a statement that a person wrote or changed. */
export interface Ran {
  /** Null where the guard refused it. */
  outcome: ExecutionOutcome | null;
  problem: Problem | null;
}

export interface Problem {
  what: string;
  remedy: string;
}

export interface FeedbackRequest {
  question: string;
  model: string;
  database: string;
  sql: string | null;
  correctedSql: string | null;
  vote: 'up' | 'down';
  outcome: ExecutionOutcome['kind'] | null;
}
