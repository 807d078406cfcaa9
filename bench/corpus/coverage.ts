/**
 * What the offline teacher makes of a dialect: templates, skeletons, yield of every stage, and how much of the dialect's functions and
 * keywords the accepted pairs use. In one process, without Temporal and S3; PostgreSQL's engine needs the local stack (`dialectic up`).
 *
 *     npx tsx bench/corpus/coverage.ts --dialect sqlite [--templates 3000] [--pairs 6000] [--databases retail,hotel] [--seed 1] [--no-check] [--json]
 */
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { exampleDatabase } from '../../activities/example-database.js';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import { checkPair } from '../../core/checks/pipeline.js';
import { createRoundTripJudge } from '../../core/checks/round-trip.js';
import { expandTemplates } from '../../core/expand/expand.js';
import { catalogueCoverage } from '../../core/metrics/catalogue-coverage.js';
import { countBy } from '../../core/metrics/diversity.js';
import { populatePairs } from '../../core/populate/populate.js';
import { sampleDomains } from '../../core/samples/domains.js';
import { loadSeeds } from '../../core/seeds/load.js';
import type { Pair } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';

const { values: flags } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'sqlite' },
    templates: { type: 'string', default: '3000' },
    pairs: { type: 'string', default: '6000' },
    databases: { type: 'string', default: sampleDomains.slice(0, 4).join(',') },
    seed: { type: 'string', default: '1' },
    check: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const { manifest, phrases } = dialects[flags.dialect]!;
const judge = createRoundTripJudge(manifest, phrases);
const seconds: Record<string, number> = {};
async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  seconds[what] = Math.round(performance.now() - started) / 1000;
  return result;
}

const pool = new DatabasePool({ maxChildren: 2 });
const sessions = await timed('open', () =>
  Promise.all(
    flags.databases
      .split(',')
      .map((name) => openDatabase({ name, dialect: flags.dialect, url: `sample:${name}` }, { pool })),
  ),
);
const schemas = await timed('introspect', () => Promise.all(sessions.map((session) => session.introspect())));
const functions = await sessions[0]!.functions();
const guides = await readBuiltInGuides(flags.dialect);
const seedFile: unknown = JSON.parse(readFileSync(new URL('../../core/templates/seeds.json', import.meta.url), 'utf8'));
const seeds = loadSeeds(seedFile, { source: dialects['sqlite']!.manifest, target: manifest }).templates;

const expanded = await timed('expand', () =>
  expandTemplates({
    ...{ manifest, phrases, examples: exampleDatabase(flags.dialect), seeds, guides, functions },
    ...{ target: Number(flags.templates), seed: flags.seed },
  }),
);
const populated = await timed('populate', () => {
  const pairs: Pair[] = [];
  const rejects: Record<string, number> = {};
  const input = {
    manifest,
    phrases,
    templates: expanded.templates,
    schemas,
    count: Number(flags.pairs),
    seed: flags.seed,
  };
  for (const part of populatePairs(input)) {
    pairs.push(...part.pairs);
    for (const [reason, n] of Object.entries(part.rejects)) rejects[reason] = (rejects[reason] ?? 0) + n;
  }
  return { pairs, rejects };
});

const reasons: Record<string, number> = {};
const examples: Record<string, string[]> = {};
let accepted = populated.pairs;
let engineMs = 0;
if (flags.check) {
  accepted = await timed('check', async () => {
    const kept: Pair[] = [];
    const queues = sessions.map((session, index) =>
      (async () => {
        const schema = schemas[index]!;
        for (const pair of populated.pairs.filter(({ database }) => database === schema.name)) {
          const verdict = await checkPair(pair, {
            ...{ manifest, maxRows: 1000 },
            execute: (sql) => session.execute(sql, { maxRows: 1001 }),
            judge: ({ pair: { question }, query }) => judge(question, query, schema),
          });
          engineMs += verdict.ms;
          if (verdict.accepted) kept.push(pair);
          else {
            const reason = verdict.reason!;
            reasons[reason] = (reasons[reason] ?? 0) + 1;
            const list = (examples[reason] ??= []);
            if (list.length < 3) list.push(`${verdict.evidence}\n      ${pair.question}\n      ${pair.sql}`);
          }
        }
      })(),
    );
    await Promise.all(queues);
    return kept;
  });
}
await Promise.all(sessions.map((session) => session.close()));
await pool.close();

const tally = (texts: string[]): Record<string, number> => Object.fromEntries(countBy(texts));
const counts = tally(accepted.flatMap(({ keywords }) => keywords));
const { functions: byFunction, keywords: byKeyword } = catalogueCoverage(manifest, functions, counts);
const isNew = new Set(expanded.templates.filter(({ origin }) => origin !== 'seed').map(({ skeleton }) => skeleton));
const acceptedSkeletons = new Set(accepted.map(({ skeleton }) => skeleton));
const result = {
  dialect: flags.dialect,
  templates: expanded.templates.length,
  byOrigin: tally(expanded.templates.map(({ origin }) => origin)),
  newSkeletons: isNew.size,
  newSkeletonsAccepted: [...isNew].filter((skeleton) => acceptedSkeletons.has(skeleton)).length,
  expandRejects: expanded.rejects,
  unreadable: Object.fromEntries(Object.entries(expanded.unreadable).slice(0, 30)),
  taughtMissing: expanded.coverage.taught.missing,
  pairs: populated.pairs.length,
  populateRejects: populated.rejects,
  accepted: accepted.length,
  checkRejects: reasons,
  rejectExamples: examples,
  functions: { share: byFunction.share, covered: byFunction.covered.length, missing: byFunction.missing },
  keywords: { share: byKeyword.share, covered: byKeyword.covered.length, missing: byKeyword.missing },
  engineSeconds: Math.round(engineMs) / 1000,
  seconds,
};
if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const record = (counted: Record<string, number>): string =>
    Object.entries(counted)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ') || 'none';
  process.stdout.write(`${flags.dialect}
  templates        ${result.templates} (${record(result.byOrigin)}); rejected: ${record(result.expandRejects as Record<string, number>)}
  new skeletons    ${result.newSkeletons}, of which in accepted pairs ${result.newSkeletonsAccepted}
  pairs            ${result.pairs}; not filled: ${record(result.populateRejects)}
  accepted         ${result.accepted} (${percent(result.accepted / Math.max(1, result.pairs))}); rejected: ${record(reasons)}
  functions        ${result.functions.covered} of ${result.functions.covered + result.functions.missing.length} (${percent(result.functions.share)}); missing: ${result.functions.missing.join(' ')}
  keywords         ${result.keywords.covered} of ${result.keywords.covered + result.keywords.missing.length} (${percent(result.keywords.share)}); missing: ${result.keywords.missing.join(' ')}
  without words    ${record(result.unreadable)}
  taught, not used ${result.taughtMissing.join(' ')}
  seconds          ${record(seconds)}; in the engine ${result.engineSeconds}
`);
  for (const [reason, list] of Object.entries(examples))
    process.stdout.write(`  ${reason}\n${list.map((text) => `    - ${text}`).join('\n')}\n`);
}
