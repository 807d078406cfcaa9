/** A dialect's name as used in files, ids and on the command line: `sqlite`, `postgres`, `bigquery`, … */
export type DialectName = string;

/**
 * What a dialect says of itself: enough to lex, print and describe its SQL.
 * How its statements run is its engine's affair (core/database.ts). One manifest a dialect in dialects/<name>/dialect.ts.
 */
export interface DialectManifest {
  name: DialectName;
  title: string;
  /** Version of the language and engine, as reports name it. */
  engine: string;
  lexer: LexerRules;
  printer: PrinterRules;
  /** Types of columns that hold several values, none by default; what a dialect lacks is kept as JSON. */
  nestedTypes?: ('array' | 'struct')[];
  /** Whose operator precedence and special forms it follows; by default its own name's where that is known, else PostgreSQL's. */
  grammar?: Grammar;
  /** Keywords and operators this dialect has and a generic SQL-92 reader would not expect, upper case. */
  distinctiveKeywords: string[];
  /** Statements or functions that the engine cannot run although the dialect has them; never generated. */
  unverifiable: string[];
  /**
   * Functions that the engine reports although no question about data calls for them: administration, sessions, internals,
   * second spellings of an operator. Upper case; a trailing `*` stands for any ending. They do not count in coverage.
   */
  outsideQueries: string[];
}

export interface LexerRules {
  /** Quotes of identifiers; the first is the one that is printed. */
  identifierQuotes: ('"' | '`' | '[')[];
  /** Quotes of string literals. */
  stringQuotes: ("'" | '"')[];
  backslashEscapes: boolean;
  /** Beside backslashes a quote in a text may be written twice, as in MariaDB; else three quotes open a long text, as in BigQuery. */
  doubledQuotes?: true;
  dollarQuotes: boolean;
  hashComments: boolean;
  /** `--` begins a comment only where a space or the end follows, as in MariaDB, where `1--1` is 2. */
  spacedDashes?: true;
  nestedComments: boolean;
  /** Prefixes of string literals, lower case: `r`, `b`, `e`, … */
  stringPrefixes: string[];
}

export interface PrinterRules {
  /** What unquoted identifiers fold to; a name that differs from its folding is quoted. */
  folding: 'lower' | 'none';
  /** Reserved words that must be quoted when they are names, upper case. */
  reserved: string[];
  /** `UNION` alone, or the word that BigQuery demands. */
  setOperationDistinct: '' | 'DISTINCT';
}

/** The grammars that the parser and the printer know. */
export type Grammar = 'sqlite' | 'postgres' | 'bigquery' | 'duckdb' | 'mariadb';
