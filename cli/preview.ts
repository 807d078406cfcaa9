import { readFileSync } from 'node:fs';
import { chooseExpandJobs, choosePopulateJobs } from '../adapters/llm/choose-jobs.js';
import { estimateCalls, estimateStage, type StageEstimate } from '../adapters/llm/estimate.js';
import { judgeRequests } from '../adapters/llm/judge.js';
import type { ModelRequest } from '../adapters/llm/ledger.js';
import { expandRequests, populateRequests, repairRequests } from '../adapters/llm/teacher.js';
import { meanOutputTokens } from '../adapters/postgres/queries/paid-calls.js';
import { readBuiltInGuides } from '../adapters/web/markdown-folder.js';
import type { DatabaseSchema } from '../core/database.js';
import { exampleSchema, type GuideFixture } from '../core/expand/example-schema.js';
import { populatePairs } from '../core/populate/populate.js';
import { databasesOf, type RunSpec } from '../core/run-spec.js';
import { loadSeeds } from '../core/seeds/load.js';
import type { Template } from '../core/template.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import { DatabasePool } from '../dialects/sandbox/pool.js';
import { loadConfig, type Config } from '../schema/config.js';
import { readPrices } from '../schema/prices.js';
import { formatTable } from './output.js';
import { withStore } from './services.js';

/** What a run would ask, or with the offline teacher make, first. */
export type PreviewItem =
  | { dialect: string; stage: 'expand' | 'populate'; system: string; user: string }
  | { dialect: string; stage: 'populate'; question: string; sql: string };

export interface Preview {
  items: PreviewItem[];
  /** What the run asks of models in all, about; empty with the offline teacher and judge. */
  estimate: StageEstimate[];
  /** Of all of it; null where a price is not known. */
  usd: number | null;
  maxBudgetUsd: number | null;
}

/** Requests from which a stage's tokens are estimated. */
const samples = 20;

/** Makes the first items of a run and estimates its cost, asking no model. */
export async function previewRun(spec: RunSpec, count: number): Promise<Preview> {
  const config = loadConfig();
  const model = {
    teacher: spec.teacher.model ?? config.teacher?.model,
    judge: spec.judge.model ?? config.judge?.model,
  };
  const outputTokens = await withStore(async (db) => ({
    teacher: model.teacher ? await meanOutputTokens(db, model.teacher) : {},
    judge: model.judge ? await meanOutputTokens(db, model.judge) : {},
  }));
  const prices = readPrices(config.pricesFile);
  const items: PreviewItem[] = [];
  const estimates: StageEstimate[] = [];
  for (const dialect of spec.dialects) {
    const seeds = seedsOf(dialect, spec.seeds.limit);
    const schema = await firstSchema(spec, dialect, config);
    const requests = await requestsOf(spec, dialect, seeds, schema);
    const calls = estimateCalls(spec, seeds.length);
    for (const [stage, list] of Object.entries(requests)) {
      const role = stage === 'check' ? 'judge' : 'teacher';
      const of = { model: model[role] ?? 'unknown', prices, batch: spec[role].batch, outputTokens: outputTokens[role] };
      if (calls[stage]) estimates.push(estimateStage(list, calls[stage], of));
    }
    if (spec.teacher.kind === 'offline') items.push(...pairsOf(spec, dialect, seeds, schema, count));
    else
      for (let n = 0; n < count; n++) {
        // In turn, so that both kinds are seen; of a single item, what makes up most of the run.
        const [stage, list] =
          n % 2 === 0 ? (['populate', requests.populate] as const) : (['expand', requests.expand] as const);
        const request = list[Math.floor(n / 2)];
        if (request) items.push({ dialect, stage, system: request.system, user: request.user });
      }
  }
  const estimate = addUp(estimates);
  const usd = estimate.reduce<number | null>(
    (sum, row) => (sum === null || row.usd === null ? null : sum + row.usd),
    0,
  );
  return { items, estimate, usd, maxBudgetUsd: spec.maxBudgetUsd };
}

