import { z } from 'zod';
import type { DatabaseEntry, RunSpec } from '../core/run-spec.js';
import { sourceSetNames } from './source.js';

const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'Write 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit',
  );
const share = z.number().min(0).max(1);
const count = z.number().int().min(0);

/** `sample:retail` → retail; `…/shop.sqlite` and `postgres://…/shop` → shop. */
export const databaseEntry = z
  .union([
    z
      .string()
      .min(1)
      .transform((url) => ({ url, name: nameOfDatabase(url), dialect: null as string | null })),
    z.strictObject({ url: z.string().min(1), name: name.optional(), dialect: z.string().nullable().default(null) }),
  ])
  .transform((entry): DatabaseEntry => ({ ...entry, name: entry.name ?? nameOfDatabase(entry.url) }));

export const databases = z
  .strictObject({
    known: z.array(databaseEntry).min(1, 'Name at least one database'),
    unseen: z.array(databaseEntry).default([]),
  })
  .check(({ value, issues }) => {
    const known = new Set(value.known.map((entry) => entry.name));
    const twice = value.unseen.find((entry) => known.has(entry.name));
    if (twice)
      issues.push({
        ...{ code: 'custom', input: value, path: ['unseen'] },
        message: `The database ${twice.name} is among the known ones, too; a database is in one list alone`,
      });
  });

export const guideSource = z.strictObject({
  url: z.string().min(1),
  prefix: z.string().optional(),
  selector: z.string().optional(),
  licence: z.string().optional(),
  limit: count.optional(),
});

export const teacher = z
  .strictObject({
    kind: z.enum(['offline', 'openai']).default('offline'),
    model: z.string().nullable().default(null),
    baseUrl: z.url().nullable().default(null),
    concurrency: z.number().int().min(1).max(256).default(8),
    batch: z.boolean().default(false),
    repair: z.boolean().default(true),
    timeoutSeconds: z.number().int().min(1).max(3_600).default(120),
  })
  .prefault({});

export const seedPlan = z.strictObject({ limit: z.number().int().min(1).default(400) }).prefault({});

export const expandPlan = z
  .strictObject({
    target: count.default(200),
    batch: z.number().int().min(1).max(500).default(100),
    minYield: share.default(0.02),
  })
  .prefault({});

export const populatePlan = z
  .strictObject({
    seedPairs: count.default(1_200),
    pairs: count.default(2_400),
    unseenPairs: count.default(200),
    batch: z.number().int().min(10).max(500).default(200),
  })
  .prefault({});

export const checkPolicy = z
  .strictObject({
    timeoutMs: z.number().int().min(100).max(600_000).default(5_000),
    maxRows: z.number().int().min(1).default(1_000),
    heldout: share.default(0.12),
    validation: share.default(0.05),
    nearDuplicate: share.default(0.9),
    evaluationSets: z.array(z.string().min(1)).default([]),
  })
  .prefault({});

const humanQuestions = z.strictObject({ questions: z.string().min(1), databases: z.string().min(1) });
const humanPlan = z.strictObject({ train: humanQuestions.optional(), test: humanQuestions.optional() }).optional();

/** Absent fields stay absent: the stage keys of runs that say nothing here are what they were. */
export const learnPlan = z
  .strictObject({
    rows: z.number().int().min(1).optional(),
    maxJoins: count.optional(),
    maxNesting: z.number().int().min(1).optional(),
    withoutSkeletons: share.optional(),
    humanShare: share.optional(),
  })
  .optional();

/** Fields of the trainer's recipe. What it means when it says nothing is the trainer's to say. */
const recipeFields = z.strictObject({
  method: z.enum(['full', 'lora']).optional(),
  steps: z.number().int().min(1).optional(),
  epochs: z.number().positive().optional(),
  batchSize: z.number().int().min(1).optional(),
  learningRate: z.number().positive().optional(),
  warmup: z.number().min(0).optional(),
  schedule: z.enum(['cosine', 'linear', 'constant']).optional(),
  weightDecay: z.number().min(0).optional(),
  clip: z.number().positive().optional(),
  seed: count.optional(),
  precision: z.enum(['auto', 'float32', 'bfloat16']).optional(),
  device: z.enum(['auto', 'cpu', 'cuda']).optional(),
  checkpointEverySteps: z.number().int().min(1).optional(),
  evaluateEverySteps: z.number().int().min(1).optional(),
  evaluationRows: z.number().int().min(1).optional(),
  earlyStopping: z
    .strictObject({
      patience: z.number().int().min(1).optional(),
      metric: z.enum(['loss', 'exactMatch']).optional(),
    })
    .optional(),
  labelSmoothing: z.number().min(0).max(1).optional(),
  trainable: z.enum(['all', 'router', 'router+attention']).optional(),
  loraRank: z.number().int().min(1).optional(),
  loraAlpha: z.number().positive().optional(),
  loraDropout: z.number().min(0).max(1).optional(),
  rowsPerPrefix: z.number().int().min(1).optional(),
  packTo: z.number().int().min(16).optional(),
  gradientCheckpointing: z.boolean().optional(),
  processes: z.number().int().min(1).max(64).optional(),
  sharding: z.enum(['none', 'full']).optional(),
});

const architecture = z.strictObject({
  layers: z.number().int().min(1).optional(),
  hidden: z.number().int().min(8).optional(),
  heads: z.number().int().min(1).optional(),
  kvHeads: z.number().int().min(1).optional(),
  feedForward: z.number().int().min(8).optional(),
  maxPositions: z.number().int().min(16).optional(),
  vocabulary: z.number().int().min(1).optional(),
});

