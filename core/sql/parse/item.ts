import type { SelectItem } from '../ast.js';
import type { Cursor } from './cursor.js';

/** An output with its alias: after it, or (DuckDB) before it, as in `total: SUM(x)`. */
export function parseItem(cursor: Cursor): SelectItem {
  const alias = cursor.prefixAlias();
  const expr = cursor.expression();
  return { expr, alias: alias ?? cursor.alias() };
}
