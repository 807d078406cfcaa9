import type { ColumnType, SqlValue } from '../../core/database.js';

const isoDate = /^\d{4}-\d\d-\d\d$/;
const isoTimestamp = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The neutral type of a column, from its declared type and what it holds: SQLite keeps any value in any column, so a
 * column declared DATE may hold `5/12/1999`, which its date functions cannot read, and one declared TEXT may hold dates.
 */
export function columnType(declared: string, samples: SqlValue[]): ColumnType {
  const holds = (test: (value: SqlValue) => boolean): boolean => samples.length > 0 && samples.every(test);
  const matches = (pattern: RegExp) => holds((value) => typeof value === 'string' && pattern.test(value));
  const numeric = holds((value) => typeof value === 'number');
  const integers = holds((value) => Number.isInteger(value));

  if (/BOOL/i.test(declared)) return 'boolean';
  if (/JSON/i.test(declared)) return 'json';
  if (/BLOB|BINARY/i.test(declared)) return 'bytes';
  if (matches(isoDate)) return 'date';
  if (matches(isoTimestamp)) return 'timestamp';
  if (/DATE|TIME/i.test(declared)) return numeric ? (integers ? 'integer' : 'number') : 'text';
  if (/INT|YEAR/i.test(declared))
    return numeric && !integers ? 'number' : numeric || samples.length === 0 ? 'integer' : 'text';
  if (/CHAR|CLOB|TEXT|STRING/i.test(declared)) return 'text';
  if (/REAL|FLOA|DOUB|NUM|DEC|MONEY/i.test(declared))
    return numeric && integers && /NUM/i.test(declared)
      ? 'integer'
      : numeric || samples.length === 0
        ? 'number'
        : 'text';
  return numeric ? (integers ? 'integer' : 'number') : 'text';
}
