import type { CAPI, SqlValue as NativeValue, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import type { SqlValue } from '../../core/database.js';

/** What of SQLite's C interface a row is read by, without the checks of arguments that the library wraps around each call. */
interface Columns {
  sqlite3_column_type(statement: number, column: number): number;
  sqlite3_column_double(statement: number, column: number): number;
  sqlite3_column_text(statement: number, column: number): number;
  sqlite3_column_bytes(statement: number, column: number): number;
}

/** Texts longer than this are decoded by TextDecoder, whose call costs more than reading a few letters. */
const SHORT_TEXT = 32;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A reader of the rows that a statement stands at. Evaluations read millions of values: calling SQLite directly takes half the time of the
 * library's `sqlite3_column_js`, which is kept for what is rare (blobs, integers beyond 2⁵³).
 */
export function createRowReader({ capi, wasm }: Sqlite3Static): (statement: number, columns: number) => SqlValue[] {
  const native = wasm.exports as unknown as Columns;
  const read = (statement: number, column: number): SqlValue => {
    switch (native.sqlite3_column_type(statement, column)) {
      case capi.SQLITE_INTEGER: {
        const whole = native.sqlite3_column_double(statement, column);
        return Number.isSafeInteger(whole) ? whole : readAny(capi, statement, column);
      }
      case capi.SQLITE_FLOAT: {
        const real = native.sqlite3_column_double(statement, column);
        return Number.isFinite(real) ? real : String(real);
      }
      case capi.SQLITE_TEXT: {
        const start = native.sqlite3_column_text(statement, column);
        return decode(wasm.heap8u(), start, native.sqlite3_column_bytes(statement, column));
      }
      case capi.SQLITE_NULL:
        return null;
      default:
        return readAny(capi, statement, column);
    }
  };
  return (statement, columns) => {
    const row = new Array<SqlValue>(columns);
    for (let column = 0; column < columns; column += 1) row[column] = read(statement, column);
    return row;
  };
}

const readAny = (capi: CAPI, statement: number, column: number): SqlValue =>
  toSqlValue(capi.sqlite3_column_js(statement, column) as NativeValue);

function decode(memory: Uint8Array, start: number, length: number): string {
  if (length > SHORT_TEXT) return decoder.decode(memory.subarray(start, start + length));
  let text = '';
  for (let at = start; at < start + length; at += 1) {
    const byte = memory[at]!;
    if (byte > 127) return decoder.decode(memory.subarray(start, start + length));
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Big integers and infinities, which JSON lacks, become text; blobs base64. */
export function toSqlValue(value: NativeValue | undefined): SqlValue {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array || value instanceof Int8Array || value instanceof ArrayBuffer) {
    return Buffer.from(value as Uint8Array).toString('base64');
  }
  return value;
}
