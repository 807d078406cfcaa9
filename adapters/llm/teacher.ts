import type { DatabaseSchema } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { Guide, Template } from '../../core/template.js';
import { askAll, type Answered } from './ask-all.js';
import { describeSchema } from './describe-schema.js';
import type { ModelClient } from './model-client.js';
import { expandPromptVersion, expandReply, expandSystem, expandUser } from './prompts/expand-v3.js';
import {
  populatePromptVersion,
  populateReply,
  populateSystem,
  populateUser,
  questionStyles,
} from './prompts/populate-v2.js';
import { repairPromptVersion, repairReply, repairUser } from './prompts/repair-v1.js';

/** Versions of the teacher's prompts: with another one a stage's result is another. */
export const teacherPrompts = [expandPromptVersion, populatePromptVersion, repairPromptVersion];

type Asker = Pick<ModelClient, 'announce' | 'ask'>;

/** A statement to be rewritten as a guide teaches, over the tables of the schema. */
export interface ExpandJob {
  sql: string;
  guide: Guide;
  /** Words of the guide that no template uses so far. */
  wanted: string[];
}

/** A statement the model wrote, or why there is none. Whether it is a template is for expand's own checks to say. */
export type ExpandAnswer = { job: ExpandJob; statements: string[] } | { job: ExpandJob; invalid: string };

interface ExpandInput {
  manifest: DialectManifest;
  schema: DatabaseSchema;
  jobs: ExpandJob[];
  seed: number;
}

/** Asks the teacher for statements that use what the guide teaches. Replies are in the order of the jobs. */
export async function askForStatements(client: Asker, input: ExpandInput): Promise<ExpandAnswer[]> {
  const answers = await askAll(client, input.jobs, expandRequests(input));
  return answers.map((answer) =>
    'value' in answer
      ? { job: answer.job, statements: answer.value.statements.map((statement) => statement.sql) }
      : answer,
  );
}

export function expandRequests({ manifest, seed, ...input }: Omit<ExpandInput, 'jobs'>) {
  const schema = describeSchema(input.schema, 2);
  return ({ sql, guide, wanted }: ExpandJob) => ({
    ...{ stage: 'expand', seed, temperature: 0.8, maxTokens: 1_200 },
    system: expandSystem({ dialect: manifest.title, engine: manifest.engine, schema, guide: guide.text }),
    user: expandUser({ seed: sql, wanted }),
    ...{ schemaName: expandPromptVersion, schema: expandReply },
  });
}

/** A template filled in by rule; `n` numbers the jobs of a shard, so that each is a request of its own, in the next style. */
export interface PopulateJob {
  template: Template;
  sql: string;
  n: number;
}

export type PopulateAnswer =
  { job: PopulateJob; sql: string; question: string } | { job: PopulateJob; invalid: string };

interface PopulateInput {
  manifest: DialectManifest;
  schema: DatabaseSchema;
  jobs: PopulateJob[];
  seed: number;
}

/** Asks the teacher for the questions of filled templates; it may propose a better fill. */
export async function askForPairs(client: Asker, input: PopulateInput): Promise<PopulateAnswer[]> {
  const answers = await askAll(client, input.jobs, populateRequests(input));
  return answers.map((answer) =>
    'value' in answer
      ? { job: answer.job, question: answer.value.question, sql: answer.value.sql ?? answer.job.sql }
      : answer,
  );
}

export function populateRequests({ seed, ...input }: Omit<PopulateInput, 'jobs'>) {
  const system = populateSystemOf(input);
  return ({ sql, n }: PopulateJob) => ({
    ...{ stage: 'populate', seed: seed + n, temperature: 0.7, maxTokens: 600, system },
    user: populateUser({ sql, style: questionStyles[n % questionStyles.length]! }),
    ...{ schemaName: populatePromptVersion, schema: populateReply },
  });
}

/** A pair that was rejected, with what the engine, a rule or the judge said of it. */
export interface RepairJob<P extends { sql: string; question: string }> {
  pair: P;
  reason: string;
  evidence: string;
}

/** Asks the teacher once to mend pairs, below the same system prompt that they were written under. */
export async function askForRepairs<P extends { sql: string; question: string }>(
  client: Asker,
  input: { manifest: DialectManifest; schema: DatabaseSchema; jobs: RepairJob<P>[] },
): Promise<Answered<RepairJob<P>, { sql: string; question: string }>[]> {
  return askAll(client, input.jobs, repairRequests(input));
}

const repairSeed = 17;

export function repairRequests(input: { manifest: DialectManifest; schema: DatabaseSchema }) {
  const system = populateSystemOf(input);
  return <P extends { sql: string; question: string }>({ pair, reason, evidence }: RepairJob<P>) => ({
    ...{ stage: 'repair', seed: repairSeed, temperature: 0.2, maxTokens: 600, system },
    user: repairUser({ sql: pair.sql, question: pair.question, reason, evidence }),
    ...{ schemaName: repairPromptVersion, schema: repairReply },
  });
}

function populateSystemOf({ manifest, schema }: { manifest: DialectManifest; schema: DatabaseSchema }): string {
  return populateSystem({
    ...{ dialect: manifest.title, engine: manifest.engine },
    ...{ database: schema.name, schema: describeSchema(schema) },
  });
}
