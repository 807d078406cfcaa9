import { lex, significant, type Token } from '../../core/sql/lexer.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { duckdb } from './dialect.js';

/** What a query may begin with. `DESCRIBE`, `SHOW`, `SUMMARIZE`, `EXPLAIN` and `CALL` tell of the engine, not of the data. */
const beginnings = new Set(['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE', 'PIVOT', 'UNPIVOT']);

/**
 * What a query could still call although external access is off and the configuration is locked:
 * - files and other servers: refused by the engine, too;
 * - time, chance and state: sleeping, the random seed, sequences, the log, checkpoints, profiles;
 * - text that is run as a statement, out of sight of this guard;
 * - the engine's insides: settings, secrets, memory, other tables' pages.
 */
const forbidden = [
  /^(read_|scan_|parquet_|sniff_csv|arrow_scan|seq_scan|glob$|which_secret)/,
  /^(sleep_ms|pg_sleep|setseed|nextval|currval|write_log|checkpoint$|force_checkpoint)/,
  /^(enable|disable)_/,
  /^(query|query_table|json_execute_serialized_sql|getenv|getvariable|current_setting|txid_current)$/,
  /^(duckdb_|pragma_|truncate_duckdb_logs|parse_duckdb_log_message|check_peg_parser|in_search_path|finalize$|combine$)/,
  /^current_(query|connection_id|query_id|transaction_id)$/,
];

/** Whether a function or table of this name must not be called. */
export const isForbidden = (name: string): boolean => forbidden.some((pattern) => pattern.test(name.toLowerCase()));

/** Why a statement must not be run, or null. Throws ParseError where it cannot be read as words. */
export function refusal(sql: string): string | null {
  const tokens = significant(lex(sql, duckdb.lexer)).filter(({ kind }) => kind !== 'end');
  const last = tokens.findLastIndex(({ text }) => text !== ';');
  const body = tokens.slice(0, last + 1);
  if (body.length === 0) throw new ParseError('there is no statement', 0);
  if (body.some(({ text, kind }) => text === ';' && kind === 'operator')) return 'Only a single statement is allowed.';
  const first = body.find(({ text }) => text !== '(');
  if (!first || !beginnings.has(first.value)) return 'Only a query is allowed.';
  const named = body.find(
    ({ kind, value }, i) => (kind === 'word' || kind === 'quoted') && isForbidden(value) && !isGlob(body, i),
  );
  return named ? `${named.text} is not allowed.` : null;
}

/** `name GLOB 'A*'`, the operator, which is no call of the function that lists files. */
const isGlob = (body: Token[], i: number): boolean => body[i]!.value === 'GLOB' && body[i + 1]?.text !== '(';
