import { join } from 'node:path';
import { createFeedbackFile } from '../adapters/feedback/feedback-file.js';
import type { Database } from '../adapters/postgres/database.js';
import type { Feedback, FeedbackStore } from '../core/feedback/feedback.js';
import { loadConfig } from '../schema/config.js';

/** Runs `work` with the place where feedback is kept now: PostgreSQL where it is configured, else a file under Dialectic's home. */
export async function withFeedback<T>(work: (store: FeedbackStore) => Promise<T>): Promise<T> {
  const { store, close } = await openFeedback();
  try {
    return await work(store);
  } finally {
    await close();
  }
}

/** The same for a process that keeps it open. */
export async function openFeedback(): Promise<{ store: FeedbackStore; close(): Promise<void> }> {
  const { home, postgres } = loadConfig();
  const file = createFeedbackFile(join(home.state, 'feedback.jsonl'));
  if (!postgres) return { store: file, close: async () => undefined };
  const [{ openPostgres }, { migrate }, { createFeedbackTable }] = await Promise.all([
    import('../adapters/postgres/database.js'),
    import('../adapters/postgres/migrate.js'),
    import('../adapters/postgres/queries/feedback.js'),
  ]);
  const db: Database = openPostgres(postgres.url);
  try {
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  const table = createFeedbackTable(db);
  // What was said while no PostgreSQL was configured is still in the file.
  const list = async (): Promise<Feedback[]> =>
    [...(await file.list()), ...(await table.list())].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return { store: { add: table.add, list }, close: () => db.close() };
}
