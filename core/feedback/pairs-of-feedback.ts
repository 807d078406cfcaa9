import type { DialectManifest } from '../dialect.js';
import { stableId } from '../sampling/random.js';
import { describeStatement } from '../sql/describe-statement.js';
import type { Pair } from '../template.js';
import type { Feedback } from './feedback.js';

/** Who wrote a pair that people vouched for. */
export const feedbackTeacher = 'feedback';

/**
 * Pairs to learn from: of each answer the correction, or the statement itself where people said that it is right. The last word on a
 * statement counts, and the same pair comes once. Nothing is checked here; that is the check stage's affair.
 * @param feedback the oldest first
 * @param manifestOf null for a dialect that does not exist any more; its pairs are left out
 */
export function pairsOfFeedback(
  feedback: readonly Feedback[],
  manifestOf: (dialect: string) => DialectManifest | null,
): Pair[] {
  const lastWords = new Map(feedback.map((entry) => [subjectOf(entry), entry]));
  const pairs = new Map<string, Pair>();
  for (const entry of lastWords.values()) {
    const { dialect, database, question } = entry;
    const sql = entry.correctedSql ?? (entry.vote === 'up' ? entry.sql : null);
    const manifest = manifestOf(dialect);
    if (sql === null || manifest === null) continue;
    const id = stableId(dialect, database, question, sql);
    pairs.set(id, {
      ...{ id, dialect, database, question, sql },
      ...{ template: '', guide: null, teacher: feedbackTeacher, hardness: 'medium', keywords: [], skeleton: '' },
      ...describeStatement(sql, manifest),
    });
  }
  return [...pairs.values()];
}

/** A vote replaces an earlier one on the same statement; a correction replaces an earlier correction of it. */
const subjectOf = ({ dialect, database, question, sql }: Feedback): string =>
  JSON.stringify([dialect, database, question, sql]);
