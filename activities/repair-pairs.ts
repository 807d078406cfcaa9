import type { DatabaseSchema } from '../core/database.js';
import { stableId } from '../core/sampling/random.js';
import type { Verdict, VerdictReason } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { askForRepairs } from '../adapters/llm/teacher.js';
import { describeStatement } from '../core/sql/describe-statement.js';
import type { PopulatedPair } from './populate.js';

/** What the teacher can mend when it is told. A timeout, a duplicate or a statement that writes is not worth a second try. */
const repairable: readonly VerdictReason[] = [
  'parse-error',
  'invalid',
  'runtime-error',
  'empty-result',
  'all-null',
  'constant-result',
  'value-not-in-question',
  'question-unnatural',
  'contradicts-order',
  'contradicts-aggregate',
  'judge-disagrees',
];

/** A pair and what the checks said of it. */
export interface CheckedPair {
  pair: PopulatedPair;
  verdict: Verdict;
}

/** A pair as the teacher mended it, and the id of the one that it stands for. */
export interface Mended {
  instead: string;
  pair: PopulatedPair;
}

/** Asks the teacher once for each rejected pair, with the engine's error, the rule or the judge's reason. What comes back is checked as if it were new. */
export async function repairPairs(
  client: ModelClient,
  input: { dialect: string; rejected: CheckedPair[]; schemaOf: (database: string) => Promise<DatabaseSchema> },
): Promise<{ asked: number; mended: Mended[] }> {
  const { manifest } = dialects[input.dialect]!;
  const worth = input.rejected.filter(({ verdict }) => verdict.reason !== null && repairable.includes(verdict.reason));
  const mended: Mended[] = [];
  for (const database of new Set(worth.map(({ pair }) => pair.database))) {
    const jobs = worth
      .filter(({ pair }) => pair.database === database)
      .map(({ pair, verdict }) => ({ pair, reason: verdict.reason!, evidence: verdict.evidence ?? '' }));
    const schema = await input.schemaOf(database);
    for (const answer of await askForRepairs(client, { manifest, schema, jobs })) {
      if ('invalid' in answer) continue;
      const { pair } = answer.job;
      const { sql, question } = answer.value;
      if (sql === pair.sql && question === pair.question) continue;
      const id = stableId(pair.dialect, database, question, sql);
      const described = sql === pair.sql ? {} : describeStatement(sql, manifest);
      mended.push({ instead: pair.id, pair: { ...pair, ...described, id, sql, question } });
    }
  }
  return { asked: worth.length, mended };
}
