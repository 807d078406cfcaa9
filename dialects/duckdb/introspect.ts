import { DuckDBListType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import type { Column, ColumnType, DatabaseSchema, ForeignKey, SqlValue, Table } from '../../core/database.js';
import { chooseSamples, maxValuesLookedAt } from '../samples-of-column.js';
import type { Connection } from './connection.js';
import { quoteName } from './quote.js';

/** Statistics of a large table are taken from this many of its rows. */
const ROWS_LOOKED_AT = 50_000;

type ColumnRow = { table: string; column: string; native: string; nullable: boolean; key: boolean };

/** Describes the tables of the schema that unqualified names reach, in the order of their making. */
export async function introspect(
  connection: Connection,
  name: string,
  foreignKeys: ForeignKey[],
): Promise<DatabaseSchema> {
  const columns = await connection.rows<ColumnRow>(`
    SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS native, c.is_nullable AS nullable,
           coalesce(list_contains(k.constraint_column_names, c.column_name), false) AS key
    FROM duckdb_tables() t
    JOIN duckdb_columns() c USING (table_oid, database_oid)
    LEFT JOIN duckdb_constraints() k
      ON k.table_oid = t.table_oid AND k.database_oid = t.database_oid AND k.constraint_type = 'PRIMARY KEY'
    WHERE t.database_name = current_database() AND t.schema_name = current_schema() AND NOT t.internal
    ORDER BY t.table_oid, c.column_index`);
  const tables: Table[] = [];
  for (const table of new Set(columns.map((column) => column.table))) {
    tables.push(
      await describeTable(
        connection,
        table,
        columns.filter((column) => column.table === table),
      ),
    );
  }
  return { name, dialect: 'duckdb', tables, foreignKeys };
}

/** The foreign keys that a file's tables declare. */
export async function declaredKeys(connection: Connection): Promise<ForeignKey[]> {
  const rows = await connection.rows<{ table: string; columns: string[]; target: string; targets: string[] }>(`
    SELECT table_name AS "table", constraint_column_names AS columns, referenced_table AS target,
           referenced_column_names AS targets
    FROM duckdb_constraints()
    WHERE constraint_type = 'FOREIGN KEY' AND database_name = current_database() AND schema_name = current_schema()
    ORDER BY table_oid, constraint_index`);
  return rows.flatMap(({ table, columns, target, targets }) =>
    columns.map((column, i) => ({ table, column, referencesTable: target, referencesColumn: targets[i]! })),
  );
}

async function describeTable(connection: Connection, table: string, rows: ColumnRow[]): Promise<Table> {
  const [counted] = await connection.rows<{ n: number }>(`SELECT count(*) AS n FROM ${quoteName(table)}`);
  const types = (await connection.duckdb.run(`SELECT * FROM ${quoteName(table)} LIMIT 0`)).columnTypes();
  const columns: Column[] = [];
  for (const [i, row] of rows.entries()) columns.push(await describeColumn(connection, row, types[i]!));
  return { name: table, rows: counted!.n, columns };
}

async function describeColumn(connection: Connection, row: ColumnRow, type: DuckDBType): Promise<Column> {
  const looked = `(SELECT ${quoteName(row.column)} AS v FROM ${quoteName(row.table)} LIMIT ${ROWS_LOOKED_AT})`;
  const [counts] = await connection.rows<{ n: number; filled: number; variety: number }>(
    `SELECT count(*) AS n, count(v) AS filled, count(DISTINCT v) AS variety FROM ${looked}`,
  );
  const values = await connection.rows<{ v: SqlValue; n: number }>(
    `SELECT v, count(*) AS n FROM ${looked} WHERE v IS NOT NULL GROUP BY v ORDER BY v LIMIT ${maxValuesLookedAt}`,
  );
  const { n, filled, variety } = counts!;
  return {
    name: row.column,
    type: columnType(type),
    nativeType: row.native,
    nullable: row.nullable && !row.key,
    primaryKey: row.key,
    distinct: variety,
    nullRate: n === 0 ? 0 : 1 - filled / n,
    samples: chooseSamples(values.map(({ v, n: count }) => ({ value: v, count }))),
    ...nested(type),
  };
}

function nested(type: DuckDBType): Pick<Column, 'elementType' | 'fields'> {
  if (type instanceof DuckDBStructType) return { fields: fieldsOf(type) };
  if (!(type instanceof DuckDBListType)) return {};
  const element = type.valueType;
  const elementType = columnType(element);
  return element instanceof DuckDBStructType ? { elementType, fields: fieldsOf(element) } : { elementType };
}

const fieldsOf = (type: DuckDBStructType) =>
  type.entryNames.map((name, i) => ({ name, type: columnType(type.entryTypes[i]!) }));

const integers = [
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
];

function columnType(type: DuckDBType): ColumnType {
  const word = DuckDBTypeId[type.typeId];
  if (type.alias === 'JSON') return 'json';
  if (integers.includes(word) || word === 'UHUGEINT' || word === 'BIGNUM') return 'integer';
  if (word === 'DECIMAL' || word === 'DOUBLE' || word === 'FLOAT') return 'number';
  if (word === 'VARCHAR' || word === 'ENUM' || word === 'UUID') return 'text';
  if (word.startsWith('TIMESTAMP')) return 'timestamp';
  if (word.startsWith('TIME')) return 'time';
  switch (word) {
    case 'DATE':
    case 'BOOLEAN':
    case 'STRUCT':
      return word.toLowerCase() as ColumnType;
    case 'LIST':
      return 'array';
    case 'BLOB':
      return 'bytes';
    default:
      return 'other';
  }
}
