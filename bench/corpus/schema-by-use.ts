import type { SeedSchema } from '../../core/seeds/spider.js';
import type { Query } from '../../core/sql/ast.js';
import { columns, queries, sources } from '../../core/sql/walk.js';

/**
 * The tables and columns that a statement speaks of, where no schema is at hand: a qualified column is its table's, a bare one that of the
 * first table beside it. A name in double quotes is a text unless it is qualified.
 */
export function schemaByUse(sql: string, query: Query): SeedSchema {
  const schema = new Map<
    string,
    Map<string, { table: string; name: string; type: string; primary: false; foreign: false }>
  >();
  const tablesOf = (each: Query) =>
    each.body.kind === 'select' ? sources(each.body.from).filter((source) => source.kind === 'table') : [];
  const called = new Map<string, string>();
  for (const table of queries(query).flatMap(tablesOf)) {
    const name = table.name.at(-1)!.toLowerCase();
    if (!schema.has(name)) schema.set(name, new Map());
    called.set((table.alias ?? name).toLowerCase(), name);
  }
  for (const each of queries(query)) {
    const first = tablesOf(each)[0]?.name.at(-1)!.toLowerCase();
    for (const column of columns(each, { own: true })) {
      if (column.table === null && column.quoted && sql.includes(`"${column.name}"`)) continue;
      const table = column.table === null ? first : called.get(column.table.toLowerCase());
      if (table === undefined) continue;
      const name = column.name.toLowerCase();
      schema.get(table)!.set(name, { table, name, type: 'others', primary: false, foreign: false });
    }
  }
  return schema;
}
