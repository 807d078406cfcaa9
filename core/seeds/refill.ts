import type { Expr, Query } from '../sql/ast.js';
import { rewrite } from '../sql/walk.js';

/** What the slots of a seed stood for, by their ids. */
export interface Originals {
  tables: ReadonlyMap<string, string>;
  columns: ReadonlyMap<string, string>;
  values: ReadonlyMap<string, Expr>;
}

/**
 * The statement that a seed was made from, but for its aliases: every slot gives way to what it stood for. It asks the same of the same
 * database; where it does not, the abstraction is wrong.
 */
export function refill(query: Query, { tables, columns, values }: Originals): Query {
  return rewrite(query, (node) => {
    switch (node.kind) {
      case 'table':
        return { ...node, name: node.name.map((part) => tables.get(part) ?? part) };
      case 'column':
        return { ...node, name: columns.get(node.name) ?? node.name };
      case 'placeholder':
        return values.get(node.id) ?? node;
      default:
        return node;
    }
  });
}
