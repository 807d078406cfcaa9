import type { DatabaseSchema, SqlValue } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import { askAll } from './ask-all.js';
import { describeSchema } from './describe-schema.js';
import type { ModelClient } from './model-client.js';
import { judgePromptVersion, judgeReply, judgeSystem, judgeUser } from './prompts/judge-v1.js';

/** Versions of the judge's prompts. */
export const judgePrompts = [judgePromptVersion];

export interface JudgeJob {
  id: string;
  question: string;
  sql: string;
  /** First rows of the statement's result, as evidence. */
  rows: SqlValue[][];
}

export type JudgeAnswer = { job: JudgeJob; aligned: boolean; reason: string } | { job: JudgeJob; invalid: string };

const judgeSeed = 17;

/** Asks the judge, who must be another model than the teacher, whether the statements answer their questions. */
export async function askForVerdicts(
  client: Pick<ModelClient, 'announce' | 'ask'>,
  input: { manifest: DialectManifest; schema: DatabaseSchema; jobs: JudgeJob[] },
): Promise<JudgeAnswer[]> {
  const answers = await askAll(client, input.jobs, judgeRequests(input));
  return answers.map((answer) => ('value' in answer ? { job: answer.job, ...answer.value } : answer));
}

export function judgeRequests(input: { manifest: DialectManifest; schema: DatabaseSchema }) {
  const system = judgeSystem({
    ...{ dialect: input.manifest.title, database: input.schema.name },
    schema: describeSchema(input.schema, 2),
  });
  return ({ question, sql, rows }: JudgeJob) => ({
    ...{ stage: 'check', seed: judgeSeed, temperature: 0, maxTokens: 300, system },
    user: judgeUser({ question, sql, rows: JSON.stringify(rows.slice(0, 5)) }),
    ...{ schemaName: judgePromptVersion, schema: judgeReply },
  });
}
