import type { DatabaseSchema } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import { namePrinter } from '../../core/sql/print-names.js';
import type { SchemaView } from './api.js';

/** Enough to tell what a column holds. */
const shownSamples = 5;

/** A database as the page browses it. */
export function viewSchema(
  { name, dialect, tables, foreignKeys }: DatabaseSchema,
  manifest: DialectManifest,
): SchemaView {
  const { name: print } = namePrinter(manifest, false);
  return {
    name,
    dialect,
    tables: tables.map((table) => ({
      name: table.name,
      sql: print(table.name),
      rows: table.rows,
      columns: table.columns.map((column) => {
        const key = foreignKeys.find((one) => one.table === table.name && one.column === column.name);
        return {
          ...{ name: column.name, sql: print(column.name) },
          ...{ type: column.type, nativeType: column.nativeType, nullable: column.nullable },
          primaryKey: column.primaryKey,
          references: key ? `${key.referencesTable}.${key.referencesColumn}` : null,
          samples: column.samples.slice(0, shownSamples),
        };
      }),
    })),
  };
}
