import type { DatabaseSchema, ForeignKey } from '../database.js';

/** One step of a join: `table` comes in by `column` = `toColumn` of `to`, a table already there. Places in the schema's lists. */
export interface JoinStep {
  table: number;
  column: number;
  to: number;
  toColumn: number;
}

/**
 * Joins the tables along foreign keys by shortest paths, in the given order, bridge tables included. Where two keys
 * connect the same tables, the one whose column is in `preferred` (`table.column` places) is taken, else the first.
 * Tables that nothing connects are left out.
 */
export function joinPath(
  schema: DatabaseSchema,
  tables: readonly number[],
  preferred: ReadonlySet<string>,
): JoinStep[] {
  const edges = schema.foreignKeys.flatMap((key) => directions(schema, key));
  const score = (edge: JoinStep): number =>
    preferred.has(`${edge.table}.${edge.column}`) || preferred.has(`${edge.to}.${edge.toColumn}`) ? 0 : 1;
  edges.sort((a, b) => score(a) - score(b));
  const joined = new Set(tables.slice(0, 1));
  const steps: JoinStep[] = [];
  for (const table of tables.slice(1)) {
    if (joined.has(table)) continue;
    for (const step of shortestPath(edges, joined, table)) {
      joined.add(step.table);
      steps.push(step);
    }
  }
  return steps;
}

/** Foreign keys of a table to itself. */
export function selfReferences(schema: DatabaseSchema, table: number): JoinStep[] {
  return schema.foreignKeys
    .filter((key) => key.table === key.referencesTable)
    .flatMap((key) => directions(schema, key).slice(0, 1))
    .filter((step) => step.table === table);
}

function directions(schema: DatabaseSchema, key: ForeignKey): JoinStep[] {
  const place = (table: string, column: string): [number, number] => {
    const t = schema.tables.findIndex(({ name }) => name.toLowerCase() === table.toLowerCase());
    const c = schema.tables[t]?.columns.findIndex(({ name }) => name.toLowerCase() === column.toLowerCase()) ?? -1;
    return [t, c];
  };
  const [table, column] = place(key.table, key.column);
  const [to, toColumn] = place(key.referencesTable, key.referencesColumn);
  if (column < 0 || toColumn < 0) return [];
  const step = { table, column, to, toColumn };
  return [step, { table: to, column: toColumn, to: table, toColumn: column }];
}

function shortestPath(edges: JoinStep[], from: ReadonlySet<number>, goal: number): JoinStep[] {
  const cameBy = new Map<number, JoinStep>();
  let frontier = [...from];
  while (frontier.length > 0 && !cameBy.has(goal)) {
    const next: number[] = [];
    for (const table of frontier) {
      for (const edge of edges) {
        if (edge.to !== table || from.has(edge.table) || cameBy.has(edge.table)) continue;
        cameBy.set(edge.table, edge);
        next.push(edge.table);
      }
    }
    frontier = next;
  }
  const path: JoinStep[] = [];
  for (let step = cameBy.get(goal); step; step = cameBy.get(step.to)) path.unshift(step);
  return path;
}
