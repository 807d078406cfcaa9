import type { ExecutionOutcome } from '../database.js';

/** What a person said of one answer. */
export interface Feedback {
  id: string;
  /** ISO, UTC. */
  time: string;
  question: string;
  database: string;
  dialect: string;
  model: string;
  /** The model's statement; null where its answer held none. */
  sql: string | null;
  /** What it should have been; null where nobody wrote it. */
  correctedSql: string | null;
  vote: 'up' | 'down';
  /** What the judged statement came to when it was run; null where nothing was. */
  outcome: ExecutionOutcome['kind'] | null;
}

/** Where feedback is kept. What `add` has returned from survives the loss of the process and of the machine's power. */
export interface FeedbackStore {
  add(feedback: Feedback): Promise<void>;
  /** The oldest first. */
  list(): Promise<Feedback[]>;
}
