import type { FunctionSignature } from '../../core/database.js';
import { allows } from './authorizer.js';
import type { Connection } from './connection.js';
import { sqliteSignatures } from './signatures.js';

/** A function as SQLite itself lists it: of `s`, `a` and `w` the last may be aggregate or window; -1 arguments: any number. */
interface Listed {
  name: string;
  type: string;
  narg: number;
}

/**
 * The functions that the engine lists and lets a statement call, with the types that its documentation gives them. One that the table of
 * signatures lacks takes and returns `any`.
 */
export function listFunctions(connection: Connection): FunctionSignature[] {
  const { capi } = connection.sqlite3;
  const rows = connection.rows(
    `SELECT DISTINCT name, type, narg FROM pragma_function_list ORDER BY name, narg`,
  ) as unknown as Listed[];
  const callable = rows.filter(({ name }) => /^[a-z]/.test(name) && allows(capi, capi.SQLITE_FUNCTION, '', name));
  // Table-valued functions are modules; the engine lists them elsewhere, and any virtual table with them.
  const tables = sqliteSignatures.filter(({ kind }) => kind === 'table');
  return [...new Set(callable.flatMap(signaturesOf)), ...tables];
}

function signaturesOf({ name, type, narg }: Listed): FunctionSignature[] {
  const known = sqliteSignatures.filter(
    (signature) =>
      signature.name === name &&
      (signature.kind === 'scalar') === (type === 's') &&
      (narg < 0 || (signature.arguments.length === narg && !signature.variadic)),
  );
  if (known.length > 0) return known;
  return [
    {
      name,
      kind: type === 's' ? 'scalar' : 'aggregate',
      arguments: Array.from({ length: Math.abs(narg) }, () => 'any'),
      variadic: narg < 0,
      returns: 'any',
    },
  ];
}
