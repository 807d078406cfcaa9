import type { ColumnType, DatabaseSchema, Table } from '../database.js';
import type { Expr, FromItem, Query } from '../sql/ast.js';
import { humanise, plural, singular } from './words.js';
import { Unreadable } from './voice.js';

/** What a name in FROM stands for, and the words for one of it and for many. */
export interface Entity {
  alias: string;
  one: string;
  many: string;
  kind: 'table' | 'result' | 'element';
  table: Table | null;
  /** Of a result (CTE or subquery): what its columns mean. */
  columns: Map<string, ResultColumn>;
}

export interface ResultColumn {
  phrase: string;
  type: ColumnType;
}

/** The names visible to one SELECT, and those of the SELECT around it. */
export interface Scope {
  entities: Entity[];
  outer: Scope | null;
  /** Aliases of the SELECT list: they read as what they stand for. */
  aliases: Map<string, Expr>;
  /** What one counts when one counts the rows, many of them: `orders`. */
  rows: string;
}

export interface Found {
  entity: Entity;
  /** Whether the entity belongs to the SELECT around the one where the name stands. */
  outer: boolean;
  /** Whether the reader must hear which entity a column is of. */
  qualify: boolean;
}

/** Finds what a column reference means; null where it names no column of the scope. */
export function findColumn(name: string, qualifier: string | null, scope: Scope): Found | null {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const entity = at.entities.find((e) =>
      qualifier === null ? hasColumn(e, name) : e.alias.toLowerCase() === qualifier.toLowerCase(),
    );
    if (entity !== undefined) {
      const qualify = at !== scope || at.entities.filter((e) => e.kind === 'table').length > 1;
      return { entity, outer: at !== scope, qualify };
    }
  }
  return null;
}

function hasColumn(entity: Entity, name: string): boolean {
  const lower = name.toLowerCase();
  if (entity.kind === 'element' && entity.alias.toLowerCase() === lower) return true;
  return (
    [...entity.columns.keys()].some((c) => c.toLowerCase() === lower) ||
    (entity.table?.columns.some((c) => c.name.toLowerCase() === lower) ?? false)
  );
}

/** The type of a column of an entity. */
export function columnType(entity: Entity, name: string): ColumnType {
  const lower = name.toLowerCase();
  const result = [...entity.columns].find(([c]) => c.toLowerCase() === lower)?.[1];
  return result?.type ?? entity.table?.columns.find((c) => c.name.toLowerCase() === lower)?.type ?? 'other';
}

/** The entity of a table in FROM. Two uses of one table are told apart by the foreign key that leads from one to the other. */
export function tableEntity(item: Extract<FromItem, { kind: 'table' }>, schema: DatabaseSchema): Entity {
  const name = item.name[item.name.length - 1]!;
  const table = schema.tables.find((t) => t.name.toLowerCase() === name.toLowerCase());
  if (table === undefined) throw new Unreadable(`table ${name}`);
  const words = humanise(table.name);
  return {
    alias: item.alias ?? name,
    one: singular(words),
    many: plural(words),
    kind: 'table',
    table,
    columns: new Map(),
  };
}

/** All table-like items of FROM, left to right, and the joins between them. */
export function flattenFrom(from: FromItem | null): {
  items: Exclude<FromItem, { kind: 'join' }>[];
  joins: Extract<FromItem, { kind: 'join' }>[];
} {
  if (from === null) return { items: [], joins: [] };
  if (from.kind !== 'join') return { items: [from], joins: [] };
  const left = flattenFrom(from.left);
  const right = flattenFrom(from.right);
  return { items: [...left.items, ...right.items], joins: [...left.joins, from, ...right.joins] };
}

/** The SELECT whose items are a query's columns. */
export function outputSelect(query: Query) {
  let body = query.body;
  for (;;) {
    if (body.kind === 'select') return body;
    if (body.kind === 'nested') body = body.query.body;
    else if (body.kind === 'set') body = body.left;
    else return null;
  }
}