/** The preview for people. */
export function describePreview({ items, estimate, usd, maxBudgetUsd }: Preview): string {
  const shown = items.map((item, index) =>
    'sql' in item
      ? `${index + 1}. ${item.dialect}\n${item.question}\n${item.sql}`
      : `${index + 1}. ${item.dialect}, ${item.stage}\n${item.system}\n---\n${item.user}`,
  );
  const dollars = (sum: number | null): string => (sum === null ? 'unknown' : `$${sum.toFixed(sum < 1 ? 4 : 2)}`);
  const table = formatTable(
    ['stage', 'model', 'calls', 'tokens in', 'tokens out', 'cost'],
    estimate.map(({ stage, model, calls, inputTokens, outputTokens, ...row }) => [
      ...[stage, model, ...[calls, inputTokens, outputTokens].map((figure) => figure.toLocaleString('en'))],
      dollars(row.usd),
    ]),
  );
  const budget = maxBudgetUsd === null ? 'no budget is set' : `the budget is ${dollars(maxBudgetUsd)}`;
  const sum =
    estimate.length === 0
      ? 'No model is asked: the run costs nothing.'
      : usd === null
        ? `The whole run costs an unknown sum, for a price is missing in the file that DIALECTIC_PRICES names; ${budget}.`
        : `The whole run costs about ${dollars(usd)}; ${budget}.`;
  return [...shown, ...(estimate.length > 0 ? [table] : []), sum].join('\n\n');
}

function seedsOf(dialect: string, limit: number): Template[] {
  const file: unknown = JSON.parse(readFileSync(new URL('../core/templates/seeds.json', import.meta.url), 'utf8'));
  const manifests = { source: dialects['sqlite']!.manifest, target: dialects[dialect]!.manifest };
  return loadSeeds(file, manifests, { limit }).templates.slice(0, limit);
}

async function firstSchema(spec: RunSpec, dialect: string, config: Config): Promise<DatabaseSchema> {
  const [entry] = databasesOf(spec, dialect).known;
  const pool = new DatabasePool();
  try {
    const engines = {
      googlesqlDir: config.home.googlesql,
      ...(config.postgres && { postgresUrl: config.postgres.url }),
    };
    const session = await openDatabase({ name: entry!.name, url: entry!.url, dialect }, { ...engines, pool });
    try {
      return await session.introspect();
    } finally {
      await session.close();
    }
  } finally {
    await pool.close();
  }
}

/** Requests as the run would send them, by stage: those of expand over the guides that come with the dialect, the others from seeds. */
async function requestsOf(spec: RunSpec, dialect: string, seeds: Template[], schema: DatabaseSchema) {
  const { manifest } = dialects[dialect]!;
  const { seed } = spec;
  const fixture = readFileSync(new URL('../dialects/guides-fixture.json', import.meta.url), 'utf8');
  const examples = exampleSchema(JSON.parse(fixture) as GuideFixture, manifest);
  const guides = await readBuiltInGuides(dialect);
  const expandJobs = chooseExpandJobs({ manifest, schema: examples, seeds, guides, known: [], seed }, samples);
  const shard = { origin: 'seed' as const, pairs: samples, offset: 0 };
  const { jobs } = choosePopulateJobs({ manifest, templates: seeds, schema, shard, seed });
  // The question is not there yet; it is about as long as its statement.
  const pairs = jobs.map(({ sql }) => ({ sql, question: sql }));
  const rejected = pairs.map((pair) => ({ pair, reason: 'invalid', evidence: pair.sql }));
  const judged = pairs.map((pair, index) => ({ id: `${index}`, ...pair, rows: [] }));
  const requests: Record<'expand' | 'populate' | 'repair' | 'check', ModelRequest<unknown>[]> = {
    expand: expandJobs.map(expandRequests({ manifest, schema: examples, seed })),
    populate: jobs.map(populateRequests({ manifest, schema, seed })),
    repair: rejected.map(repairRequests({ manifest, schema })),
    check: judged.map(judgeRequests({ manifest, schema })),
  };
  return requests;
}

/** The offline teacher's first pairs of the seeds: they cost nothing, so they are made. */
function pairsOf(spec: RunSpec, dialect: string, templates: Template[], schema: DatabaseSchema, count: number) {
  const { manifest, phrases } = dialects[dialect]!;
  const input = { manifest, phrases, templates, schemas: [schema], count, seed: `${spec.seed}/preview` };
  return [...populatePairs(input)]
    .flatMap(({ pairs }) => pairs)
    .map(({ question, sql }): PreviewItem => ({ dialect, stage: 'populate', question, sql }));
}

/** The estimates of all dialects, a row a stage and model. */
function addUp(estimates: StageEstimate[]): StageEstimate[] {
  const rows = new Map<string, StageEstimate>();
  for (const row of estimates) {
    const known = rows.get(`${row.stage} ${row.model}`);
    if (!known) rows.set(`${row.stage} ${row.model}`, { ...row });
    else {
      known.calls += row.calls;
      known.inputTokens += row.inputTokens;
      known.outputTokens += row.outputTokens;
      known.usd = known.usd === null || row.usd === null ? null : known.usd + row.usd;
    }
  }
  return [...rows.values()];
}
