/**
 * What a language model makes of a dialect as its teacher: yield of every stage, rejects by reason, and coverage, beside the
 * offline teacher with as many templates and pairs. In one process, without Temporal and S3; PostgreSQL's engine needs the
 * local stack. Every answer is kept in a file, so that it goes on where it was stopped:
 *
 *     dialectic teacher up
 *     npx tsx bench/corpus/teacher-yield.ts --dialect sqlite --expansions 200 --pairs 200 --out teacher-sqlite.json
 */
import { parseArgs } from 'node:util';
import { readFileSync, writeFileSync } from 'node:fs';
import { createDatabases } from '../../activities/databases.js';
import { exampleDatabase, exampleEntry } from '../../activities/example-database.js';
import { expandByModel } from '../../activities/expand-by-model.js';
import { populateByModel } from '../../activities/populate-by-model.js';
import type { PopulatedPair } from '../../activities/populate.js';
import { repairPairs } from '../../activities/repair-pairs.js';
import { createModelClient, type ModelClient } from '../../adapters/llm/model-client.js';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import { checkPair } from '../../core/checks/pipeline.js';
import { createRoundTripJudge } from '../../core/checks/round-trip.js';
import { expandTemplates } from '../../core/expand/expand.js';
import { catalogueCoverage } from '../../core/metrics/catalogue-coverage.js';
import { countBy } from '../../core/metrics/diversity.js';
import { populatePairs } from '../../core/populate/populate.js';
import { loadSeeds } from '../../core/seeds/load.js';
import { sumFigures } from '../../core/stage-report.js';
import type { Pair, Template, Verdict } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';
import { loadConfig } from '../../schema/config.js';
import { openFileLedger } from './file-ledger.js';

const { values: flags } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'sqlite' },
    expansions: { type: 'string', default: '20' },
    pairs: { type: 'string', default: '20' },
    database: { type: 'string', default: 'retail' },
    seed: { type: 'string', default: '1' },
    url: { type: 'string', default: 'http://127.0.0.1:8377/v1' },
    model: { type: 'string', default: 'qwen2.5-coder-1.5b-instruct' },
    concurrency: { type: 'string', default: '8' },
    ledger: { type: 'string', default: 'teacher-yield.jsonl' },
    out: { type: 'string' },
  },
});
const dialect = flags.dialect;
const seed = Number(flags.seed);
const { manifest, phrases } = dialects[dialect]!;
const judgeRoundTrip = createRoundTripJudge(manifest, phrases);
const config = loadConfig();
const databases = createDatabases({
  ...{ postgresUrl: config.postgres?.url, googlesqlDir: config.home.googlesql },
} as Parameters<typeof createDatabases>[0]);
const entry = { name: flags.database, url: `sample:${flags.database}`, dialect: null };
const session = await databases.open(entry, dialect);
const examples = await databases.open(exampleEntry, dialect);
const schema = await databases.schema(entry, dialect);
const functions = await databases.functions(dialect);
const guides = await readBuiltInGuides(dialect);
const seedFile: unknown = JSON.parse(readFileSync(new URL('../../core/templates/seeds.json', import.meta.url), 'utf8'));
const seeds = loadSeeds(seedFile, { source: dialects['sqlite']!.manifest, target: manifest }).templates;

const client = createModelClient({
  ...{ model: flags.model, baseUrl: flags.url, timeoutMs: 1_800_000, ledger: openFileLedger(flags.ledger) },
  concurrency: { start: Number(flags.concurrency), max: Number(flags.concurrency) },
});
const progress = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** Templates that the model wrote, and what became of its statements. */
async function expand(
  model: ModelClient,
  wanted: number,
): Promise<{ made: Template[]; rejects: Record<string, number> }> {
  const made: Template[] = [];
  let rejects: Record<string, number> = {};
  const tried = (): number => made.length + Object.values(rejects).reduce((sum, count) => sum + count, 0);
  // Every round asks anew: one that gave nothing must not be counted again.
  for (let round = seed; tried() < wanted; round += 1_000) {
    const known = [...seeds, ...made];
    const count = Math.min(36, wanted - tried());
    const input = { dialect, seeds, guides, known, functions, seed: round, wanted: count };
    const answered = await expandByModel(model, input, examples);
    made.push(...answered.templates);
    rejects = sumFigures(rejects, answered.rejects);
    progress(`expand: ${made.length} templates of ${tried()} statements`);
  }
  return { made, rejects };
}

