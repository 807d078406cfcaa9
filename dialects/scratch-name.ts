import { createHash } from 'node:crypto';
import type { DatabaseData } from '../core/samples/table-data.js';

/**
 * The name under which rows are kept on a server: the same rows are loaded once, other rows of the same name beside them.
 * @param labelLength how much of the database's own name is kept, by what the server lets a name be
 */
export function scratchName(name: string, data: DatabaseData, labelLength: number): string {
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, labelLength);
  return `${label}_${hash}`;
}
