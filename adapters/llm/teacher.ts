import type { DatabaseSchema, SqlValue } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { Guide, Template } from '../../core/template.js';
import { askAll } from './ask-all.js';
import { describeSchema } from './describe-schema.js';
import type { ModelClient } from './model-client.js';
import { expandPromptVersion, expandReply, expandSystem, expandUser } from './prompts/expand-v1.js';
import { judgePromptVersion, judgeReply, judgeSystem, judgeUser } from './prompts/judge-v1.js';
import {
  populatePromptVersion,
  populateReply,
  populateSystem,
  populateUser,
  questionStyles,
} from './prompts/populate-v1.js';

export interface TeacherSettings {
  client: ModelClient;
  temperature: number;
  maxTokens: number;
  seed: number;
}

/** One seed to be rewritten as a guide teaches; `sql` is the seed filled in over the tables of `schema`. */
export interface ExpandJob {
  seed: Template;
  sql: string;
  guide: Guide;
}

/** A statement the model wrote, or why there is none. Whether it is a template is for expand's own checks to say. */
export type ExpandAnswer = { job: ExpandJob; statements: string[] } | { job: ExpandJob; invalid: string };

/** Asks the teacher for statements that use what the guide teaches. Replies are in the order of the jobs. */
export async function askForStatements(
  { client, ...settings }: TeacherSettings,
  input: { manifest: DialectManifest; schema: DatabaseSchema; jobs: ExpandJob[] },
): Promise<ExpandAnswer[]> {
  const schema = describeSchema(input.schema, 2);
  const answers = await askAll(input.jobs, async (job) => {
    const { value } = await client.ask({
      ...settings,
      stage: 'expand',
      system: expandSystem({
        dialect: input.manifest.title,
        engine: input.manifest.engine,
        schema,
        guide: job.guide.text,
      }),
      user: expandUser({ seed: job.sql }),
      schemaName: expandPromptVersion,
      schema: expandReply,
    });
    return value.statements.map((statement) => statement.sql);
  });
  return answers.map((answer) =>
    'value' in answer ? { job: answer.job, statements: answer.value } : { job: answer.job, invalid: answer.invalid },
  );
}

export type PopulateAnswer =
  { job: PopulateJob; sql: string; question: string } | { job: PopulateJob; invalid: string };

/** One template to be filled in; `n` numbers the fills of a template, so that each is a request of its own in another style. */
export interface PopulateJob {
  template: Template;
  n: number;
}

/** Asks the teacher to fill templates for one database and to write the questions. */
export async function askForPairs(
  { client, ...settings }: TeacherSettings,
  input: { manifest: DialectManifest; schema: DatabaseSchema; jobs: PopulateJob[] },
): Promise<PopulateAnswer[]> {
  const system = populateSystem({
    dialect: input.manifest.title,
    engine: input.manifest.engine,
    database: input.schema.name,
    schema: describeSchema(input.schema),
  });
  const answers = await askAll(input.jobs, async (job) => {
    const { value } = await client.ask({
      ...settings,
      seed: settings.seed + job.n,
      stage: 'populate',
      system,
      user: populateUser({ template: job.template.sql, style: questionStyles[job.n % questionStyles.length]! }),
      schemaName: populatePromptVersion,
      schema: populateReply,
    });
    return value;
  });
  return answers.map((answer) =>
    'value' in answer ? { job: answer.job, ...answer.value } : { job: answer.job, invalid: answer.invalid },
  );
}

export interface JudgeJob {
  id: string;
  question: string;
  sql: string;
  /** First rows of the statement's result, as evidence. */
  rows: SqlValue[][];
}

export type JudgeAnswer = { job: JudgeJob; aligned: boolean; reason: string } | { job: JudgeJob; invalid: string };

/** Asks the judge, who must be another model than the teacher, whether the statements answer their questions. */
export async function askForVerdicts(
  { client, ...settings }: TeacherSettings,
  input: { manifest: DialectManifest; schema: DatabaseSchema; jobs: JudgeJob[] },
): Promise<JudgeAnswer[]> {
  const system = judgeSystem({
    dialect: input.manifest.title,
    database: input.schema.name,
    schema: describeSchema(input.schema, 2),
  });
  const answers = await askAll(input.jobs, async (job) => {
    const { value } = await client.ask({
      ...settings,
      stage: 'check',
      system,
      user: judgeUser({ question: job.question, sql: job.sql, rows: JSON.stringify(job.rows.slice(0, 5)) }),
      schemaName: judgePromptVersion,
      schema: judgeReply,
    });
    return value;
  });
  return answers.map((answer) =>
    'value' in answer ? { job: answer.job, ...answer.value } : { job: answer.job, invalid: answer.invalid },
  );
}
