import type { BigQuery } from '@google-cloud/bigquery';
import type { Column, ColumnType, DatabaseSchema, ForeignKey, SqlValue, Table } from '../../../core/database.js';
import { chooseSamples } from '../../samples-of-column.js';
import { countValues } from '../count-values.js';
import type { CloudAddress } from './address.js';
import { get } from './client.js';
import { readCell, type Field } from './value.js';

interface TableMetadata {
  numRows?: string;
  type?: string;
  schema?: { fields?: Field[] };
  tableConstraints?: {
    primaryKey?: { columns: string[] };
    foreignKeys?: {
      referencedTable: { tableId: string };
      columnReferences: { referencingColumn: string; referencedColumn: string }[];
    }[];
  };
}

/** Rows that a table's statistics are made of. Listing rows, unlike querying them, costs nothing. */
const SAMPLE_ROWS = 1000;

/** Describes a dataset by the tables API alone, so that nothing is billed: figures are of a table's first rows, views have none. */
export async function introspectCloud(client: BigQuery, address: CloudAddress, name: string): Promise<DatabaseSchema> {
  const [found] = await client.dataset(address.dataset).getTables();
  const tables: Table[] = [];
  const foreignKeys: ForeignKey[] = [];
  for (const { id } of found) {
    const table = client.dataset(address.dataset).table(id!);
    const [metadata] = (await table.getMetadata()) as unknown as [TableMetadata];
    const fields = metadata.schema?.fields ?? [];
    const rows = metadata.type === 'VIEW' ? [] : await firstRows(client, address, id!, fields);
    const keys = metadata.tableConstraints?.primaryKey?.columns ?? [];
    tables.push({
      name: id!,
      rows: Number(metadata.numRows ?? rows.length),
      columns: fields.map((field, i) =>
        describe(
          field,
          rows.map((row) => row[i]!),
          keys,
        ),
      ),
    });
    for (const { referencedTable, columnReferences } of metadata.tableConstraints?.foreignKeys ?? []) {
      for (const { referencingColumn: column, referencedColumn } of columnReferences) {
        const references = { referencesTable: referencedTable.tableId, referencesColumn: referencedColumn };
        foreignKeys.push({ table: id!, column, ...references });
      }
    }
  }
  return { name, dialect: 'bigquery', tables, foreignKeys };
}

async function firstRows(
  client: BigQuery,
  address: CloudAddress,
  table: string,
  fields: Field[],
): Promise<SqlValue[][]> {
  const response = await get<{ rows?: { f: { v: unknown }[] }[] }>(
    client,
    `/datasets/${address.dataset}/tables/${table}/data`,
    { maxResults: SAMPLE_ROWS, 'formatOptions.useInt64Timestamp': true },
  );
  return (response.rows ?? []).map(({ f }) => fields.map((field, i) => readCell(field, f[i]!)));
}

const types: Record<string, ColumnType> = {
  ...{ INTEGER: 'integer', INT64: 'integer', FLOAT: 'number', FLOAT64: 'number', NUMERIC: 'number' },
  ...{ BIGNUMERIC: 'number', STRING: 'text', DATE: 'date', TIMESTAMP: 'timestamp', DATETIME: 'timestamp' },
  ...{
    TIME: 'time',
    BOOLEAN: 'boolean',
    BOOL: 'boolean',
    JSON: 'json',
    BYTES: 'bytes',
    RECORD: 'struct',
    STRUCT: 'struct',
  },
};

function describe(field: Field, values: SqlValue[], keys: string[]): Column {
  const present = values.filter((value) => value !== null);
  const counted = countValues(present);
  const element = types[field.type] ?? 'other';
  const repeated = field.mode === 'REPEATED';
  const fields = (field.fields ?? []).map(({ name, type }) => ({ name, type: types[type] ?? 'other' }));
  return {
    name: field.name,
    type: repeated ? 'array' : element,
    nativeType: repeated ? `ARRAY<${field.type}>` : field.type,
    nullable: field.mode !== 'REQUIRED',
    primaryKey: keys.includes(field.name),
    distinct: counted.length,
    nullRate: values.length === 0 ? 0 : 1 - present.length / values.length,
    samples: chooseSamples(counted),
    ...(repeated && { elementType: element }),
    ...(fields.length > 0 && { fields }),
  };
}