/** The checks of the engine and the rules; the round-trip judge's word is kept apart, for it was made for the offline teacher. */
async function check(pairs: PopulatedPair[]): Promise<{ verdicts: Verdict[]; disagreements: Map<string, string> }> {
  const disagreements = new Map<string, string>();
  const verdicts: Verdict[] = [];
  for (const pair of pairs)
    verdicts.push(
      await checkPair(pair, {
        ...{ manifest, maxRows: 1_000 },
        execute: (sql) => session.execute(sql, { timeoutMs: 5_000, maxRows: 1_001 }),
        judge: ({ query }) => {
          const objection = judgeRoundTrip(pair.question, query, schema);
          if (objection) disagreements.set(pair.id, objection.evidence);
          return null;
        },
      }),
    );
  return { verdicts, disagreements };
}

const tally = (texts: string[]): Record<string, number> => Object.fromEntries(countBy(texts));

function summary(pairs: Pair[], { verdicts, disagreements }: Awaited<ReturnType<typeof check>>) {
  const accepted = pairs.filter((_, index) => verdicts[index]!.accepted);
  const used = tally(accepted.flatMap((pair) => pair.keywords));
  const coverage = catalogueCoverage(manifest, functions, used);
  const share = (part: { covered: string[]; missing: string[] }): string =>
    `${part.covered.length} of ${part.covered.length + part.missing.length}`;
  return {
    ...{ pairs: pairs.length, accepted: accepted.length },
    rejects: tally(verdicts.flatMap(({ reason }) => reason ?? [])),
    judgeDisagrees: accepted.filter(({ id }) => disagreements.has(id)).length,
    skeletons: new Set(accepted.map((pair) => pair.skeleton)).size,
    ...{ functions: share(coverage.functions), keywords: share(coverage.keywords) },
  };
}

async function byModel() {
  const { made, rejects } = await expand(client, Number(flags.expansions));
  const shard = { database: entry, origin: 'expanded' as const, pairs: Number(flags.pairs), offset: 0 };
  const populated = await populateByModel(client, {
    ...{ dialect, schema, shard, seed, onProgress: () => undefined },
    // Too few of its own would be asked for over and over.
    templates: made.length * 2 >= Number(flags.pairs) ? made : [...made, ...seeds.slice(0, Number(flags.pairs))],
  });
  progress(`populate: ${populated.pairs.length} pairs of ${populated.attempts}`);
  const pairs = populated.pairs.map((pair): PopulatedPair => ({ ...pair, origin: 'expanded' }));
  const first = await check(pairs);
  const rejected = pairs.flatMap((pair, index) => {
    const verdict = first.verdicts[index]!;
    return verdict.accepted ? [] : [{ pair, verdict }];
  });
  const { asked, mended } = await repairPairs(client, { dialect, rejected, schemaOf: async () => schema });
  const second = await check(mended.map(({ pair }) => pair));
  const rows = [...pairs, ...mended.map(({ pair }) => pair)].map((pair, index) => {
    const verdict = [...first.verdicts, ...second.verdicts][index]!;
    const judge = first.disagreements.get(pair.id) ?? second.disagreements.get(pair.id) ?? null;
    const repaired = index >= pairs.length;
    return {
      question: pair.question,
      sql: pair.sql,
      repaired,
      reason: verdict.reason,
      evidence: verdict.evidence,
      judge,
    };
  });
  return {
    teacher: flags.model,
    expand: { templates: made.length, rejects },
    populate: { pairs: pairs.length, rejects: populated.rejected },
    check: summary(pairs, first),
    repair: { asked, answered: mended.length, accepted: second.verdicts.filter(({ accepted }) => accepted).length },
    tokens: { ...client.tally },
    ...{ templates: made.map(({ sql }) => sql), rows },
  };
}

async function offline(templates: number, count: number) {
  const expanded = expandTemplates({
    ...{ manifest, phrases, examples: exampleDatabase(dialect), seeds, guides, functions },
    ...{ target: seeds.length + templates, seed },
  } as Parameters<typeof expandTemplates>[0]);
  const own = expanded.templates.filter(({ origin }) => origin !== 'seed').slice(0, templates);
  const pairs: Pair[] = [];
  for (const part of populatePairs({ manifest, phrases, templates: own, schemas: [schema], count, seed: flags.seed }))
    pairs.push(...part.pairs);
  const rows = pairs.map((pair): PopulatedPair => ({ ...pair, origin: 'expanded' }));
  return { teacher: 'offline', expand: { templates: own.length }, check: summary(rows, await check(rows)) };
}

const model = await byModel();
const beside = await offline(model.expand.templates, model.populate.pairs);
await databases.close();
const { rows, templates, ...figures } = model;
const document = { dialect, database: flags.database, model: figures, offline: beside };
if (flags.out) writeFileSync(flags.out, `${JSON.stringify({ ...document, templates, rows }, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
