import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { grammarOf } from '../sql/grammar.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import { print } from '../sql/printer.js';
import { rewrite } from '../sql/walk.js';

/**
 * Whether two statements are the same text but for what carries no meaning: spaces, case of keywords and unquoted names, needless
 * parentheses and quotes, `!=` for `<>`, a missing AS. Values count (Spider's own exact match leaves them out). What does not parse is
 * compared by its text without needless spaces.
 */
export function exactMatch(gold: string, predicted: string, manifest: DialectManifest): boolean {
  return canonicalText(gold, manifest) === canonicalText(predicted, manifest);
}

/** The text by which exact match compares, of a statement or of its tree. */
export function canonicalText(statement: string | Query, manifest: DialectManifest): string {
  if (typeof statement !== 'string') return print(foldNames(statement, manifest), manifest);
  try {
    return print(foldNames(parse(statement, manifest), manifest), manifest);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return statement.trim().replace(/;\s*$/, '').replace(/\s+/g, ' ');
  }
}

// PostgreSQL's parser has folded already, and what it quoted must stay. SQLite and DuckDB compare names without case, BigQuery and
// MariaDB those of columns and aliases.
function foldNames(query: Query, manifest: DialectManifest): Query {
  const grammar = grammarOf(manifest);
  if (grammar === 'postgres') return query;
  const fold = (name: string | null) => (name === null ? null : name.toLowerCase());
  return rewrite(query, (node) => {
    if (node.kind === 'column') return { ...node, table: fold(node.table), name: node.name.toLowerCase() };
    if (node.kind === 'select')
      return { ...node, items: node.items.map((item) => ({ ...item, alias: fold(item.alias) })) };
    if (node.kind !== 'table') return node;
    return {
      ...node,
      name: grammar === 'sqlite' || grammar === 'duckdb' ? node.name.map((part) => part.toLowerCase()) : node.name,
      alias: fold(node.alias),
    };
  });
}
