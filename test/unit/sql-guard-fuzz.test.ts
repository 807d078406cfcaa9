import sqlite3InitModule, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DialectManifest } from '../../core/dialect.js';
import { guard } from '../../core/sql/guard.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const reads = [
  'SELECT a FROM t',
  'SELECT count(*) FROM t WHERE a > 1 GROUP BY b',
  'SELECT replace(b, 1, 2) AS "update" FROM t',
  "SELECT 'x; DELETE FROM t' FROM t",
  'SELECT a FROM t ORDER BY a DESC LIMIT 1',
  'VALUES (1, 2)',
  'WITH c AS (SELECT a FROM t) SELECT * FROM c',
];
const writes = [
  'DELETE FROM t',
  'DELETE FROM t RETURNING a',
  'INSERT INTO t VALUES (9, 9)',
  'UPDATE t SET a = 0',
  'REPLACE INTO t VALUES (1, 1)',
  'DROP TABLE t',
  'CREATE TABLE u (a)',
  'CREATE TABLE u AS SELECT a FROM t',
  'ALTER TABLE t ADD COLUMN z',
  'PRAGMA user_version = 7',
  'VACUUM',
  'REINDEX t',
  'ANALYZE',
  "ATTACH 'x' AS y",
  'MERGE INTO t USING t AS s ON true WHEN MATCHED THEN DELETE',
  'TRUNCATE TABLE t',
  "COPY t TO PROGRAM 'x'",
  'DO $$ BEGIN END $$',
  'SET x = 1',
  'SELECT a INTO u FROM t',
  'SELECT a FROM t FOR UPDATE',
  "SELECT pg_read_file('x')",
  'SELECT pg_sleep(60)',
  "SELECT load_extension('x')",
];
/** What a part may be put into; `#` is the part, `@` a query. */
const frames = [
  ...['#', '#', '# ;', '; #', '(#)', '# ; @', '@ ; #', '@ ;; #', '# UNION ALL @', '@ UNION #', '@ EXCEPT (#)'],
  ...['WITH c AS (#) @', 'WITH c AS (#) SELECT * FROM c', 'WITH c AS MATERIALIZED (#) TABLE c', 'WITH c AS (@) #'],
  ...['SELECT * FROM (#) AS s', 'SELECT (#)', 'SELECT EXISTS (#) FROM t', 'SELECT a FROM t WHERE a IN (#)'],
  ...[
    'EXPLAIN #',
    'EXPLAIN QUERY PLAN #',
    'EXPLAIN ANALYZE #',
    'PREPARE p AS #',
    'CREATE VIEW v AS #',
    '# RETURNING a',
  ],
  // Places where one reader sees a comment, a text or a name, and another one code.
  ...['SELECT 1 -- #', '@ -- \n ; #', '@ --\r ; #', '/* # */ @', '@ /* */ ; # /* */', '@ /* /* */ ; # */', '/*/ */ #'],
  ...["SELECT '#'", "SELECT '\\' ; # --'", "SELECT 'a\\'' ; # --'", "SELECT E'\\'' ; # --'", "SELECT '' ; # --'"],
  ...["SELECT E'a'\n'b\\'' ; # --'", 'SELECT $$ # $$', 'SELECT $a$ $$ $a$ ; #', 'SELECT x$a$ ; # ; y$a$', 'SELECT "#"'],
  ...['SELECT "a""" ; #', 'SELECT `a` ; # `', 'SELECT [a] ; # ]', "SELECT r'\\' ; # --'", 'SELECT """ ; # """', '# ;#'],
];
const separators = [
  ' ',
  ' ',
  ' ',
  '\n',
  '\t',
  '\r\n',
  '\f',
  '/**/',
  '/* ; */',
  "/* ' */",
  '--\n',
  "-- '\n",
  '\u00a0',
  ' ; ',
];

const read = fc.constantFrom(...reads);
const part = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...writes) }, { weight: 1, arbitrary: read });
const framed = fc
  .tuple(part, fc.array(fc.tuple(fc.constantFrom(...frames), read), { maxLength: 3 }))
  .map(([inner, around]) =>
    around.reduce((sql, [frame, other]) => frame.replace('#', () => sql).replace('@', () => other), inner),
  );
/** Statements with other separators in places, other cases, and now and then a piece too few. */
const statements = fc
  .tuple(
    framed,
    fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...separators)), { maxLength: 6 }),
    fc.nat(40),
    fc.nat(3),
  )
  .map(([sql, changes, dropped, cased]) => {
    const pieces = sql.split(' ');
    const gaps = pieces.map(() => ' ');
    for (const [at, separator] of changes) gaps[at % gaps.length] = separator;
    const text = pieces.map((piece, i) => (i === dropped ? '' : piece) + gaps[i]).join('');
    return [text, text, text.toLowerCase(), text.replace(/[a-z]/gi, (c, i: number) => (i % 2 ? c.toUpperCase() : c))][
      cased
    ]!;
  });

const closing: Record<string, string> = { "'": "'", '"': '"', '`': '`', '[': ']' };

