/**
 * What the offline teacher makes of a dialect: templates, skeletons, yield of every stage, and how much of the dialect's functions and
 * keywords the accepted pairs use. In one process, without Temporal and S3; PostgreSQL's engine needs the local stack (`dialectic up`).
 *
 *     npx tsx bench/corpus/coverage.ts --dialect sqlite [--templates 3000] [--pairs 6000] [--databases retail,hotel] [--seed 1] [--no-check] [--json]
 */
import { parseArgs } from 'node:util';
import { catalogueCoverage } from '../../core/metrics/catalogue-coverage.js';
import { countBy } from '../../core/metrics/diversity.js';
import { dialects } from '../../dialects/registry.js';
import { checkAll, corpusFlags, makePairs, openSamples, timed, type Seconds } from './make-pairs.js';

const { values: flags } = parseArgs({
  options: {
    ...corpusFlags,
    check: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const { manifest } = dialects[flags.dialect]!;
const seconds: Seconds = {};
const samples = await openSamples(flags, seconds);
const { functions } = samples;
const { expanded, ...populated } = await makePairs(flags, samples, seconds);

const reasons: Record<string, number> = {};
const examples: Record<string, string[]> = {};
let accepted = populated.pairs;
let engineMs = 0;
if (flags.check) {
  const verdicts = await timed(seconds, 'check', () => checkAll(flags.dialect, populated.pairs, samples));
  for (const [index, { reason, evidence, ms }] of verdicts.entries()) {
    engineMs += ms;
    if (reason === null) continue;
    const { question, sql } = populated.pairs[index]!;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
    const list = (examples[reason] ??= []);
    if (list.length < 3) list.push(`${evidence}\n      ${question}\n      ${sql}`);
  }
  accepted = populated.pairs.filter((_, index) => verdicts[index]!.accepted);
}
await samples.close();

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
