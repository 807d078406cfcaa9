import type { DatabaseSchema } from '../core/database.js';
import { fillTemplate } from '../core/populate/fill.js';
import { createRandom } from '../core/sampling/random.js';
import type { Template } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { askForPairs, type PopulateJob } from '../adapters/llm/teacher.js';
import { describeStatement } from './describe-statement.js';
import { pairOf, type PopulateInput, type PopulateOutput } from './populate-offline.js';

/**
 * A model as teacher: templates are filled by the same constraints as the offline teacher's, so that they return rows; the model
 * writes the question, and may propose a better fill. What it answers is checked like everything else.
 */
export async function populateByModel(client: ModelClient, input: PopulateInput): Promise<PopulateOutput> {
  const { dialect, schema, seed } = input;
  const { manifest } = dialects[dialect]!;
  const { jobs, unfilled } = choosePopulateJobs(input);
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

/** A shard's templates in turn, filled for its database; `unfilled` are those that this database has no columns or values for. */
export function choosePopulateJobs(input: {
  dialect: string;
  templates: Template[];
  schema: DatabaseSchema;
  shard: PopulateInput['shard'];
  seed: number;
}): { jobs: PopulateJob[]; unfilled: number } {
  const { dialect, templates, schema, shard, seed } = input;
  const { manifest } = dialects[dialect]!;
  const part = `${seed}/${dialect}/${schema.name}/${shard.origin}`;
  const order = createRandom(part).shuffle(templates);
  const random = createRandom(`${part}/${shard.offset}`);
  const jobs = Array.from({ length: order.length === 0 ? 0 : shard.pairs }, (_, index) => {
    const n = shard.offset + index;
    const template = order[n % order.length]!;
    const outcome = fillTemplate({ template, schema, manifest, random });
    return outcome.outcome === 'filled' ? { template, sql: outcome.sql, n } : null;
  });
  const filled = jobs.filter((job) => job !== null);
  return { jobs: filled, unfilled: jobs.length - filled.length };
}
