import { isMoney, type DatabaseData, type TableData } from '../../../core/samples/table-data.js';
import type { GoogleSqlService } from './service.js';
import { toTypeProto, type TypeProto } from './type.js';
import { encodeValue } from './value.js';

export interface CatalogColumn {
  name: string;
  type: TypeProto;
}

/** The columns of a table with the types that BigQuery would give them. */
export function catalogColumns(table: TableData): CatalogColumn[] {
  return table.columns.map(({ name, type }, i) => ({
    name,
    type: toTypeProto(type, type.word === 'NUMBER' && isMoney(table, i)),
  }));
}

/** BigQuery's other names of INT64 and BOOL, which GoogleSQL does not know by itself. */
const typeAliases = [
  ...['INT', 'SMALLINT', 'INTEGER', 'BIGINT', 'TINYINT', 'BYTEINT'].map((name) => ({
    name,
    type: { type_kind: 'TYPE_INT64' },
  })),
  { name: 'BOOLEAN', type: { type_kind: 'TYPE_BOOL' } },
];

/** Hands a database to the service; gives the number under which queries name it. */
export function registerCatalog(service: GoogleSqlService, { tables }: DatabaseData): string {
  const described = tables.map((table) => ({ table, columns: catalogColumns(table) }));
  const request = {
    simple_catalog: {
      name: 'root',
      builtin_function_options: { language_options: service.language },
      named_type: typeAliases,
      table: described.map(({ table, columns }, i) => ({ name: table.name, serialization_id: i + 1, column: columns })),
    },
    table_content: described.map(({ table, columns }) => ({
      key: table.name,
      value: {
        table_data: {
          row: table.rows.map((row) => ({ cell: columns.map(({ type }, i) => encodeValue(type, row[i] ?? null)) })),
        },
      },
    })),
  };
  const response = service.call(
    'RegisterCatalog',
    'zetasql.local_service.RegisterCatalogRequest',
    request,
    'zetasql.local_service.RegisterResponse',
  );
  return String(response.registered_id);
}

export function unregisterCatalog(service: GoogleSqlService, id: string): void {
  service.call(
    'UnregisterCatalog',
    'zetasql.local_service.UnregisterRequest',
    { registered_id: id },
    'google.protobuf.Timestamp',
  );
}
