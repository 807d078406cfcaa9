import type { DatabaseSchema, Table } from '../database.js';
import type { Query } from '../sql/ast.js';
import { isFromItem, walk, type SqlNode } from '../sql/walk.js';
import { closestNames } from './edit-distance.js';

/** A name of a statement that the database does not have, and those it may have meant. */
export interface UnknownName {
  kind: 'table' | 'column';
  name: string;
  /** Tables, or columns with their tables: `orders.total`. */
  closest: string[];
  /** Of a column: the tables that the statement reads it from. */
  tables: string[];
}

/** Columns that tables have without saying so. */
const hiddenColumns = /^(_.*|rowid|oid|ctid|xmin|xmax|tableoid|cmin|cmax)$/;

/** Nodes whose `name` is a use of a name, not its making. */
const uses = new Set(['column', 'call', 'field', 'table', 'table-argument']);

/**
 * The first table or column of a statement that neither the schema has nor the statement itself makes; null where all are known.
 * It errs on the side of knowing: what may be a field, an alias or a function's output is left to the engine.
 */
export function unknownName(query: Query, schema: DatabaseSchema): UnknownName | null {
  const tables = new Map(schema.tables.map((table) => [table.name.toLowerCase(), table]));
  const made = namesMade(query);
  const sources = new Map<string, (Table | null)[]>();
  const addSource = (name: string, table: Table | null): void => {
    sources.set(name.toLowerCase(), [...(sources.get(name.toLowerCase()) ?? []), table]);
  };
  let unknown: UnknownName | null = null;
  let opaque = false;
  walk(query, (node) => {
    if (!isFromItem(node) || node.kind === 'join') return;
    if (node.kind !== 'table') {
      // What a function, a pivot and their like put out is theirs to say.
      if (node.kind !== 'subquery') opaque = true;
      else if (node.alias) addSource(node.alias, null);
      return;
    }
    const last = node.name.at(-1)!.toLowerCase();
    const table = tables.get(last);
    const path =
      node.name.length > 1 && (made.has(node.name[0]!.toLowerCase()) || tables.has(node.name[0]!.toLowerCase()));
    if (!table && !path && !made.has(last)) {
      const name = node.name.join('.');
      const closest = closestNames(
        last,
        schema.tables.map((known) => known.name),
      );
      unknown ??= { kind: 'table', name, closest, tables: [] };
    }
    if (!table) opaque ||= path;
    const shape = table && !node.columns?.length && !(node.name.length === 1 && made.has(last)) ? table : null;
    addSource(node.alias ?? last, shape);
  });
  if (unknown) return unknown;
  const used = [...sources.values()].flat().flatMap((table) => table ?? []);
  const ownColumns = new Set(used.flatMap(({ columns }) => columns.map(({ name }) => name.toLowerCase())));
  const anyColumn = new Set(
    schema.tables
      .flatMap(({ columns }) =>
        columns.flatMap(({ name, fields = [] }) => [name, ...fields.map((field) => field.name)]),
      )
      .map((name) => name.toLowerCase()),
  );
  walk(query, (node) => {
    if (unknown || node.kind !== 'column' || node.quoted) return;
    const name = node.name.toLowerCase();
    if (hiddenColumns.test(name)) return;
    if (node.table === null) {
      if (opaque || ownColumns.has(name) || made.has(name) || sources.has(name)) return;
      unknown = unknownColumn(node.name, node.name, used, schema);
      return;
    }
    const owners = sources.get(node.table.toLowerCase());
    if (!owners) {
      if (opaque || made.has(node.table.toLowerCase()) || anyColumn.has(node.table.toLowerCase())) return;
      unknown = { kind: 'table', name: node.table, closest: closestNames(node.table, [...sources.keys()]), tables: [] };
    } else if (owners.every((table) => table !== null && !hasColumn(table, name))) {
      const read = owners.flatMap((table) => table ?? []);
      unknown = unknownColumn(`${node.table}.${node.name}`, node.name, read, schema);
    }
  });
  return unknown;
}

const hasColumn = ({ columns }: Table, name: string): boolean =>
  columns.some((column) => column.name.toLowerCase() === name);

function unknownColumn(name: string, bare: string, read: Table[], schema: DatabaseSchema): UnknownName {
  const nearest = (tables: Table[]): string[] =>
    tables.flatMap((table) => {
      const names = table.columns.map((column) => column.name);
      return closestNames(bare, names, 2).map((column) => `${table.name}.${column}`);
    });
  const elsewhere = schema.tables.filter((table) => !read.includes(table) && hasColumn(table, bare.toLowerCase()));
  const closest = [...new Set([...nearest(read), ...nearest(elsewhere)])].slice(0, 4);
  return { kind: 'column', name, closest, tables: [...new Set(read.map((table) => table.name))] };
}

/** Every name that the statement itself makes: of CTEs, aliases, outputs, parameters and windows; lower case. */
function namesMade(query: Query): Set<string> {
  const made = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') made.add(value.toLowerCase());
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const isUse = uses.has((value as Partial<SqlNode>).kind ?? '');
    for (const [key, below] of Object.entries(value)) {
      if (['alias', 'offset', 'as', 'mark', 'path', 'to'].includes(key) || (key === 'name' && !isUse)) add(below);
      if (['columns', 'variables', 'parameters', 'values', 'aliases'].includes(key) && Array.isArray(below))
        below.forEach(add);
      visit(below);
    }
  };
  visit(query);
  return made;
}
