import type { DatabaseSchema } from '../core/database.js';
import type { Shard } from '../core/plan-shards.js';
import { fillTemplate } from '../core/populate/fill.js';
import { createRandom, stableId } from '../core/sampling/random.js';
import type { Pair, Template } from '../core/template.js';
import { verbalise } from '../core/verbalise/verbalise.js';
import { styles } from '../core/verbalise/voice.js';
import { dialects } from '../dialects/registry.js';
import { lexiconOf } from './lexicon.js';

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

/** A template that cannot be filled from this database is not tried for ever. */
const attemptsPerPair = 6;

/** The offline teacher: templates in turn, filled by constraints, their trees read out in words. Deterministic by seed. */
export function populateOffline({
  dialect,
  templates,
  schema,
  shard,
  seed,
  onProgress,
}: PopulateInput): PopulateOutput {
  const { manifest } = dialects[dialect]!;
  const lexicon = lexiconOf(dialect);
  const random = createRandom(`${seed}/${dialect}/${schema.name}/${shard.origin}/${shard.offset}`);
  // Every shard of a database goes on in the same shuffled order where the one before ended.
  const order = createRandom(`${seed}/${dialect}/${schema.name}/${shard.origin}`).shuffle(templates);
  const output: PopulateOutput = { pairs: [], attempts: 0, rejected: {} };
  const seen = new Set<string>();
  const reject = (reason: string): void => void (output.rejected[reason] = (output.rejected[reason] ?? 0) + 1);

  while (output.pairs.length < shard.pairs && output.attempts < shard.pairs * attemptsPerPair && order.length > 0) {
    const template = order[(shard.offset + output.attempts) % order.length]!;
    output.attempts += 1;
    const filled = fillTemplate({ template, schema, manifest, random });
    if (filled.outcome === 'rejected') {
      reject(filled.reason);
      continue;
    }
    if (seen.has(filled.sql)) {
      reject('same-statement');
      continue;
    }
    const asked = verbalise({ query: filled.query, schema, lexicon, random, style: random.pick(styles) });
    if (asked.outcome === 'unreadable') {
      reject('unreadable');
      continue;
    }
    seen.add(filled.sql);
    output.pairs.push(pairOf(template, schema.name, asked.question, filled.sql, 'offline'));
    if (output.pairs.length % 25 === 0) onProgress(output.pairs.length);
  }
  return output;
}

export function pairOf(template: Template, database: string, question: string, sql: string, teacher: string): Pair {
  const { dialect, guide, hardness, keywords, skeleton } = template;
  const id = stableId(dialect, database, question, sql);
  return { id, dialect, database, question, sql, template: template.id, guide, teacher, hardness, keywords, skeleton };
}
