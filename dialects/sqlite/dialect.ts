import type { DialectManifest } from '../../core/dialect.js';
import { words } from '../words.js';

/** SQLite, as the WebAssembly build of its own authors runs it. */
export const sqlite: DialectManifest = {
  name: 'sqlite',
  title: 'SQLite',
  engine: 'SQLite 3.54 (@sqlite.org/sqlite-wasm)',
  lexer: {
    identifierQuotes: ['"', '`', '['],
    stringQuotes: ["'"],
    backslashEscapes: false,
    dollarQuotes: false,
    hashComments: false,
    nestedComments: false,
    stringPrefixes: ['x'],
  },
  printer: {
    folding: 'none',
    // Keywords without the parser's fallback to a name, found by trying each of sqlite3_keyword_name() as a name.
    reserved: words(`
      ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CAST CHECK COLLATE COMMIT CONSTRAINT CREATE CROSS CURRENT_DATE
      CURRENT_TIME CURRENT_TIMESTAMP DEFAULT DEFERRABLE DELETE DISTINCT DROP ELSE ESCAPE EXCEPT EXISTS FOREIGN FROM FULL
      GLOB GROUP HAVING IF IN INDEX INDEXED INNER INSERT INTERSECT INTO IS ISNULL JOIN LEFT LIKE LIMIT MATCH NATURAL NOT
      NOTHING NOTNULL NULL ON OR ORDER OUTER PRIMARY RAISE REFERENCES REGEXP RETURNING RIGHT SELECT SET TABLE THEN TO
      TRANSACTION UNION UNIQUE UPDATE USING VALUES WHEN WHERE`),
    setOperationDistinct: '',
  },
  distinctiveKeywords: words(`
    GLOB REGEXP ISNULL NOTNULL STRFTIME JULIANDAY UNIXEPOCH DATETIME TIMEDIFF IFNULL IIF INSTR SUBSTR PRINTF TYPEOF TOTAL
    GROUP_CONCAT JSON_EXTRACT JSON_EACH JSON_TREE JSON_GROUP_ARRAY JSON_GROUP_OBJECT JSON_ARRAY_LENGTH JSON_TYPE JSON_PATCH
    -> ->> HEX QUOTE UNICODE ROWID COLLATE NOCASE`),
  // Extensions that the build leaves out, and functions that reach the file system or load code.
  unverifiable: words(`
    LOAD_EXTENSION READFILE WRITEFILE FTS3_TOKENIZER REGEXP GENERATE_SERIES SOUNDEX ATTACH DETACH PRAGMA VACUUM RANDOM
    RANDOMBLOB`),
  // Full-text search and R-trees answer on virtual tables of their own alone; what the connection wrote last, its version and build, and
  // its log tell of the session; LIKELY and its like change the planner's mind, not the result; ZEROBLOB makes room for a blob to be
  // written; SUBTYPE and UNKNOWN serve the shell and tests.
  outsideQueries: words(`
    FTS5* BM25 HIGHLIGHT SNIPPET MATCH RTREE* LAST_INSERT_ROWID CHANGES TOTAL_CHANGES SQLITE_* LIKELIHOOD LIKELY UNLIKELY
    ZEROBLOB SUBTYPE UNKNOWN`),
};
