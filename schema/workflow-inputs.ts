import { z } from 'zod';
import type { DatabaseEntry, RunSpec } from '../core/run-spec.js';
import type { ArtifactRef, DatasetRef, ModelRef, Provenance, StageReport } from '../core/contract.js';
import { experimentSpecSchema } from './experiment.js';
import {
  checkPolicy,
  databases,
  dialectName,
  evaluationPlan,
  expandPlan,
  guideSource,
  learnPlan,
  mergePlan,
  populatePlan,
  runSpecSchema,
  seedPlan,
  teacher,
  trainRecipe,
} from './run-spec.js';

const artifact: z.ZodType<ArtifactRef> = z.object({
  key: z.string(),
  sha256: z.string().length(64),
  bytes: z.number(),
  rows: z.number().optional(),
  mediaType: z.string(),
}) as never;

const dataset: z.ZodType<DatasetRef> = z.object({
  id: z.string(),
  dialect: z.string(),
  pairs: z.number(),
  databases: z.array(z.string()),
  skeletons: z.number(),
  splits: z.object({ seeds: artifact, train: artifact, validation: artifact, heldout: artifact, unseen: artifact }),
  schemas: artifact,
  datasheet: artifact,
  origin: z.literal('human').optional(),
  entries: z.array(z.custom<DatabaseEntry>()).optional(),
}) as never;

const model: z.ZodType<ModelRef> = z.object({
  id: z.string(),
  kind: z.enum(['base', 'expert', 'merged', 'generalist', 'mixture']),
  dialect: z.string().nullable(),
  parameters: z.number(),
  promptForm: z.enum(['linked', 'plain']),
  folder: artifact,
  measured: artifact,
});

const provenance: z.ZodType<Provenance | undefined> = z
  .object({ run: z.string(), startedAt: z.string(), fresh: z.boolean(), payer: z.string().optional() })
  .optional();

const progress = z
  .object({ done: z.array(artifact), report: z.custom<StageReport>().nullable() })
  .default({ done: [], report: null });

const seed = z.number().int().min(0).default(17);
const partName = z.string().min(1);

/** Schemas of every workflow's input, by the workflow's name. Every field that can have a default has one. */
export function workflowInputSchemas(dialects: readonly string[]) {
  const dialect = dialectName(dialects);
  return {
    scrapeGuides: z.strictObject({ provenance, dialect, sources: z.array(guideSource).default([]) }),
    extractSeeds: z.strictObject({
      ...{ provenance, dialect },
      queries: artifact.optional(),
      limit: seedPlan.unwrap().shape.limit,
    }),
    expandTemplates: z.strictObject({
      ...{ provenance, dialect, teacher, plan: expandPlan, seed },
      seeds: artifact.optional(),
      guides: artifact.optional(),
    }),
    populatePairs: z.strictObject({
      ...{ provenance, dialect, databases, teacher, plan: populatePlan, seed, progress },
      templates: artifact.optional(),
    }),
    checkPairs: z.strictObject({
      ...{ provenance, dialect, databases, judge: teacher, teacher, policy: checkPolicy, progress },
      pairs: z.array(artifact).min(1, 'Give at least one artifact of pairs'),
      taught: artifact.optional(),
      name: partName.default('pairs'),
    }),
    trainExpert: z.strictObject({
      provenance,
      name: partName,
      kind: z.enum(['base', 'expert', 'merged', 'generalist', 'mixture']),
      dialect: dialect.nullable().default(null),
      datasets: z.array(dataset).min(1, 'Give at least one dataset'),
      rows: z.enum(['seeds', 'train']).default('train'),
      from: model.nullable().default(null),
      learn: learnPlan,
      human: dataset.nullable().optional(),
      recipe: trainRecipe.prefault({}),
    }),
    mergeExperts: z.strictObject({
      ...{ provenance, name: partName, base: model, expert: trainRecipe.prefault({}) },
      plan: mergePlan.refine(({ method }) => method !== 'none', 'Name a method; none is for runs without a merge'),
      experts: z.array(model).min(2, 'Give at least two experts'),
      datasets: z.array(dataset).min(1, 'Give the datasets of the experts'),
      learn: learnPlan,
      human: dataset.nullable().optional(),
    }),
    evaluateModels: z.strictObject({
      ...{ provenance, name: partName.default('evaluation'), databases, plan: evaluationPlan },
      stages: z.array(z.custom<StageReport>()).default([]),
      spec: z.custom<RunSpec>().nullable().default(null),
      models: z.array(model).min(1, 'Give at least one model'),
      datasets: z.array(dataset).min(1, 'Give at least one dataset'),
    }),
    lifecycle: z.strictObject({
      provenance,
      name: z.string().optional(),
      spec: runSpecSchema(dialects),
      fresh: z.boolean().default(false),
      only: z
        .enum(['scrape', 'seeds', 'expand', 'populate', 'check', 'train', 'merge', 'evaluate'])
        .nullable()
        .default(null),
    }),
    experiment: z.strictObject({ spec: experimentSpecSchema, fresh: z.boolean().default(false) }),
  };
}

export type WorkflowInputs = {
  [Name in keyof ReturnType<typeof workflowInputSchemas>]: z.output<ReturnType<typeof workflowInputSchemas>[Name]>;
};
