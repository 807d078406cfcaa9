import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBUnionValue,
  DuckDBVariantValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { SqlValue } from '../../core/database.js';

/**
 * A value of a result as plain JSON. Structs become arrays of their fields' values, maps arrays of pairs, blobs base64;
 * big integers, infinities and NaN, which JSON lacks, their text, as do dates, times, intervals, UUIDs and bits.
 */
export function toSqlValue(value: DuckDBValue): SqlValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return readNumber(value.toString());
  if (value instanceof DuckDBDecimalValue) return readNumber(value.toString());
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toSqlValue);
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(toSqlValue);
  if (value instanceof DuckDBMapValue) {
    return value.entries.map(({ key, value: held }) => [toSqlValue(key), toSqlValue(held)]);
  }
  if (value instanceof DuckDBUnionValue || value instanceof DuckDBVariantValue) return toSqlValue(value.value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  return value.toString();
}

function readNumber(text: string): SqlValue {
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}
