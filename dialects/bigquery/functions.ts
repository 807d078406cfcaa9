import type { FunctionSignature } from '../../core/database.js';
import type { GoogleSqlService } from './googlesql/service.js';
import { typeName, type TypeProto } from './googlesql/type.js';
import { isUnverifiable } from './unverifiable.js';

interface ArgumentProto {
  kind?: string;
  type?: TypeProto;
  options?: { cardinality?: string };
}

interface FunctionProto {
  name_path: string[];
  mode?: string;
  signature?: { argument?: ArgumentProto[]; return_type?: ArgumentProto; options?: { is_internal?: boolean } }[];
}

const kinds: Record<string, FunctionSignature['kind']> = {
  SCALAR: 'scalar',
  AGGREGATE: 'aggregate',
  ANALYTIC: 'window',
};

/** The functions that GoogleSQL lists for BigQuery's language options. Operators, which it lists too, begin with `$`. */
export function listFunctions(service: GoogleSqlService): FunctionSignature[] {
  const response = service.call(
    'GetBuiltinFunctions',
    'zetasql.ZetaSQLBuiltinFunctionOptionsProto',
    { language_options: service.language },
    'zetasql.local_service.GetBuiltinFunctionsResponse',
  ) as { function?: FunctionProto[] };
  const listed = (response.function ?? []).filter(
    ({ name_path }) => !name_path[0]!.startsWith('$') && !isUnverifiable(name_path.join('.').toUpperCase()),
  );
  const signatures = listed.flatMap(({ name_path, mode = 'SCALAR', signature = [] }) =>
    signature.map(({ argument = [], return_type }): FunctionSignature => ({
      name: name_path.join('.').toLowerCase(),
      kind: kinds[mode] ?? 'scalar',
      arguments: argument.filter(({ options }) => options?.cardinality !== 'OPTIONAL').map(argumentType),
      variadic: argument.some(({ options }) => options?.cardinality === 'REPEATED'),
      returns: return_type ? argumentType(return_type) : 'any',
    })),
  );
  return [
    ...signatures,
    { name: 'unnest', kind: 'table', arguments: ['array<any>'], variadic: false, returns: 'table' },
  ];
}

function argumentType({ kind = '', type }: ArgumentProto): string {
  if (type) return typeName(type).toLowerCase();
  return kind.startsWith('ARG_ARRAY_') || kind.includes('ARRAY_TYPE') ? 'array<any>' : 'any';
}
