import type { DatabaseSchema } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import type { Shard } from '../../core/plan-shards.js';
import { fillTemplate } from '../../core/populate/fill.js';
import { createRandom } from '../../core/sampling/random.js';
import type { Guide, Template } from '../../core/template.js';
import type { ExpandJob, PopulateJob } from './teacher.js';

/** Words of a guide that a question names as not used so far. */
const wantedWords = 6;
/** Seeds asked with one guide in a round: from the second on a server has its text in memory. */
const seedsOfGuide = 3;

/**
 * The questions of a round of expanding, those of one guide after another: what they have in common is then in a server's prompt
 * cache. The guides that taught least come first. Every seed is filled in over the example tables, so that the model sees a
 * statement and not a template.
 */
export function chooseExpandJobs(
  input: {
    manifest: DialectManifest;
    schema: DatabaseSchema;
    seeds: Template[];
    guides: Guide[];
    known: Template[];
    seed: number;
  },
  count: number,
): ExpandJob[] {
  const { manifest, schema, seeds, guides, known, seed } = input;
  const random = createRandom(`${seed}/expand/${manifest.name}/${known.length}`);
  const taught = new Map<string, number>();
  for (const { guide } of known) if (guide) taught.set(guide, (taught.get(guide) ?? 0) + 1);
  const used = new Set([...seeds, ...known].flatMap((template) => template.keywords));
  const byNeed = random
    .shuffle(guides)
    .sort((a, b) => (taught.get(a.id) ?? 0) - (taught.get(b.id) ?? 0))
    .slice(0, Math.ceil(count / seedsOfGuide));
  const filled = random.shuffle(seeds).flatMap((template) => {
    const outcome = fillTemplate({ template, schema, manifest, random });
    return outcome.outcome === 'filled' ? [outcome.sql] : [];
  });
  if (filled.length === 0) return [];
  let taken = 0;
  return byNeed.flatMap((guide, place) => {
    const unused = guide.teaches.filter((word) => !used.has(word));
    const share = Math.floor(count / byNeed.length) + (place < count % byNeed.length ? 1 : 0);
    return Array.from({ length: share }, () => ({
      ...{ guide, sql: filled[taken++ % filled.length]! },
      wanted: random.shuffle(unused).slice(0, wantedWords),
    }));
  });
}

/** A shard's templates in turn, filled for its database; `unfilled` are those that this database has no columns or values for. */
export function choosePopulateJobs(input: {
  manifest: DialectManifest;
  templates: Template[];
  schema: DatabaseSchema;
  shard: Pick<Shard, 'origin' | 'pairs' | 'offset'>;
  seed: number;
}): { jobs: PopulateJob[]; unfilled: number } {
  const { manifest, templates, schema, shard, seed } = input;
  const part = `${seed}/${manifest.name}/${schema.name}/${shard.origin}`;
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
