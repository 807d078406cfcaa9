import { NotLinked } from './encode-literal.js';
import type { Links } from './links.js';
import { sentinel } from './sentinels.js';

/** How a column that a query or a source gives is referred to from outside. */
export type Output =
  /** A column of the schema handed on under its own name. */
  | { kind: 'column'; index: number }
  | { kind: 'field'; index: number }
  /** What a table-valued function calls its column: `value`, `key`. */
  | { kind: 'literal'; name: string }
  /** A column that the statement names itself; `need` makes it keep the name. */
  | { kind: 'named'; id: number; need: () => void };

export type Outputs = (name: string) => Output | null;

/** Something a FROM clause brings in. */
export interface Source {
  id: number;
  /** The name that the given statement uses for it, lower case. */
  label: string | null;
  /** Number of the linked table, where it is one. */
  table: number | null;
  outputs: Outputs | null;
  /** What `label` becomes where the source keeps no alias of its own; null: nothing, columns stand bare. */
  base: string | null;
  /** It must keep an alias: the same table stands beside it or hides it. */
  aliased: boolean;
  /** The outputs of which definition it gives, to see that one CTE is joined with itself. */
  origin: object;
}

export interface Scope {
  sources: Source[];
  aliases: Map<string, Output>;
  parent: Scope | null;
}

export interface Found {
  source: Source;
  output: Output;
}

export const newScope = (parent: Scope | null): Scope => ({ sources: [], aliases: new Map(), parent });

/** Adds a source; the same table or CTE twice in one FROM clause makes both keep aliases. */
export function addSource(scope: Scope, source: Source): void {
  for (const other of scope.sources) {
    if (other.origin === source.origin) other.aliased = source.aliased = true;
  }
  scope.sources.push(source);
}

/** The innermost source that a qualifier names. Where an inner source of the same table hides it, it must keep its alias. */
export function findSource(scope: Scope, label: string): Source | null {
  const passed: Source[] = [];
  for (let at: Scope | null = scope; at; at = at.parent) {
    const source = at.sources.find((candidate) => candidate.label === label);
    if (source) {
      if (passed.some((inner) => inner.origin === source.origin)) source.aliased = true;
      return source;
    }
    passed.push(...at.sources);
  }
  return null;
}

/** The innermost column of that name. */
export function findColumn(scope: Scope, name: string, links: Links): Found | null {
  const passed: Source[] = [];
  for (let at: Scope | null = scope; at; at = at.parent) {
    for (const source of at.sources) {
      const output = columnOf(source, name, links);
      if (!output) continue;
      if (passed.some((inner) => inner.origin === source.origin)) source.aliased = true;
      return { source, output };
    }
    passed.push(...at.sources);
  }
  return null;
}

/** A source's column; null where it has none of that name, an error where its table has it but the prompt does not. */
export function columnOf(source: Source, name: string, links: Links): Output | null {
  if (source.table === null) return source.outputs?.(name) ?? null;
  const table = links.tables[source.table]!;
  if (!table.columnNames.includes(name)) return null;
  const index = links.columns.findIndex(
    (column) => column.table === source.table && column.name.toLowerCase() === name,
  );
  if (index < 0) throw new NotLinked(`the column ${table.name}.${name}`);
  return { kind: 'column', index };
}

/** What stands before the dot for a column of this source; null for nothing. Valid once the whole statement is read. */
export function qualifierOf(source: Source, output: Output): string | null {
  if (source.aliased) return sentinel('q', source.id);
  if (source.table !== null || output.kind === 'named') return null;
  return source.base;
}

export function outputName(output: Output): string {
  if (output.kind === 'column') return sentinel('c', output.index);
  if (output.kind === 'field') return sentinel('f', output.index);
  if (output.kind === 'literal') return output.name;
  return sentinel('a', output.id);
}