/** The words and marks outside of texts, quoted names and comments, by a reader that shares no code with the product's. */
function codeOf(text: string, { lexer, name }: DialectManifest): string[] {
  const found: string[] = [];
  // To PostgreSQL a space beyond ASCII is a letter; to GoogleSQL it is a space, and SQLite takes it for an error.
  const sql = name === 'postgres' ? text : text.replaceAll('\u00a0', ' ');
  for (let at = 0; at < sql.length;) {
    const rest = sql.slice(at);
    const comment = name === 'postgres' ? /^--[^\r\n]*/.exec(rest) : /^--[^\n]*/.exec(rest);
    const dollar = lexer.dollarQuotes ? /^\$([a-z_]\w*)?\$/i.exec(rest) : null;
    const word = /^[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/i.exec(rest);
    const escapes = lexer.backslashEscapes || (lexer.dollarQuotes && /^e'/i.test(rest));
    if (comment || (lexer.hashComments && rest[0] === '#')) at += (comment ?? /^#[^\n]*/.exec(rest)!)[0].length;
    else if (rest.startsWith('/*')) at += blockLength(rest, lexer.nestedComments);
    else if (dollar) at += endOf(rest.indexOf(dollar[0], dollar[0].length), dollar[0].length);
    else if (word && !(/^(?:e|r|b|rb|br|x|n)$/i.test(word[0]) && /['"]/.test(rest[word[0].length] ?? ''))) {
      found.push(word[0].toUpperCase());
      at += word[0].length;
    } else if (word || isQuote(rest[0]!, lexer))
      at += (word?.[0].length ?? 0) + quotedLength(rest.slice(word?.[0].length ?? 0), escapes);
    else {
      if (/[();]/.test(rest[0]!)) found.push(rest[0]!);
      at += 1;
    }
  }
  return found;
}

const isQuote = (mark: string, lexer: DialectManifest['lexer']): boolean =>
  ([...lexer.identifierQuotes, ...lexer.stringQuotes] as string[]).includes(mark);
const endOf = (index: number, length: number): number => (index < 0 ? Infinity : index + length);

function blockLength(text: string, nests: boolean): number {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/\/\*|\*\//g)) {
    if (mark === '*/' && index > 1) depth -= 1;
    else if (mark === '/*' && (nests || depth === 0)) depth += 1;
    if (depth === 0) return index + 2;
  }
  return Infinity;
}

function quotedLength(text: string, escapes: boolean): number {
  const open = text[0]!;
  const mark = escapes && text.startsWith(open.repeat(3)) ? open.repeat(3) : closing[open]!;
  for (let at = mark.length; at < text.length; at += 1) {
    if (escapes && text[at] === '\\') at += 1;
    else if (text.startsWith(mark, at)) {
      if (mark.length > 1 || escapes || open === '[' || text[at + 1] !== open) return at + mark.length;
      at += 1;
    }
  }
  return Infinity;
}

const starts = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE', 'FROM']);
const changing =
  /^(?:INSERT|UPDATE|DELETE|MERGE|DROP|CREATE|ALTER|TRUNCATE|PRAGMA|VACUUM|REINDEX|ATTACH|COPY|DO|SET|EXPLAIN|PREPARE|ANALYZE)$/;

/** Whether code is one query: one start, nothing after its semicolon, no other statement where one could begin, no INTO, no lock. */
function isOneQuery(code: string[]): boolean {
  const end = code.indexOf(';');
  const body = end < 0 ? code : code.slice(0, end);
  const rest = end < 0 ? [] : code.slice(end);
  const begins = (i: number): boolean => i === 0 || body[i - 1] === '(' || body[i - 1] === ')';
  return (
    starts.has(body.find((word) => word !== '(') ?? '') &&
    rest.every((mark) => mark === ';') &&
    !body.some((word, i) => begins(i) && changing.test(word) && /^\w/.test(body[i + 1] ?? '')) &&
    !body.includes('INTO') &&
    !body.some((word, i) => word === 'FOR' && body[i + 1] === 'UPDATE') &&
    !body.some((word, i) => /^(?:PG_READ_FILE|PG_SLEEP|LOAD_EXTENSION)$/.test(word) && body[i + 1] === '(')
  );
}

describe.each([sqlite, postgres, bigquery])('what the guard lets pass in $name', (manifest) => {
  it('is one query to a reader that shares no code with it', () => {
    let passed = 0;
    fc.assert(
      fc.property(statements, (sql) => {
        if (guard(sql, manifest).outcome !== 'query') return;
        passed += 1;
        expect(isOneQuery(codeOf(sql, manifest)), sql).toBe(true);
      }),
      { numRuns: 6000, seed: 7 },
    );
    expect(passed).toBeGreaterThan(300);
  });
});

describe('what the guard lets pass in sqlite', () => {
  let sqlite3: Sqlite3Static;
  beforeAll(async () => {
    sqlite3 = await sqlite3InitModule();
  });

  it('leaves the bytes of a database that nothing else protects as they were', () => {
    const database = new sqlite3.oo1.DB(':memory:', 'c');
    database.exec("CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, NULL)");
    const bytes = (): Buffer => Buffer.from(sqlite3.capi.sqlite3_js_db_export(database.pointer!));
    const before = bytes();
    let ran = 0;
    fc.assert(
      fc.property(statements, (sql) => {
        if (guard(sql, sqlite).outcome !== 'query') return;
        try {
          // All statements of the text, should it hold more than one.
          database.exec(sql);
          ran += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(sqlite3.SQLite3Error);
        }
        expect(bytes().equals(before), sql).toBe(true);
      }),
      { numRuns: 6000, seed: 7 },
    );
    expect(ran).toBeGreaterThan(300);
    database.close();
  });
});
