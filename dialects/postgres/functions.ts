import type { FunctionSignature } from '../../core/database.js';
import type { ReaderConnection } from './connection.js';
import { refusal } from './guard.js';

const kinds: Record<string, FunctionSignature['kind']> = { f: 'scalar', a: 'aggregate', w: 'window' };
/** Types that only the server's insides handle. */
const INTERNAL = `'internal', 'cstring', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler', 'index_am_handler',
  'table_am_handler', 'tsm_handler', 'pg_ddl_command', 'pg_node_tree', 'pg_ndistinct', 'pg_dependencies', 'pg_mcv_list',
  'pg_brin_bloom_summary', 'pg_brin_minmax_multi_summary', 'txid_snapshot', 'pg_snapshot', 'aclitem', 'void'`;
/** What the manual lists among the functions although an operator or an index is implemented by it, too. */
const ALSO_FUNCTIONS = `'starts_with', 'array_cat', 'range_merge', 'inet_merge', 'inet_same_family', 'bound_box'`;

/**
 * The functions of pg_catalog that a query can call. Left out is what the server calls itself: the parts of aggregates, and the support
 * functions of types, casts, operators, indexes and the planner.
 */
export async function listFunctions(connection: ReaderConnection): Promise<FunctionSignature[]> {
  const rows = await connection.rows<{
    name: string;
    kind: string;
    args: string;
    variadic: string;
    result: string;
    many: string;
  }>(`
    SELECT p.proname AS name, p.prokind AS kind, p.proretset AS many, p.provariadic <> 0 AS variadic,
           format_type(p.prorettype, NULL) AS result,
           (SELECT coalesce(json_agg(format_type(t, NULL) ORDER BY n), '[]')
              FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(t, n)) AS args
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a', 'w')
      AND p.prorettype::regtype::text NOT IN (${INTERNAL})
      AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[]) AS t WHERE t::regtype::text IN (${INTERNAL}))
      AND NOT EXISTS (SELECT 1 FROM pg_aggregate a WHERE p.oid IN (
            a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn))
      AND (p.proname IN (${ALSO_FUNCTIONS}) OR NOT EXISTS (
            SELECT 1 FROM pg_operator o
            WHERE o.oprcode = p.oid AND obj_description(p.oid, 'pg_proc') LIKE 'implementation of%')
          AND NOT EXISTS (SELECT 1 FROM pg_amproc m WHERE m.amproc = p.oid))
      AND NOT EXISTS (SELECT 1 FROM pg_operator o WHERE p.oid IN (o.oprrest, o.oprjoin))
      AND NOT EXISTS (SELECT 1 FROM pg_cast c WHERE c.castfunc = p.oid)
      AND NOT EXISTS (SELECT 1 FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout))
      AND NOT EXISTS (SELECT 1 FROM pg_range r WHERE p.oid IN (r.rngcanonical, r.rngsubdiff))
      AND NOT EXISTS (SELECT 1 FROM pg_proc s WHERE s.prosupport = p.oid)
    ORDER BY p.proname, p.oid`);
  return rows
    .filter(({ name }) => /^[a-z]/.test(name) && !name.startsWith('pg_') && refusal(`SELECT ${name}()`) === null)
    .map(({ name, kind, args, variadic, result, many }) => ({
      name,
      kind: many === 't' ? 'table' : (kinds[kind] ?? 'scalar'),
      arguments: (JSON.parse(args) as string[]).map((type) => type.replaceAll('"', '')),
      variadic: variadic === 't',
      returns: result.replaceAll('"', ''),
    }));
}
