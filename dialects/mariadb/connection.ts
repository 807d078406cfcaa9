import mysql, { type Connection, type ConnectionOptions, type FieldPacket } from 'mysql2';
import type { SqlValue } from '../../core/database.js';
import type { MariadbSource } from './engine.js';
import { readField } from './value.js';

/** What `mariadb://user:password@host:port/database` says. A password is percent-encoded where it must be. */
export function optionsOf(url: string): ConnectionOptions {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)) || undefined,
    connectTimeout: 10_000,
    charset: 'utf8mb4',
    // A server must not be able to ask for a file of this machine (LOAD DATA LOCAL).
    flags: ['-LOCAL_FILES'],
    ...(searchParams.get('tls') === 'true' ? { ssl: {} } : {}),
  };
}

/**
 * The same in every session: UTC, and no column beside a GROUP BY that the groups do not determine, for its value would be
 * any row's.
 */
const settings = `time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'`;

/** A connection for reading, made again when it was lost. */
export class ReaderConnection {
  private connection: Connection | null = null;
  private clean: Promise<void> = Promise.resolve();

  constructor(private readonly source: MariadbSource) {}

  /** Runs a statement of our own and gives its rows. */
  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    const connection = await this.connected();
    const [rows] = await connection.promise().query(sql, values);
    return rows as T[];
  }

  /** Runs one statement; every row goes to `take`, until that answers false. */
  async stream(sql: string, take: (row: SqlValue[]) => boolean): Promise<string[]> {
    const connection = await this.connected();
    return new Promise((resolve, reject) => {
      let columns: string[] = [];
      const query = connection.query({ sql, rowsAsArray: true, typeCast: readField });
      query.on('fields', (fields: FieldPacket[]) => (columns = fields.map(({ name }) => name)));
      query.on('result', (row) => {
        if (take(row as unknown as SqlValue[])) return;
        // The rest would still be sent: only the connection's end stops it.
        this.drop();
        resolve(columns);
      });
      query.on('error', reject);
      query.on('end', () => resolve(columns));
    });
  }

  /** Asks the server, over a second connection, to stop what this one runs. */
  async cancel(): Promise<void> {
    const id = this.connection?.threadId;
    if (id === undefined || id === null) return;
    const second = mysql.createConnection(optionsOf(this.source.url));
    second.on('error', () => undefined);
    try {
      await second.promise().query(`KILL QUERY ${id}`);
    } finally {
      second.destroy();
    }
  }

  /** Leaves nothing behind: no transaction, no variable, no setting, no named lock. The next statement waits for it. */
  reset(): void {
    const { connection } = this;
    if (!connection) return;
    this.clean = new Promise((resolve) => {
      connection.reset((error) => {
        if (error) this.drop();
        resolve();
      });
    });
  }

  close(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }

  private drop(): void {
    this.connection?.destroy();
    this.connection = null;
  }

  private async connected(): Promise<Connection> {
    await this.clean;
    if (this.connection) return this.connection;
    const connection = mysql.createConnection(optionsOf(this.source.url));
    connection.on('error', () => this.forget(connection));
    connection.on('end', () => this.forget(connection));
    await connection.promise().connect();
    this.connection = connection;
    return connection;
  }

  private forget(connection: Connection): void {
    if (this.connection === connection) this.connection = null;
  }

  /** Begins a transaction that cannot write, under settings that hold until the next reset. */
  async begin(timeoutMs: number): Promise<void> {
    await this.rows(`SET SESSION ${settings}, max_statement_time = ${timeoutMs / 1000}`);
    await this.rows('START TRANSACTION READ ONLY');
  }
}
