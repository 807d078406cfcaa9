import type { Feedback, FeedbackStore } from '../../../core/feedback/feedback.js';
import type { Queryable } from '../database.js';

/** Feedback in the index: several servers share it. */
export function createFeedbackTable(db: Queryable): FeedbackStore {
  return {
    async add({ id, time, question, database, dialect, model, sql, correctedSql, vote, outcome }) {
      await db.query(
        `INSERT INTO feedback (id, time, question, database, dialect, model, sql, corrected_sql, vote, outcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
        [id, time, question, database, dialect, model, sql, correctedSql, vote, outcome],
      );
    },
    list: () =>
      db.query<Feedback>(
        `SELECT id, time, question, database, dialect, model, sql, corrected_sql AS "correctedSql", vote, outcome
         FROM feedback ORDER BY time, id`,
      ),
  };
}
