import { lex, significant, type Token } from '../../core/sql/lexer.js';
import { readOtherwise } from '../../core/sql/read-otherwise.js';
import { postgres } from './dialect.js';

/**
 * What a role that can only read may still call, and must not:
 * - time and locks: a sleep holds a connection, an advisory lock outlives its transaction;
 * - settings: any role may turn off its own statement_timeout;
 * - text that is run as a statement, out of sight of this guard: query_to_xml and its kin;
 * - signals, notifications, sequences, statistics, snapshots, replication, large objects;
 * - files and other servers, should the server's administrator have granted them, or the role be a superuser's.
 */
const forbidden = [
  /^pg_sleep/,
  /^pg_(try_)?advisory/,
  /^(set_config|setval|nextval|setseed)$/,
  /^(query|table|cursor|schema|database)_to_xml/,
  /^(ts_stat|ts_rewrite)$/,
  /^(brin_|gin_clean|binary_upgrade_|pg_prewarm|pg_buffercache|pg_nextoid)/,
  /^pg_(cancel|terminate)_/,
  /^pg_(notify|reload_conf|promote|switch_wal|rotate_logfile|export_snapshot|log_)/,
  /^pg_(create|drop|alter|copy|replication|logical|backup|start|stop|wal|import|restore|clear|stat_reset|sync)_/,
  /^pg_(read|ls|stat|write|file)_(server_|binary_)?(files?|dir|write|rename|unlink|sync|logdir|waldir|tmpdir|archive)/,
  /^pg_(ls_|read_|stat_file|file_|current_logfile|hba_|ident_|shadow|authid|stat_activity|config$|statistic$)/,
  /^(lo_|loread|lowrite)/,
  /^pg_largeobject/,
  /^pg_(settings|user_mappings?|foreign_server|subscription|db_role_setting|stat_replication|stat_wal_receiver)$/,
  /^(dblink|postgres_fdw|file_fdw|plpy|plperl|http_|get_raw_page|heap_force_)/,
  /^(xpath_table|crosstab|connectby)/,
  /^txid_current$/,
];

/** Of the functions that the server names with `pg_`, those that tell of values; all others tell of the server, or change it. */
const aboutValues =
  /^pg_(typeof|input_is_valid|input_error_info|size_pretty|size_bytes|column_size|column_compression|char_to_encoding|encoding_to_char)$/;

/** Why a statement must not be run, or null. The server's role and transaction refuse writing by themselves. */
export function refusal(sql: string): string | null {
  const all = lex(sql, postgres.lexer);
  const unclear = readOtherwise(all, postgres.lexer);
  if (unclear) return `The server may read ${JSON.stringify(unclear.text.slice(0, 40))} in another way.`;
  const tokens = significant(all).filter(({ kind }) => kind !== 'end');
  const last = tokens.findLastIndex(({ text }) => text !== ';');
  const body = tokens.slice(0, last + 1);
  if (body.some(({ text, kind }) => text === ';' && kind === 'operator')) return 'Only a single statement is allowed.';
  const first = body.find(({ text }) => text !== '(');
  if (!first || !['SELECT', 'WITH', 'VALUES', 'TABLE'].includes(first.value)) return 'Only a query is allowed.';
  if (body.some(({ kind, value }) => kind === 'word' && value === 'INTO')) return 'SELECT INTO makes a table.';
  if (body.some(isEscapedName)) return 'Names with Unicode escapes are not allowed.';
  const named = body.find(
    ({ kind, value }, i) =>
      (kind === 'word' || kind === 'quoted') && (isForbidden(value) || isOfServer(value, body[i + 1])),
  );
  return named ? `${named.text} is not allowed.` : null;
}

/** A call of a function of the server's own. */
function isOfServer(name: string, next: Token | undefined): boolean {
  return /^pg_/i.test(name) && next?.text === '(' && !aboutValues.test(name.toLowerCase());
}

const isForbidden = (name: string): boolean => forbidden.some((pattern) => pattern.test(name.toLowerCase()));

/** `U&"…"`, which could spell any name unseen. */
function isEscapedName(token: Token, i: number, tokens: Token[]): boolean {
  return token.value === 'U' && tokens[i + 1]?.text.startsWith('&') === true && tokens[i + 2]?.kind === 'quoted';
}
