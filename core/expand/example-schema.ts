import type { Column, ColumnType, DatabaseSchema, SqlValue } from '../database.js';
import type { DialectManifest } from '../dialect.js';

/** The small database that the guides' examples are over, as `dialects/guides-fixture.json` holds it. */
export interface GuideFixture {
  tables: {
    name: string;
    columns: [name: string, type: string][];
    primaryKey: string[];
    foreignKeys: { column: string; references: { table: string; column: string } }[];
    rows: SqlValue[][];
  }[];
}

/** The fixture as its engine would describe it: dialects without arrays or structs keep them as JSON. */
export function exampleSchema(fixture: GuideFixture, { name, nestedTypes = [] }: DialectManifest): DatabaseSchema {
  return {
    name: 'examples',
    dialect: name,
    tables: fixture.tables.map((table) => ({
      name: table.name,
      rows: table.rows.length,
      columns: table.columns.map(([column, type], index) =>
        describe(
          column,
          type,
          table.rows.map((row) => row[index] ?? null),
          table.primaryKey,
          nestedTypes,
        ),
      ),
    })),
    foreignKeys: fixture.tables.flatMap((table) =>
      table.foreignKeys.map(({ column, references }) => ({
        table: table.name,
        column,
        referencesTable: references.table,
        referencesColumn: references.column,
      })),
    ),
  };
}

function describe(
  name: string,
  declared: string,
  values: SqlValue[],
  keys: string[],
  nestedTypes: ('array' | 'struct')[],
): Column {
  const known = values.filter((value) => value !== null);
  const distinct = [...new Map(known.map((value) => [JSON.stringify(value), value])).values()];
  const nested = /^(array|struct)</.exec(declared)?.[1] as 'array' | 'struct' | undefined;
  const kept = nested === undefined || nestedTypes.includes(nested);
  const type = (kept ? (nested ?? declared) : 'json') as ColumnType;
  const fields = [...declared.matchAll(/(\w+) (\w+)/g)].map(([, field, fieldType]) => ({
    name: field!,
    type: fieldType as ColumnType,
  }));
  const asObject = (value: SqlValue): SqlValue =>
    nested === 'struct' && !kept && Array.isArray(value)
      ? Object.fromEntries(fields.map((field, i) => [field.name, value[i] ?? null]))
      : value;
  return {
    name,
    type,
    nativeType: declared,
    nullable: true,
    primaryKey: keys.includes(name),
    distinct: distinct.length,
    nullRate: values.length === 0 ? 0 : 1 - known.length / values.length,
    samples: distinct.slice(0, 20).map(asObject),
    ...(type === 'array' ? { elementType: 'text' as const } : {}),
    ...(type === 'struct' ? { fields } : {}),
  };
}
