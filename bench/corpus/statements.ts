import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DialectManifest } from '../../core/dialect.js';
import { dialects } from '../../dialects/registry.js';

export interface Statement {
  sql: string;
  /** Of Spider: which of its databases it asks. */
  database?: string;
  /** Part of the language that it uses although the dialect does not have it. */
  beyond?: string;
}

/** Statements to read, and what of the source is no query, by reason. */
export interface Corpus {
  name: string;
  dialect: DialectManifest;
  statements: Statement[];
  leftOut: Record<string, number>;
}

/** Where the public data sets lie, beside the checkout. */
export const publicData = '../shared/data';

/** Every corpus whose files are there. */
export function corpora(data = publicData): Corpus[] {
  return [
    gold('Spider train', `${data}/spider/train_gold.public.sql`),
    gold('BIRD train', `${data}/bird_mini_dev/bird_train_gold.sql`),
    googlesql(`${data}/googlesql_compliance`),
    ...Object.keys(dialects).map(guideExamples),
  ].filter((corpus) => corpus !== null);
}

/** One statement a line, then a tab and the database's name. */
export function gold(name: string, path: string): Corpus | null {
  if (!existsSync(path)) return null;
  const statements = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'))
    .map(([sql, database]) => ({ sql: sql!, ...(database && { database: database.trim() }) }));
  return { name, dialect: dialects['sqlite']!.manifest, statements, leftOut: {} };
}

/** The examples of a dialect's guides. */
export function guideExamples(name: string): Corpus {
  const folder = `dialects/${name}/guides`;
  const statements = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)])
    .map((match) => ({ sql: match[1]! }));
  return { name: `${name} guides`, dialect: dialects[name]!.manifest, statements, leftOut: {} };
}

/**
 * The queries of GoogleSQL's compliance tests. A test is `[options]`, the statement, `--` and the expected result. What is no query (it
 * defines, writes or scripts), and what GoogleSQL itself calls a syntax error, is left out and counted. Queries of those parts of
 * GoogleSQL that BigQuery does not have are there, with the part.
 */
export function googlesql(folder: string): Corpus | null {
  if (!existsSync(folder)) return null;
  const leftOut: Record<string, number> = {};
  const statements: Statement[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test'))) {
    for (const test of readFileSync(`${folder}/${file}`, 'utf8').split(/^==[ \t]*$/m)) {
      const [written = '', expected = ''] = test.split(/^--[ \t]*$/m);
      const sql = written.replace(/^(?:\s*(?:\[[^\]]*\]|#.*))+/, '').trim();
      const reason = noQuery(sql, expected);
      if (reason === null) statements.push(placed(sql));
      else leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    }
  }
  return { name: 'GoogleSQL compliance', dialect: dialects['bigquery']!.manifest, statements, leftOut };
}

function noQuery(sql: string, expected: string): string | null {
  if (sql === '') return 'empty';
  const first = /^(?:@\{[^}]*\}\s*)?(?:\(|(\w+))/.exec(sql);
  const word = first === null ? '' : (first[1]?.toUpperCase() ?? '(');
  if (!['(', 'SELECT', 'WITH', 'FROM', 'TABLE'].includes(word))
    return /^\w/.test(sql) ? `statement ${word}` : 'fragment';
  return /^ERROR: .*Syntax error/im.test(expected) ? 'syntax error' : null;
}

// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax has none of these.
const beyond: [string, RegExp][] = [
  ['protocol buffers', /googlesql_test|google\.protobuf/i],
  ['property graphs', /\bGRAPH_TABLE\b/i],
  ['GROUP ROWS', /\bAS\s+GROUP\s+ROWS\b/i],
  ['pipe operators', /\|>\s*(?:RECURSIVE|TEE|FORK|IF|DESCRIBE|STATIC_DESCRIBE)\b/i],
  ['anonymization', /\bWITH\s+ANONYMIZATION\b|\bANON_\w+\s*\(/i],
];

function placed(sql: string): Statement {
  const part = beyond.find(([, pattern]) => pattern.test(sql))?.[0];
  return part === undefined ? { sql } : { sql, beyond: part };
}
