import pg from 'pg';
import type { PostgresSource } from './engine.js';
import { quoteName } from './quote.js';

/** Values arrive as the server's text; value.ts reads them by their type. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (text: unknown) => text } as never;

/** A connection for reading, made again when it was lost. */
export class ReaderConnection {
  private client: pg.Client | null = null;
  private processId = 0;
  private clean: Promise<void> = Promise.resolve();

  constructor(private readonly source: PostgresSource) {}

  /** Runs a statement of our own and gives its rows, every value as text. */
  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = await this.connected();
    return (await client.query({ text: sql, values, types: asText })).rows as T[];
  }

  /** Runs one statement by the extended protocol, in which the server takes no second one; rows come as arrays of text. */
  async single(sql: string): Promise<pg.QueryArrayResult<(string | null)[]>> {
    const client = await this.connected();
    return client.query({ text: sql, queryMode: 'extended', rowMode: 'array', types: asText } as never) as never;
  }

  /** Runs statements of our own that give no rows. */
  async run(sql: string): Promise<void> {
    await (await this.connected()).query(sql);
  }

  /** Asks the server, over a second connection, to stop what this one runs. */
  async cancel(): Promise<void> {
    const second = this.newClient();
    try {
      await second.connect();
      await second.query('SELECT pg_cancel_backend($1)', [this.processId]);
    } finally {
      await second.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  /**
   * Leaves nothing behind: no transaction, no setting, no session lock. The next statement waits for it; a connection
   * that cannot be cleaned is closed.
   */
  reset(): void {
    const { client } = this;
    if (!client) return;
    this.clean = client
      .query('ROLLBACK')
      .then(() => client.query('DISCARD ALL'))
      .then(() => undefined)
      .catch(() => this.close());
  }

  private async connected(): Promise<pg.Client> {
    await this.clean;
    if (this.client) return this.client;
    const client = this.newClient();
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    await client.connect();
    this.processId = (client as unknown as { processID: number }).processID;
    this.client = client;
    return client;
  }

  private forget(client: pg.Client): void {
    if (this.client === client) this.client = null;
  }

  private newClient(): pg.Client {
    const { url, schema } = this.source;
    const settings = [
      '-c TimeZone=UTC',
      '-c DateStyle=ISO',
      '-c IntervalStyle=postgres',
      '-c default_transaction_read_only=on',
      // With the setting off a backslash would hide a quote from the guard.
      '-c standard_conforming_strings=on',
    ];
    if (schema) settings.push(`-c search_path=${quoteName(schema)}`);
    return new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      options: settings.join(' '),
      application_name: 'dialectic reader',
    });
  }
}
