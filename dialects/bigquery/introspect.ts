import type { Column, ColumnType, DatabaseSchema, SqlValue, Table } from '../../core/database.js';
import { foreignKeysOf, jsonText, type DatabaseData, type TableData } from '../../core/samples/table-data.js';
import type { DataType } from '../../core/samples/data-type.js';
import { chooseSamples } from '../samples-of-column.js';
import { countValues } from './count-values.js';
import { catalogColumns } from './googlesql/catalog.js';
import { typeName } from './googlesql/type.js';

/** Describes a database from the rows it was made of: the local engine keeps no statistics and knows no keys. */
export function introspect(name: string, data: DatabaseData): DatabaseSchema {
  return { name, dialect: 'bigquery', tables: data.tables.map(describeTable), foreignKeys: foreignKeysOf(data) };
}

function describeTable(table: TableData): Table {
  const natives = catalogColumns(table).map(({ type }) => typeName(type));
  return {
    name: table.name,
    rows: table.rows.length,
    columns: natives.map((native, i) => describeColumn(table, i, native)),
  };
}

function describeColumn({ columns, rows, primaryKey }: TableData, index: number, nativeType: string): Column {
  const { name, type } = columns[index]!;
  const values = rows.map((row) => row[index] ?? null).filter((value) => value !== null);
  const counted = countValues(values.map((value) => shown(type, value)));
  const isKey = primaryKey.includes(name);
  return {
    name,
    type: type.type,
    nativeType,
    nullable: !isKey,
    primaryKey: isKey,
    distinct: counted.length,
    nullRate: rows.length === 0 ? 0 : 1 - values.length / rows.length,
    samples: chooseSamples(counted),
    ...nested(type),
  };
}

/** A value as a query's result would show it. */
function shown(type: DataType, value: SqlValue): SqlValue {
  if (type.type === 'json') return jsonText(value);
  return type.type === 'number' || type.type === 'integer' ? Number(value) : value;
}

function nested({ type, element, fields }: DataType): Pick<Column, 'elementType' | 'fields'> {
  if (type === 'struct') return { fields: fieldsOf(fields) };
  if (type !== 'array') return {};
  const elementType: ColumnType = element!.type;
  return elementType === 'struct' ? { elementType, fields: fieldsOf(element!.fields) } : { elementType };
}

const fieldsOf = (fields: DataType['fields'] = []) => fields.map(({ name, type }) => ({ name, type: type.type }));
