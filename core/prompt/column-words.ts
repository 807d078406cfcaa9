import type { Column } from '../database.js';
import { fieldNames } from './name-index.js';
import { splitName } from './words.js';

/** A column's type as a prompt says it: `integer`, `array text`, and `json` for a text that holds documents. */
export function typeWords(column: Column): string {
  if (column.type === 'array') return column.elementType ? `array ${column.elementType}` : 'array';
  if (column.type === 'text' && fieldNames(column).length > 0) return 'json';
  return column.type;
}

/** A column that a question did not name: its name in words, and its type. */
export const describeColumn = (column: Column): string => `${splitName(column.name).join(' ')} ${typeWords(column)}`;
