import type { ColumnType } from './database.js';
import type { DialectName } from './dialect.js';
import type { Query } from './sql/ast.js';

/** Spider's four levels. */
export type Hardness = 'easy' | 'medium' | 'hard' | 'extra';

/** What a column is used for; the filler prefers columns that fit, so that statements return rows and questions read well. */
export type ColumnRole = 'key' | 'measure' | 'category' | 'label' | 'time' | 'any';

export interface ColumnSlot {
  /** `C1`, `C2`, …: the same column twice is the same slot. */
  id: string;
  /** The table slot it belongs to. */
  table: string;
  type: ColumnType;
  role: ColumnRole;
  /** JSON path, struct field or element that the template reaches below the column, if any. */
  path?: string;
}

export interface ValueSlot {
  /** `V1`, `V2`, … */
  id: string;
  /** The column slot whose data the value is sampled from; null for a free number such as a LIMIT. */
  column: string | null;
  /** How the value is made from the column: an existing value, a threshold inside its range, a prefix of a text, a year of a date, … */
  use:
    | 'existing'
    | 'threshold'
    | 'prefix'
    | 'suffix'
    | 'infix'
    | 'year'
    | 'month'
    | 'date'
    | 'count'
    | 'limit'
    | 'number'
    | 'json-key';
  /** The text around the value, which stands for `{}`: `%{}%`, `$.{}`; of a year or month `text` where it is compared as text. */
  form?: string;
}

/** Two columns that a join puts equal; the filler binds them along a foreign key. */
export interface JoinSlot {
  left: string;
  right: string;
}

/**
 * A SQL statement whose tables, columns and values are typed placeholders. `query` holds the tree with the slots' ids as names;
 * `sql` is the same printed, with `{T1}`, `{C1}`, `{V1}`.
 */
export interface Template {
  id: string;
  dialect: DialectName;
  sql: string;
  query: Query;
  tables: string[];
  columns: ColumnSlot[];
  values: ValueSlot[];
  joins: JoinSlot[];
  /** The statement with its placeholders erased, for counting distinct shapes. */
  skeleton: string;
  hardness: Hardness;
  /** Keywords and functions used, upper case, sorted. */
  keywords: string[];
  origin: 'seed' | 'guide' | 'expanded';
  /** How often the seed occurs in its source; 1 elsewhere. */
  count: number;
  /** Id of the guide that taught it. */
  guide: string | null;
  teacher: string;
}

/** Question + SQL + database + dialect, with where it came from (cli.md's `pair`). */
export interface Pair {
  id: string;
  dialect: DialectName;
  database: string;
  question: string;
  sql: string;
  template: string;
  guide: string | null;
  teacher: string;
  hardness: Hardness;
  keywords: string[];
  /** The statement's skeleton, by which datasets count distinct shapes and splits keep apart what must be apart. */
  skeleton: string;
}

/** One section of a dialect's tutorial or manual, as Markdown, with its source address and hash. */
export interface Guide {
  id: string;
  dialect: DialectName;
  title: string;
  topic: string;
  text: string;
  /** Keywords and functions found in it, upper case. */
  teaches: string[];
  source: string;
  licence: string;
  hash: string;
  fetchedAt: string | null;
}

export type VerdictReason =
  | 'parse-error'
  | 'not-read-only'
  | 'not-repeatable'
  | 'invalid'
  | 'runtime-error'
  | 'not-executable'
  | 'timeout'
  | 'too-large'
  | 'empty-result'
  | 'all-null'
  | 'constant-result'
  | 'value-not-in-question'
  | 'question-unnatural'
  | 'contradicts-order'
  | 'contradicts-aggregate'
  | 'duplicate'
  | 'near-duplicate-question'
  | 'contaminated'
  | 'tied-rows'
  | 'judge-disagrees';

/** What the checks said of a pair (cli.md's `verdict`, with evidence). */
export interface Verdict {
  id: string;
  accepted: boolean;
  reason: VerdictReason | null;
  evidence: string | null;
  rows: number;
  ms: number;
}
