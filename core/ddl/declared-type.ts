import type { ColumnType } from '../database.js';

/** From the first that fits; `INTERVAL` and `POINT` are no integers. */
const types: [RegExp, ColumnType][] = [
  [/^ARRAY|\[\s*\]|\bLIST\b/i, 'array'],
  [/^(STRUCT|RECORD|ROW|MAP)\b/i, 'struct'],
  [/BOOL|^BIT\b/i, 'boolean'],
  [/JSON|VARIANT/i, 'json'],
  [/BLOB|BINARY|BYTE|RAW/i, 'bytes'],
  [/TIMESTAMP|DATETIME/i, 'timestamp'],
  [/^DATE/i, 'date'],
  [/^TIME/i, 'time'],
  [/^(INTERVAL|POINT|GEO|UUID|XML)/i, 'other'],
  [/CHAR|CLOB|TEXT|STRING|ENUM|^SET\b/i, 'text'],
  [/INT|SERIAL|YEAR/i, 'integer'],
  [/REAL|FLOA|DOUB|NUM|DEC|MONEY/i, 'number'],
];

/** The neutral type of a declared one, in whatever dialect; a column without a type is taken for text. */
export function declaredType(declared: string): ColumnType {
  if (declared === '') return 'text';
  return types.find(([pattern]) => pattern.test(declared))?.[1] ?? 'other';
}
