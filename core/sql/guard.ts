import type { DialectManifest } from '../dialect.js';
import type { Query } from './ast.js';
import { lex, significant, type Token } from './lexer.js';
import { ParseError } from './parse-error.js';
import { parse } from './parser.js';
import { readOtherwise } from './read-otherwise.js';
import { calls, expressions, walk } from './walk.js';

/** A statement that may run, as its tree, or why it may not. */
export type Guarded =
  { outcome: 'query'; query: Query } | { outcome: 'refused'; reason: 'parse-error' | 'not-read-only'; message: string };

const statements = new Set(
  `INSERT UPDATE DELETE MERGE REPLACE CREATE ALTER DROP TRUNCATE GRANT REVOKE ATTACH DETACH PRAGMA VACUUM ANALYZE REINDEX BEGIN
   COMMIT ROLLBACK SAVEPOINT RELEASE COPY CALL DO SET RESET EXECUTE PREPARE DEALLOCATE DECLARE LOCK NOTIFY LISTEN UNLISTEN
   COMMENT CLUSTER REFRESH EXPORT LOAD ASSERT EXPLAIN START END ABORT IMPORT SECURITY DISCARD CHECKPOINT INSTALL UNINSTALL
   USE KILL FLUSH HANDLER SHUTDOWN RENAME OPTIMIZE UNLOCK SHOW DESCRIBE SUMMARIZE`.split(/\s+/),
);

/**
 * Functions that read or write outside the query's tables, wait, or change the session, in any dialect. An engine's own
 * barriers come after this one: a name that is missing here must not be enough.
 */
const unsafeFunctions = new RegExp(
  `^(?:\\w+\\.)*(?:${[
    'LOAD_EXTENSION|READFILE|WRITEFILE|EDIT|FTS3_TOKENIZER|LSDIR|FSDIR',
    'PG_SLEEP\\w*|PG_READ_\\w+|PG_LS_\\w+|PG_STAT_FILE|PG_TERMINATE_BACKEND|PG_CANCEL_BACKEND|PG_RELOAD_CONF|PG_ROTATE_LOGFILE',
    'PG_(?:TRY_)?ADVISORY_\\w+|PG_NOTIFY|PG_SWITCH_WAL|PG_CREATE_\\w+|PG_DROP_\\w+|PG_FILE_\\w+|PG_LOGICAL_\\w+|PG_EXPORT_SNAPSHOT',
    'LO_\\w+|LOREAD|LOWRITE|DBLINK\\w*|SET_CONFIG|NEXTVAL|SETVAL|\\w+_TO_XML\\w*|TXID_CURRENT|PG_CURRENT_XACT_ID',
    'EXTERNAL_QUERY|KEYS\\.\\w+|AEAD\\.\\w+|SESSION_USER',
    'READ_(?:CSV|CSV_AUTO|JSON|JSON_AUTO|JSON_OBJECTS\\w*|NDJSON\\w*|PARQUET|TEXT|BLOB)|SNIFF_CSV|PARQUET_\\w+|SCAN_\\w+|\\w+_SCAN',
    'QUERY|QUERY_TABLE|JSON_EXECUTE_SERIALIZED_SQL|GETENV|DUCKDB_SECRETS|WHICH_SECRET|CHECKPOINT|FORCE_CHECKPOINT',
    'SLEEP|BENCHMARK|GET_LOCK|RELEASE_LOCK|RELEASE_ALL_LOCKS|LOAD_FILE|MASTER_POS_WAIT|MASTER_GTID_WAIT|LASTVAL|SYS_EXEC|SYS_EVAL',
  ].join('|')})$`,
);

/**
 * Text to tree, where the text is exactly one read-only query: no second statement, nothing that writes (also not inside a CTE or
 * after a pipe), no SELECT INTO, no FOR UPDATE, no function that reaches outside, no file in place of a table, no parameter. What the
 * dialect's grammar here does not cover is refused, too.
 */
export function guard(sql: string, manifest: DialectManifest): Guarded {
  try {
    const all = lex(sql, manifest.lexer);
    const unclear = readOtherwise(all, manifest.lexer);
    if (unclear !== null) return refuse('parse-error', `the engine may read position ${unclear.start} in another way`);
    const tokens = significant(all);
    const written = writes(tokens);
    if (written !== null) return refuse('not-read-only', written);
    const query = parse(sql, manifest);
    if (expressions(query).some((expr) => expr.kind === 'parameter'))
      return refuse('parse-error', 'a query parameter has no value here');
    const unsafe = calls(query).find((call) => unsafeFunctions.test(call.name.toUpperCase()));
    const file = manifest.name === 'duckdb' ? fileOf(query) : undefined;
    if (file !== undefined) return refuse('not-read-only', `${file} would be read as a file`);
    if (unsafe !== undefined) return refuse('not-read-only', `${unsafe.name.toUpperCase()} is not allowed`);
    return { outcome: 'query', query };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return refuse(error.writes ? 'not-read-only' : 'parse-error', `${error.problem} at position ${error.position}`);
  }
}

// DuckDB reads a file where no table has that name.
function fileOf(query: Query): string | undefined {
  const files: string[] = [];
  walk(query, (node) => {
    if (node.kind !== 'table' || node.name.length > 1) return;
    if (/[/\\*]|\.\w+$/.test(node.name[0]!)) files.push(node.name[0]!);
  });
  return files[0];
}

function refuse(reason: 'parse-error' | 'not-read-only', message: string): Guarded {
  return { outcome: 'refused', reason, message };
}

function writes(tokens: Token[]): string | null {
  const first = tokens[0]!;
  if (first.kind === 'word' && statements.has(first.value)) return `${first.value} is not a query`;
  // A word before it may make a name of FOR: `SELECT FOR UPDATE` has no columns, and locks.
  if (tokens.some((token, i) => isWord(token, 'FOR') && isWord(tokens[i + 1], 'UPDATE')))
    return 'FOR UPDATE locks rows';
  const end = tokens.findIndex((token) => token.kind === 'operator' && token.text === ';');
  const more = end >= 0 && tokens.slice(end).some((token) => token.text !== ';' && token.kind !== 'end');
  return more ? 'more than one statement' : null;
}

const isWord = (token: Token | undefined, word: string): boolean => token?.kind === 'word' && token.value === word;
