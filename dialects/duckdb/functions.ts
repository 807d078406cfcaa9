import type { FunctionSignature } from '../../core/database.js';
import type { Connection } from './connection.js';
import { isForbidden } from './guard.js';

const kinds: Record<string, FunctionSignature['kind']> = {
  scalar: 'scalar',
  macro: 'scalar',
  aggregate: 'aggregate',
  table: 'table',
  table_macro: 'table',
};
/** Listed as aggregates, and called with OVER alone. */
const windowOnly = new Set(
  `row_number rank rank_dense dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value fill`.split(
    ' ',
  ),
);

/** Functions that the parser writes in other terms, so that the list has not got them. */
const parsed = [
  { name: 'percentile_cont', kind: 'aggregate', types: ['double'], varargs: null, result: 'double' },
  { name: 'percentile_disc', kind: 'aggregate', types: ['double'], varargs: null, result: 'any' },
  { name: 'ifnull', kind: 'scalar', types: ['any', 'any'], varargs: null, result: 'any' },
  { name: 'coalesce', kind: 'scalar', types: ['any'], varargs: 'any', result: 'any' },
];

/** The functions that DuckDB lists itself, without its operators, its insides and what pg_catalog fakes for clients. */
export async function listFunctions(connection: Connection): Promise<FunctionSignature[]> {
  const rows = await connection.rows<{
    name: string;
    kind: string;
    types: (string | null)[];
    varargs: string | null;
    result: string | null;
  }>(`
    SELECT DISTINCT function_name AS name, function_type AS kind, parameter_types AS types, varargs, return_type AS result
    FROM duckdb_functions()
    WHERE schema_name = 'main' AND function_type <> 'pragma' AND regexp_matches(function_name, '^[a-zA-Z]')
    ORDER BY ALL`);
  return [...rows, ...parsed]
    .filter(({ name }) => !isForbidden(name))
    .map(({ name, kind, types, varargs, result }) => ({
      name: name.toLowerCase(),
      kind: windowOnly.has(name) ? 'window' : (kinds[kind] ?? 'scalar'),
      arguments: [...types, ...(varargs === null ? [] : [varargs])].map((type) => (type ?? 'any').toLowerCase()),
      variadic: varargs !== null,
      returns: kinds[kind] === 'table' ? 'table' : (result ?? 'any').toLowerCase(),
    }));
}
