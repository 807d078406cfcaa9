import type { SqlValue } from '../../../core/database.js';
import { jsonText } from '../../../core/samples/table-data.js';
import * as civil from './civil-time.js';
import { BIGNUMERIC_SCALE, NUMERIC_SCALE, decodeDecimal, encodeDecimal } from './decimal.js';
import { decodeInterval } from './interval.js';
import type { TypeProto } from './type.js';

/** zetasql.ValueProto as a plain object; without a member it is NULL. `value` names the member that is set. */
export type ValueProto = { value?: string } & Record<string, unknown>;

/** A value of a JSON database as GoogleSQL takes it. */
export function encodeValue(type: TypeProto, value: SqlValue): ValueProto {
  if (value === null || value === undefined) return {};
  switch (type.type_kind) {
    case 'TYPE_INT64':
      return { int64_value: String(value) };
    case 'TYPE_DOUBLE':
      return { double_value: Number(value) };
    case 'TYPE_BOOL':
      return { bool_value: Boolean(value) };
    case 'TYPE_NUMERIC':
      return { numeric_value: encodeDecimal(String(value), NUMERIC_SCALE) };
    case 'TYPE_BIGNUMERIC':
      return { bignumeric_value: encodeDecimal(String(value), BIGNUMERIC_SCALE) };
    case 'TYPE_DATE':
      return { date_value: civil.encodeDate(String(value)) };
    case 'TYPE_TIMESTAMP':
      return { timestamp_value: civil.encodeTimestamp(String(value)) };
    case 'TYPE_DATETIME':
      return { datetime_value: civil.encodeDatetime(String(value)) };
    case 'TYPE_TIME':
      return { time_value: civil.encodeTime(String(value)) };
    case 'TYPE_JSON':
      return { json_value: jsonText(value) };
    case 'TYPE_BYTES':
      return { bytes_value: Buffer.from(String(value)) };
    case 'TYPE_ARRAY':
      return {
        array_value: { element: (value as SqlValue[]).map((item) => encodeValue(type.array_type!.element_type, item)) },
      };
    case 'TYPE_STRUCT':
      return { struct_value: { field: encodeFields(type, value) } };
    default:
      return { string_value: String(value) };
  }
}

/** A struct's value is an array in the order of its fields, or an object. */
function encodeFields(type: TypeProto, value: SqlValue): ValueProto[] {
  return type.struct_type!.field.map(({ field_name, field_type }, i) => {
    const fields = value as SqlValue[] & Record<string, SqlValue>;
    return encodeValue(field_type, (Array.isArray(value) ? fields[i] : fields[field_name]) ?? null);
  });
}

/** A value of a result, in plain JSON: structs as arrays of field values, JSON as text, integers beyond 2^53 as text. */
export function decodeValue(type: TypeProto, proto: ValueProto | undefined): SqlValue {
  const member = proto?.value;
  if (!proto || !member) return null;
  const value = proto[member];
  switch (type.type_kind) {
    case 'TYPE_INT64':
      return decodeNumber(String(value));
    case 'TYPE_NUMERIC':
      return decodeNumber(decodeDecimal(value as Uint8Array, NUMERIC_SCALE));
    case 'TYPE_BIGNUMERIC':
      return decodeNumber(decodeDecimal(value as Uint8Array, BIGNUMERIC_SCALE));
    case 'TYPE_DOUBLE':
      return Number.isFinite(value) ? (value as number) : String(value);
    case 'TYPE_BOOL':
    case 'TYPE_STRING':
    case 'TYPE_JSON':
      return value as boolean | string;
    case 'TYPE_DATE':
      return civil.decodeDate(Number(value));
    case 'TYPE_TIMESTAMP':
      return civil.decodeTimestamp(value as object);
    case 'TYPE_DATETIME':
      return civil.decodeDatetime(value as object);
    case 'TYPE_TIME':
      return civil.decodeTime(String(value));
    case 'TYPE_BYTES':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'TYPE_INTERVAL':
      return decodeInterval(value as Uint8Array);
    case 'TYPE_RANGE':
      return decodeRange(type.range_type!.element_type, value as { start?: ValueProto; end?: ValueProto });
    case 'TYPE_ARRAY':
      return ((value as { element?: ValueProto[] }).element ?? []).map((item) =>
        decodeValue(type.array_type!.element_type, item),
      );
    case 'TYPE_STRUCT':
      return ((value as { field?: ValueProto[] }).field ?? []).map((item, i) =>
        decodeValue(type.struct_type!.field[i]!.field_type, item),
      );
    default:
      return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
  }
}

/** As BigQuery writes it: with its start and without its end, `[2024-01-01, UNBOUNDED)`. */
function decodeRange(type: TypeProto, { start, end }: { start?: ValueProto; end?: ValueProto }): string {
  const bound = (proto: ValueProto | undefined): string => String(decodeValue(type, proto) ?? 'UNBOUNDED');
  return `[${bound(start)}, ${bound(end)})`;
}

function decodeNumber(text: string): SqlValue {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** Whether an array in the value has a NULL element, which BigQuery does not let a result have. */
export function hasNullElement(type: TypeProto, value: SqlValue): boolean {
  if (value === null) return false;
  if (type.array_type) {
    const element = type.array_type.element_type;
    return (value as SqlValue[]).some((item) => item === null || hasNullElement(element, item));
  }
  if (type.struct_type) {
    return type.struct_type.field.some(({ field_type }, i) =>
      hasNullElement(field_type, (value as SqlValue[])[i] ?? null),
    );
  }
  return false;
}
