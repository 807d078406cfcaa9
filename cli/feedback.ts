import { join } from 'node:path';
import { createFeedbackFile } from '../adapters/feedback/feedback-file.js';
import type { Database } from '../adapters/postgres/database.js';
import type { Feedback, FeedbackStore } from '../core/feedback/feedback.js';
import { loadConfig } from '../schema/config.js';

/** Runs `work` with the place where feedback is kept. */
export async function withFeedback<T>(work: (store: FeedbackStore) => Promise<T>): Promise<T> {
  const { store, close } = createFeedback();
  try {
    return await work(store);
  } finally {
    await close();
  }
}

/**
 * The place where feedback is kept now: PostgreSQL where it is configured, else a file under Dialectic's home. PostgreSQL is reached when it
 * is needed first: a server answers questions without it.
 */
export function createFeedback(): { store: FeedbackStore; close(): Promise<void> } {
  const { home, postgres } = loadConfig();
  const file = createFeedbackFile(join(home.state, 'feedback.jsonl'));
  if (!postgres) return { store: file, close: async () => undefined };
  let opened: Promise<Database> | null = null;
  const table = async (): Promise<FeedbackStore> => {
    opened ??= openMigrated(postgres.url).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    const { createFeedbackTable } = await import('../adapters/postgres/queries/feedback.js');
    return createFeedbackTable(await opened);
  };
  // What was said while no PostgreSQL was configured is still in the file.
  const list = async (): Promise<Feedback[]> =>
    [...(await file.list()), ...(await (await table()).list())].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return {
    store: { add: async (feedback) => (await table()).add(feedback), list },
    close: async () => (await opened)?.close(),
  };
}

async function openMigrated(url: string): Promise<Database> {
  const [{ openPostgres }, { migrate }] = await Promise.all([
    import('../adapters/postgres/database.js'),
    import('../adapters/postgres/migrate.js'),
  ]);
  const db = openPostgres(url);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
