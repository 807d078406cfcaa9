import type { DatabaseSchema } from '../../core/database.js';

/** The schema as a model reads it best: one line a table with types, keys and a few sample values. */
export function describeSchema(schema: DatabaseSchema, samplesPerColumn = 3): string {
  const tables = schema.tables.map((table) => {
    const columns = table.columns.map((column) => {
      const samples = column.samples.slice(0, samplesPerColumn).map((value) => JSON.stringify(value));
      return `  ${column.name} ${column.nativeType}${column.primaryKey ? ' primary key' : ''}${samples.length ? ` -- e.g. ${samples.join(', ')}` : ''}`;
    });
    return `${table.name} (${table.rows} rows)\n${columns.join('\n')}`;
  });
  const keys = schema.foreignKeys.map(
    (key) => `${key.table}.${key.column} = ${key.referencesTable}.${key.referencesColumn}`,
  );
  return [...tables, ...(keys.length ? ['Foreign keys:', ...keys.map((key) => `  ${key}`)] : [])].join('\n');
}
