import { dialects } from '../dialects/registry.js';
import { choosePopulateJobs } from '../adapters/llm/choose-jobs.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { askForPairs } from '../adapters/llm/teacher.js';
import { describeStatement } from '../core/sql/describe-statement.js';
import { pairOf, type PopulateInput, type PopulateOutput } from './populate-offline.js';

/**
 * A model as teacher: templates are filled by the same constraints as the offline teacher's, so that they return rows; the model
 * writes the question, and may propose a better fill. What it answers is checked like everything else.
 */
export async function populateByModel(client: ModelClient, input: PopulateInput): Promise<PopulateOutput> {
  const { dialect, templates, schema, shard, seed } = input;
  const { manifest } = dialects[dialect]!;
  const { jobs, unfilled } = choosePopulateJobs({ manifest, templates, schema, shard, seed });
  const output: PopulateOutput = { pairs: [], attempts: jobs.length + unfilled, rejected: {} };
  const reject = (reason: string): void => void (output.rejected[reason] = (output.rejected[reason] ?? 0) + 1);
  for (let n = 0; n < unfilled; n++) reject('not-filled');
  for (const answer of await askForPairs(client, { manifest, schema, jobs, seed })) {
    if ('invalid' in answer) {
      reject('invalid-reply');
      continue;
    }
    const { job, question, sql } = answer;
    const described = sql === job.sql ? {} : describeStatement(sql, manifest);
    output.pairs.push({ ...pairOf(job.template, schema.name, question, sql, client.model), ...described });
  }
  return output;
}
