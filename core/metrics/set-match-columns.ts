import type { DatabaseSchema } from '../database.js';
import type { Expr, FromItem } from '../sql/ast.js';
import { sources } from '../sql/walk.js';

type ColumnExpr = Expr & { kind: 'column' };

/** A column under the name of its table, or a value where SQLite reads a name in double quotes as one. */
export type NamesColumns = (column: ColumnExpr) => Expr;

/**
 * Names the columns of a SELECT by their tables instead of aliases, all in lower case; with a schema those without a table as well, by the
 * first source that has one of the name, as Spider does. Columns that foreign keys tie together have one name where `tied` says so of their table.
 */
export function nameColumns(
  from: FromItem | null,
  schema: DatabaseSchema | undefined,
  tied: (table: string) => boolean,
): NamesColumns {
  const tables = sources(from).flatMap((source) => (source.kind === 'table' ? [source] : []));
  const byAlias = new Map(
    tables.map(({ name, alias }) => [(alias ?? name.at(-1)!).toLowerCase(), name.at(-1)!.toLowerCase()]),
  );
  const canonical = schema ? foreignKeyNames(schema) : new Map<string, string>();
  const owner = (column: string): string | null => {
    const found = [...byAlias.values()].find((table) => hasColumn(schema, table, column));
    return found ?? (!schema && byAlias.size === 1 ? [...byAlias.values()][0]! : null);
  };
  return ({ table, name, quoted }) => {
    const column = name.toLowerCase();
    const of = table === null ? owner(column) : (byAlias.get(table.toLowerCase()) ?? table.toLowerCase());
    if (quoted && table === null && (!schema || of === null)) return { kind: 'string', value: name, prefix: '' };
    const full = of === null ? column : `${of}.${column}`;
    const [first, ...rest] = ((of !== null && tied(of) ? canonical.get(full) : undefined) ?? full).split('.');
    return rest.length === 0
      ? { kind: 'column', table: null, name: first! }
      : { kind: 'column', table: first!, name: rest.join('.') };
  };
}

function hasColumn(schema: DatabaseSchema | undefined, table: string, column: string): boolean {
  const found = schema?.tables.find(({ name }) => name.toLowerCase() === table);
  return found !== undefined && found.columns.some(({ name }) => name.toLowerCase() === column);
}

/** For each column that a foreign key has or names, one of all that it is tied to. */
function foreignKeyNames({ foreignKeys }: DatabaseSchema): Map<string, string> {
  const names = new Map<string, string>();
  for (const { table, column, referencesTable, referencesColumn } of foreignKeys) {
    const ends = [`${table}.${column}`, `${referencesTable}.${referencesColumn}`].map((name) => name.toLowerCase());
    const [left, right] = ends.map((name) => names.get(name) ?? name);
    for (const name of ends) names.set(name, left!);
    for (const [name, group] of names) if (group === right) names.set(name, left!);
  }
  return names;
}
