/** A row of Spider's format; what else it holds is not read. */
export interface SpiderRow {
  query: string;
  db_id: string;
}

/** A database of Spider's tables.json: columns as [index of the table, name], the first being `*`; keys as indexes of columns. */
export interface SpiderSchema {
  db_id: string;
  table_names_original: string[];
  column_names_original: [number, string][];
  column_types: string[];
  primary_keys: (number | number[])[];
  foreign_keys: [number, number][];
}

/** A column as seeds need it. Types are Spider's: text, number, time, boolean, others. */
export interface SeedColumn {
  table: string;
  name: string;
  type: string;
  primary: boolean;
  foreign: boolean;
}

/** A database by lower-case names of tables and columns. */
export type SeedSchema = ReadonlyMap<string, ReadonlyMap<string, SeedColumn>>;

/** Reads one entry of tables.json. */
export function readSchema(schema: SpiderSchema): SeedSchema {
  const primary = new Set(schema.primary_keys.flat());
  const linked = new Set(schema.foreign_keys.flat());
  const tables = new Map(
    schema.table_names_original.map((name) => [name.toLowerCase(), new Map<string, SeedColumn>()]),
  );
  schema.column_names_original.forEach(([index, name], position) => {
    const table = schema.table_names_original[index]?.toLowerCase();
    if (table === undefined) return;
    tables.get(table)!.set(name.toLowerCase(), {
      table,
      name: name.toLowerCase(),
      type: schema.column_types[position] ?? 'others',
      primary: primary.has(position),
      foreign: linked.has(position) && !primary.has(position),
    });
  });
  return tables;
}
