import type { Client } from '@temporalio/client';
import type { Database } from '../adapters/postgres/database.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { loadConfig, requireStack } from '../schema/config.js';

/** Runs `work` with a client of the Temporal server, and closes it. */
export async function withTemporal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const { connectClient } = await import('../adapters/temporal/connect.js');
  const client = await connectClient(requireStack(loadConfig()).temporal);
  try {
    return await work(client);
  } finally {
    await client.connection.close();
  }
}

/** Runs `work` with the index in PostgreSQL and the artifacts in S3, and closes both. */
export async function withStore<T>(work: (db: Database, store: ArtifactStore) => Promise<T>): Promise<T> {
  const [{ openPostgres }, { openBucket }, { createArtifactStore }, { migrate }] = await Promise.all([
    import('../adapters/postgres/database.js'),
    import('../adapters/s3/bucket.js'),
    import('../adapters/s3/artifact-store.js'),
    import('../adapters/postgres/migrate.js'),
  ]);
  const config = requireStack(loadConfig());
  const db = openPostgres(config.postgres.url);
  const bucket = openBucket(config.s3);
  try {
    await migrate(db);
    return await work(db, createArtifactStore(bucket));
  } finally {
    bucket.close();
    await db.close();
  }
}
