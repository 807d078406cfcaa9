import type { ExecutionLimits, SqlValue } from '../core/database.js';

/** Keeps the rows of a result until its limit of rows or bytes (as JSON) is reached. */
export class RowCollector {
  readonly rows: SqlValue[][] = [];
  truncated = false;
  private bytes = 0;

  constructor(private readonly limits: Pick<ExecutionLimits, 'maxRows' | 'maxBytes'>) {}

  /** Takes a row in; false when it was one too many, and no more should be fetched. */
  add(row: SqlValue[]): boolean {
    this.bytes += sizeOf(row);
    if (this.rows.length >= this.limits.maxRows || this.bytes > this.limits.maxBytes) {
      this.truncated = true;
      return false;
    }
    this.rows.push(row);
    return true;
  }
}

/** About as many bytes as the value takes as JSON. */
function sizeOf(value: SqlValue): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 8;
  return Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item) + 1, 2);
}