export const trainRecipe = z.strictObject({
  base: z.string().min(1).default('scratch'),
  promptForm: z.enum(['linked', 'plain']).nullable().default(null),
  architecture: architecture.nullable().default(null),
  recipe: recipeFields.default({}),
  routerLossWeight: z.number().min(0).default(0),
});

const mergeMethods = [
  ...(['mixture', 'slerp', 'linear', 'task-arithmetic', 'ties', 'dare', 'dare-ties'] as const),
  ...(['generalist', 'single', 'none'] as const),
] as const;

export const mergePlan = z
  .strictObject({
    method: z.enum(mergeMethods).default('mixture'),
    settings: z.record(z.string(), z.unknown()).default({}),
    keywords: z.number().int().min(1).default(16),
    prompts: z.number().int().min(0).default(64),
    tuning: trainRecipe.nullable().default(() => trainRecipe.parse({ recipe: { epochs: 1 } })),
  })
  .prefault({});

const endpoint = z.strictObject({
  name,
  baseUrl: z.url(),
  model: z.string().min(1),
  concurrency: z.number().int().min(1).max(256).default(8),
  timeoutSeconds: z.number().int().min(1).max(3_600).default(120),
  maxTokens: z.number().int().min(16).max(32_768).default(512),
});

export const evaluationPlan = z
  .strictObject({
    alsoDialects: z.array(z.string()).optional(),
    heldout: count.default(120),
    unseen: count.default(80),
    batch: z.number().int().min(1).max(256).default(16),
    samples: z.number().int().min(1).max(64).default(1),
    temperature: z.number().positive().max(5).default(0.8),
    topP: share.positive().default(0.95),
    endpoints: z
      .array(endpoint)
      .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'An endpoint is named twice')
      .default([]),
  })
  .prefault({});

/**
 * Reads a run spec and fills in every default.
 * @param dialects names of the dialects that exist
 */
export function runSpecSchema(dialects: readonly string[]) {
  const spec = z.strictObject({
    name: name.default('run'),
    seed: count.default(17),
    dialects: z
      .array(dialectName(dialects))
      .min(1, 'Name at least one dialect')
      .refine((list) => new Set(list).size === list.length, 'A dialect is named twice')
      .default([...dialects]),
    databases,
    guides: guidePlan(dialects),
    seeds: seedPlan,
    teacher,
    judge: teacher,
    expand: expandPlan,
    populate: populatePlan,
    pairs: z.array(z.string().min(1)).default([]),
    check: checkPolicy,
    human: humanPlan,
    learn: learnPlan,
    base: trainRecipe.prefault({}),
    expert: trainRecipe.prefault({}),
    merge: mergePlan,
    evaluate: evaluationPlan,
    maxBudgetUsd: z.number().min(0).nullable().default(null),
    approve: z.boolean().default(false),
  });
  return spec.check(({ value, issues }) => {
    const { method, settings } = value.merge;
    const { alsoDialects = [] } = value.evaluate;
    const complain = (path: string[], input: unknown, message: string): void =>
      void issues.push({ code: 'custom', input, path, message });
    for (const dialect of alsoDialects) {
      if (value.dialects.includes(dialect))
        complain(['evaluate', 'alsoDialects'], dialect, `${dialect} is among the dialects that are learned already`);
      else if (!dialects.includes(dialect))
        complain(['evaluate', 'alsoDialects'], dialect, noDialect(dialect, dialects));
    }
    if (value.human && !value.dialects.includes('sqlite'))
      complain(['human'], value.human, 'People’s questions are asked of SQLite databases; add sqlite to dialects');
    if (value.learn?.humanShare && !value.human?.train)
      complain(['learn', 'humanShare'], value.learn.humanShare, 'Name the file of the questions in human.train');
    if (method === 'single' && !value.dialects.includes(String(settings.expert)))
      complain(['merge', 'settings', 'expert'], settings.expert, `Name one of ${value.dialects.join(', ')}`);
  }) as unknown as z.ZodType<RunSpec>;
}

/** Sources a dialect, or one word for all dialects: `built-in`, `official` or `tutorials`. */
function guidePlan(dialects: readonly string[]) {
  const words = new Set(['built-in', ...sourceSetNames]);
  const sources = z.partialRecord(dialectName(dialects), z.array(guideSource)).default({});
  const forAll = (url: unknown): unknown =>
    typeof url === 'string' && words.has(url)
      ? { sources: Object.fromEntries(dialects.map((dialect) => [dialect, [{ url }]])) }
      : url;
  return z
    .preprocess(
      forAll,
      z.strictObject({ sources }, { error: `Write sources for each dialect, or one of ${[...words].join(', ')}` }),
    )
    .prefault({});
}

export function dialectName(dialects: readonly string[]) {
  return z.enum(dialects as [string, ...string[]], {
    error: ({ input }) => noDialect(input, dialects),
  });
}

const noDialect = (input: unknown, dialects: readonly string[]): string =>
  `There is no dialect "${String(input)}"; use one of ${dialects.join(', ')}`;

function nameOfDatabase(url: string): string {
  const last =
    url
      .replace(/[?#].*$/, '')
      .replace(/\/\/[^/]*@/, '//')
      .replace(/\/+$/, '')
      .split(/[/:]/)
      .at(-1) ?? url;
  return last.replace(/\.[A-Za-z0-9]+$/, '').toLowerCase() || url;
}
