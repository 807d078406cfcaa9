import type { DatabaseSchema, Table } from '../database.js';
import type { Expr, FromItem, Query } from '../sql/ast.js';
import { columns, joins, queries, sources, walk } from '../sql/walk.js';

type ColumnNode = Expr & { kind: 'column' };

/** A name's words, as stems: `orderItems` → order, item. */
function stemsOf(name: string): string[] {
  const words =
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? [];
  return words.map(stem);
}

/** Tables that are more than a bridge between others, and columns that are more than a join's key, without words in the question. */
export function missingNames(question: string, query: Query, schema: DatabaseSchema): string[] {
  const spoken = new Set(
    question
      .trim()
      .split(' ')
      .flatMap((word) => [stem(word), ...word.split(/[-.:]/).map(stem)]),
  );
  const knows = (name: string) => stemsOf(name).every((part) => spoken.has(part));
  const tables = new Map(schema.tables.map((table) => [table.name.toLowerCase(), table]));
  const missing: string[] = [];
  const matched = membershipColumns(query);
  for (const each of queries(query)) {
    if (each.body.kind !== 'select') continue;
    const used = usedTables(each.body.from, tables);
    const keys = joinKeys(each);
    const mine = columns(each, { own: true });
    for (const column of mine) {
      const owner = ownerOf(column, used);
      if (owner === null || keys.has(keyOf(column)) || matched.has(column)) continue;
      const partsBesideTable = stemsOf(column.name).filter((part) => !stemsOf(owner.name).includes(part));
      const found =
        knows(column.name) ||
        (partsBesideTable.length > 0 && partsBesideTable.every((part) => spoken.has(part)) && knows(owner.name));
      const key = owner.columns.find((known) => sameName(known.name, column.name))?.primaryKey === true;
      if (!found && !(key && knows(owner.name)) && !comparedWithText(column, each))
        missing.push(`column ${column.name}`);
    }
    for (const { table } of used) {
      const own = mine.filter(
        (column) => ownerOf(column, used) === table && !keys.has(keyOf(column)) && !matched.has(column),
      );
      const bridge = used.length > 1 && own.length === 0;
      if (!bridge && !knows(table.name) && !own.some((column) => knows(column.name)))
        missing.push(`table ${table.name}`);
    }
  }
  return missing;
}

interface UsedTable {
  table: Table;
  alias: string;
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const keyOf = (column: ColumnNode) => `${column.table ?? ''}.${column.name}`.toLowerCase();

function usedTables(from: FromItem | null, tables: ReadonlyMap<string, Table>): UsedTable[] {
  return sources(from).flatMap((source) => {
    if (source.kind !== 'table') return [];
    const name = source.name.at(-1)!;
    const table = tables.get(name.toLowerCase());
    return table === undefined ? [] : [{ table, alias: source.alias ?? name }];
  });
}

function ownerOf(column: ColumnNode, used: readonly UsedTable[]): Table | null {
  const has = ({ table }: UsedTable) => table.columns.some((known) => sameName(known.name, column.name));
  const found = used.find((entry) =>
    column.table === null ? has(entry) : sameName(entry.alias, column.table) && has(entry),
  );
  return found?.table ?? null;
}

/** Columns that stand on both sides of an equality: what joins, and what correlates with the query around. */
function joinKeys(query: Query): Set<string> {
  const keys = new Set<string>();
  walk(query.body, (node) => {
    if (node.kind === 'query') return false;
    if (
      node.kind === 'binary' &&
      node.operator === '=' &&
      node.left.kind === 'column' &&
      node.right.kind === 'column'
    ) {
      keys.add(keyOf(node.left)).add(keyOf(node.right));
    }
    if (node.kind === 'in' && node.query !== null && node.operand.kind === 'column') keys.add(keyOf(node.operand));
    return true;
  });
  if (query.body.kind === 'select')
    joins(query.body.from).forEach((join) => join.using.forEach((name) => keys.add(`.${name}`.toLowerCase())));
  return keys;
}

/** The outputs of queries that IN looks into: they link the two queries as a key would. */
function membershipColumns(query: Query): Set<Expr> {
  const found = new Set<Expr>();
  walk(query, (node) => {
    if (node.kind !== 'in' || node.query?.body.kind !== 'select') return;
    for (const { expr } of node.query.body.items) if (expr.kind === 'column') found.add(expr);
  });
  return found;
}

// "customers from France": the value, which must be in the question, says which column is meant.
function comparedWithText(column: ColumnNode, query: Query): boolean {
  let found = false;
  walk(query.body, (node) => {
    const sides =
      node.kind === 'binary' && node.operator === '='
        ? [node.left, node.right]
        : node.kind === 'in'
          ? [node.operand, ...node.list]
          : [];
    const text = sides.some((side) => side.kind === 'string' && !/^\d+$/.test(side.value));
    if (text && sides.some((side) => side.kind === 'column' && keyOf(side) === keyOf(column))) found = true;
  });
  return found;
}

/** A word without its usual endings, so that "categories", "ordered" and "prices" meet "category", "order" and "price". */
function stem(word: string): string {
  if (word.length <= 3) return word;
  return word
    .replace(/ies$/, 'i')
    .replace(/(?:sses|xes|ches|shes|zes)$/, (ending) => ending.slice(0, -2))
    .replace(/([^s])s$/, '$1')
    .replace(/y$/, 'i')
    .replace(/(?:ed|ing)$/, '')
    .replace(/e$/, '');
}
