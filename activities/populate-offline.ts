import { setImmediate } from 'node:timers/promises';
import type { DatabaseSchema } from '../core/database.js';
import type { Shard } from '../core/plan-shards.js';
import { populatePairs } from '../core/populate/populate.js';
import { stableId } from '../core/sampling/random.js';
import { sumFigures } from '../core/stage-report.js';
import type { Pair, Template } from '../core/template.js';
import { dialects } from '../dialects/registry.js';

export interface PopulateInput {
  dialect: string;
  templates: Template[];
  schema: DatabaseSchema;
  shard: Shard;
  seed: number;
  /** Told how many pairs there are. */
  onProgress: (made: number) => void;
}

export interface PopulateOutput {
  pairs: Pair[];
  attempts: number;
  rejected: Record<string, number>;
}

/** Pairs between two heartbeats. */
const batch = 25;

/** The offline teacher: templates in turn, filled by constraints, their trees read out in words. Deterministic by seed. */
export async function populateOffline(input: PopulateInput): Promise<PopulateOutput> {
  const { dialect, templates, schema, shard, seed, onProgress } = input;
  const { manifest, phrases } = dialects[dialect]!;
  const output: PopulateOutput = { pairs: [], attempts: 0, rejected: {} };
  const part = `${seed}/${schema.name}/${shard.origin}/${shard.offset}`;
  const made = populatePairs(
    { manifest, phrases, templates, schemas: [schema], count: shard.pairs, seed: part },
    batch,
  );
  for (const { pairs, rejects } of made) {
    output.pairs.push(...pairs);
    output.rejected = sumFigures(output.rejected, rejects);
    onProgress(output.pairs.length);
    // Heartbeats, cancellation and other work of this process get their turn.
    await setImmediate();
  }
  output.attempts = output.pairs.length + Object.values(output.rejected).reduce((sum, count) => sum + count, 0);
  return output;
}

export function pairOf(template: Template, database: string, question: string, sql: string, teacher: string): Pair {
  const { dialect, guide, hardness, keywords, skeleton } = template;
  const id = stableId(dialect, database, question, sql);
  return { id, dialect, database, question, sql, template: template.id, guide, teacher, hardness, keywords, skeleton };
}
