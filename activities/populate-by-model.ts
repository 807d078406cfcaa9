import { guard } from '../core/sql/guard.js';
import { dialects } from '../dialects/registry.js';
import { askForPairs } from '../adapters/llm/teacher.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { createRandom } from '../core/sampling/random.js';
import { pairOf, type PopulateInput, type PopulateOutput } from './populate-offline.js';

const settings = { temperature: 0.7, maxTokens: 800 };
/** Jobs asked for at a time; the client's own limit says how many of them at once. */
const round = 50;

/** A model as teacher: it fills the templates and writes the questions. What it answers is checked like everything else. */
export async function populateByModel(client: ModelClient, input: PopulateInput): Promise<PopulateOutput> {
  const { dialect, templates, schema, shard, seed, onProgress } = input;
  const { manifest } = dialects[dialect]!;
  const order = createRandom(`${seed}/${dialect}/${schema.name}/${shard.origin}`).shuffle(templates);
  const output: PopulateOutput = { pairs: [], attempts: 0, rejected: {} };
  const reject = (reason: string): void => void (output.rejected[reason] = (output.rejected[reason] ?? 0) + 1);
  while (output.attempts < shard.pairs && order.length > 0) {
    const from = shard.offset + output.attempts;
    const jobs = Array.from({ length: Math.min(round, shard.pairs - output.attempts) }, (_, index) => ({
      template: order[(from + index) % order.length]!,
      n: Math.floor((from + index) / order.length),
    }));
    for (const answer of await askForPairs({ client, ...settings, seed }, { manifest, schema, jobs })) {
      if ('invalid' in answer) reject('invalid-reply');
      else if (guard(answer.sql, manifest).outcome === 'refused') reject('parse-error');
      else output.pairs.push(pairOf(answer.job.template, schema.name, answer.question, answer.sql, client.model));
    }
    output.attempts += jobs.length;
    onProgress(output.pairs.length);
  }
  return output;
}
