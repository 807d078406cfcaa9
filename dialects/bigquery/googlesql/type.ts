import type { ColumnType } from '../../../core/database.js';
import type { DataType } from '../../../core/samples/data-type.js';

/** zetasql.TypeProto as a plain object. */
export interface TypeProto {
  type_kind: string;
  array_type?: { element_type: TypeProto };
  struct_type?: { field: { field_name: string; field_type: TypeProto }[] };
  range_type?: { element_type: TypeProto };
}

const kinds: Record<ColumnType, string> = {
  integer: 'INT64',
  number: 'DOUBLE',
  text: 'STRING',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  time: 'TIME',
  boolean: 'BOOL',
  json: 'JSON',
  array: 'ARRAY',
  struct: 'STRUCT',
  bytes: 'BYTES',
  other: 'STRING',
};
/** Type words that say more than the neutral type does. */
const exact: Record<string, string> = {
  NUMERIC: 'NUMERIC',
  DECIMAL: 'NUMERIC',
  BIGNUMERIC: 'BIGNUMERIC',
  DATETIME: 'DATETIME',
};

/** The type of a column. `money` makes a neutral number a NUMERIC. */
export function toTypeProto(type: DataType, money = false): TypeProto {
  if (type.type === 'array')
    return { type_kind: 'TYPE_ARRAY', array_type: { element_type: toTypeProto(type.element!) } };
  if (type.type === 'struct') {
    const field = type.fields!.map(({ name, type: of }) => ({ field_name: name, field_type: toTypeProto(of) }));
    return { type_kind: 'TYPE_STRUCT', struct_type: { field } };
  }
  return { type_kind: `TYPE_${exact[type.word] ?? (money ? 'NUMERIC' : kinds[type.type])}` };
}

/** The type as BigQuery writes it: `ARRAY<STRUCT<sku STRING, price FLOAT64>>`. */
export function typeName({ type_kind, array_type, struct_type, range_type }: TypeProto): string {
  if (range_type) return `RANGE<${typeName(range_type.element_type)}>`;
  if (array_type) return `ARRAY<${typeName(array_type.element_type)}>`;
  if (struct_type) {
    return `STRUCT<${struct_type.field.map((field) => `${field.field_name} ${typeName(field.field_type)}`).join(', ')}>`;
  }
  const name = type_kind.replace('TYPE_', '');
  return name === 'DOUBLE' ? 'FLOAT64' : name;
}
