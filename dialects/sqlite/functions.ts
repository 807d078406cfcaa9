import type { FunctionSignature } from '../../core/database.js';
import { allows } from './authorizer.js';
import type { Connection } from './connection.js';

const kinds: Record<string, FunctionSignature['kind']> = { s: 'scalar', a: 'aggregate', w: 'aggregate' };
/** Functions of these that are called with OVER alone. */
const windowOnly = new Set(
  'row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value'.split(' '),
);
const tableValued = ['json_each', 'json_tree'];

/** The functions that SQLite lists itself. It knows no types: each is `any`. */
export function listFunctions(connection: Connection): FunctionSignature[] {
  const { capi } = connection.sqlite3;
  const rows = connection.rows(
    `SELECT DISTINCT name, type, narg FROM pragma_function_list ORDER BY name, narg`,
  ) as unknown as {
    name: string;
    type: string;
    narg: number;
  }[];
  const listed = rows
    .filter(({ name }) => /^[a-z]/.test(name) && allows(capi, capi.SQLITE_FUNCTION, '', name))
    .map(({ name, type, narg }): FunctionSignature => ({
      name,
      kind: windowOnly.has(name) ? 'window' : (kinds[type] ?? 'scalar'),
      arguments: Array.from({ length: narg < 0 ? 1 : narg }, () => 'any'),
      variadic: narg < 0,
      returns: 'any',
    }));
  const tables = tableValued.map((name): FunctionSignature => ({
    name,
    kind: 'table',
    arguments: ['any'],
    variadic: true,
    returns: 'table',
  }));
  return [...listed, ...tables];
}
