import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { SqlValue } from '../../core/database.js';
import type { DuckDbSource } from './engine.js';
import { loadData } from './load.js';
import { toSqlValue } from './value.js';

/** No file but the database's own, no network, no extension; one thread, so that a statement runs where it is called. */
const settings = {
  threads: '1',
  memory_limit: '512MB',
  // Nowhere to spill to: what does not fit into the limit fails.
  temp_directory: '',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

/** One database with an instance of DuckDB to itself, so that no statement can see another database. */
export class Connection {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly duckdb: DuckDBConnection,
  ) {}

  /** Opens a file for reading, or makes the tables in memory; from here on nothing of the configuration can change. */
  static async open(source: DuckDbSource): Promise<Connection> {
    const instance =
      'file' in source
        ? await DuckDBInstance.create(source.file, { ...settings, access_mode: 'READ_ONLY' })
        : await DuckDBInstance.create(':memory:', settings);
    const connection = new Connection(instance, await instance.connect());
    if ('data' in source) await loadData(connection, source.data);
    await connection.rows(`SET TimeZone = 'UTC'`);
    await connection.rows('SET lock_configuration = true');
    return connection;
  }

  /** Runs a statement of our own; each row is an object by column name. */
  async rows<Row extends Record<string, SqlValue>>(sql: string, bind: string[] = []): Promise<Row[]> {
    const reader = await this.duckdb.runAndReadAll(sql, bind);
    const names = reader.columnNames();
    return reader
      .getRows()
      .map((row) => Object.fromEntries(row.map((value, i) => [names[i]!, toSqlValue(value)])) as Row);
  }

  close(): void {
    this.duckdb.closeSync();
    this.instance.closeSync();
  }
}
