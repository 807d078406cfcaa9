import { lex, significant } from '../../core/sql/lexer.js';
import { mariadb } from './dialect.js';

/**
 * What a user who can only read may still call, and must not: what waits, locks beyond its transaction, reads files, moves
 * sequences, or asks other servers. The user's missing rights come after this.
 */
const forbidden =
  /^(sleep|benchmark|get_lock|release_lock|release_all_locks|is_free_lock|is_used_lock|load_file|master_(pos|gtid)_wait|wsrep_\w+|nextval|setval|lastval|sys_exec|sys_eval)$/i;

/** Why a statement must not be run, or null. */
export function refusal(sql: string): string | null {
  const all = lex(sql, mariadb.lexer);
  // The server runs what stands in /*! … */ and /*M! … */, which every reader of SQL takes for a comment.
  if (/\/\*M?!/i.test(sql)) return 'Executable comments are not allowed.';
  const tokens = significant(all).filter(({ kind }) => kind !== 'end');
  const last = tokens.findLastIndex(({ text }) => text !== ';');
  const body = tokens.slice(0, last + 1);
  if (body.some(({ text, kind }) => text === ';' && kind === 'operator')) return 'Only a single statement is allowed.';
  const first = body.find(({ text }) => text !== '(');
  if (!first || !['SELECT', 'WITH', 'VALUES'].includes(first.value)) return 'Only a query is allowed.';
  const words = body.filter(({ kind }) => kind === 'word');
  if (words.some(({ value }) => value === 'INTO')) return 'SELECT INTO writes a file or a variable.';
  if (words.some(({ value }) => value === 'PROCEDURE')) return 'PROCEDURE is not allowed.';
  if (body.some(({ text }) => text.startsWith('@') || text === ':=')) return 'Variables are not allowed.';
  const named = body.find(({ kind, value }) => (kind === 'word' || kind === 'quoted') && forbidden.test(value));
  return named ? `${named.text} is not allowed.` : null;
}
