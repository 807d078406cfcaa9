import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { tryParse } from '../evaluate/read-sql.js';
import type { Query } from '../sql/ast.js';
import { print } from '../sql/printer.js';
import { rewrite } from '../sql/walk.js';
import { insertValues } from './insert-values.js';
import { maskValues } from './mask-values.js';
import { maskedPrompt } from './masked-prompt.js';

/** The prompt of an encoder–decoder about a database: the question alone, or its tables and columns before it. */
export function buildMaskedPrompt(question: string, schema: DatabaseSchema | null): string {
  const tables = schema?.tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
  return maskedPrompt(question, tables ?? null);
}

/** A statement about a database without its values; null where it is no sequence of SQL's tokens. */
export function encodeMasked(sql: string, schema: DatabaseSchema, dialect: DialectManifest): string | null {
  // Elsewhere what stands in double quotes is a name, whether the schema has it or not.
  const names = dialect.name === 'sqlite' ? new Set(spellings(schema).keys()) : null;
  return maskValues(sql, dialect.lexer, names)?.text ?? null;
}

/**
 * A masked answer as a statement: the question's values put back, names spelled as the schema spells them, printed as the dialect prints.
 * What does not parse stays as the model wrote it, with values, so that whoever runs it sees what is wrong.
 *
 * @example
 * restoreMasked('select name from singer where age > value', 'Singers above 20?', schema, sqlite)
 * // SELECT Name FROM singer WHERE Age > 20
 */
export function restoreMasked(
  masked: string,
  question: string,
  schema: DatabaseSchema,
  dialect: DialectManifest,
): string {
  if (masked.trim() === '') return '';
  const sql = insertValues(masked, question, schema);
  const query = tryParse(sql, dialect);
  return query ? print(spelledAs(schema, query), dialect) : sql;
}

function spelledAs(schema: DatabaseSchema, query: Query): Query {
  const known = spellings(schema);
  const spelled = (name: string): string => known.get(name.toLowerCase()) ?? name;
  return rewrite(query, (node) => {
    if (node.kind === 'column') return { ...node, table: node.table && spelled(node.table), name: spelled(node.name) };
    if (node.kind === 'star') return { ...node, table: node.table && spelled(node.table) };
    return node.kind === 'table' ? { ...node, name: node.name.map(spelled) } : node;
  });
}

/** Every name of a schema by its lower-case form; one that is spelled in several ways keeps that form, which means all of them. */
function spellings({ tables }: DatabaseSchema): Map<string, string> {
  const known = new Map<string, string>();
  for (const name of tables.flatMap((table) => [table.name, ...table.columns.map((column) => column.name)])) {
    const lower = name.toLowerCase();
    known.set(lower, (known.get(lower) ?? name) === name ? name : lower);
  }
  return known;
}
