import type { ArtifactRef, DatasetRef, Evaluation, ModelRef, Provenance, Split } from '../core/contract.js';
import { humanTitle, splitTitles } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import { evaluateModel, type EvaluateModelInput } from '../core/evaluate/evaluate-model.js';
import type { Guided } from '../core/evaluate/guided.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import type { GoldResults } from '../core/evaluate/score-predictions.js';
import type { EvaluationSummary } from '../core/evaluate/summarise.js';
import type { DatabaseEntry, EndpointSpec, EvaluationPlan } from '../core/run-spec.js';
import { createRandom } from '../core/sampling/random.js';
import type { Pair } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { beatWhileAsking, pulse } from './heartbeat.js';
import { describeEndpoints, openEndpointPredictor, openStoredPredictor } from './open-predictor.js';
import type { StageRunner } from './stage.js';
import type { Teachers } from './teachers.js';
import { inWorkFolder } from './work-folder.js';

export interface EvaluateWork {
  model: ModelRef;
  dataset: DatasetRef;
  split: Split;
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
  plan: EvaluationPlan;
  /** US dollars for the whole run, or the experiment that it is a part of; a model behind an endpoint costs money. */
  maxBudgetUsd?: number | null;
  provenance: Provenance;
}

/** One model on one dialect's questions of one split. */
export interface EvaluatedCell {
  evaluation: Evaluation;
  /** JSON of the whole summary, and JSON Lines of every item's outcome. */
  summary: ArtifactRef;
  outcomes: ArtifactRef;
  /** US dollars that the answers cost; null where a price is not known, absent where they cost nothing. */
  costUsd?: number | null;
  seconds: number;
  reused: boolean;
}

export type EvaluateActivities = ReturnType<typeof createEvaluateActivities>;

export interface EvaluateServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  teachers: Teachers;
  workFolder: string;
}

export function createEvaluateActivities({ store, stages, databases, teachers, workFolder }: EvaluateServices) {
  /** Results of gold statements, kept from one model to the next. */
  const golds: GoldResults = new Map();

  return {
    /** Models behind endpoints, as models that can be evaluated. */
    describeEndpoints: ({ endpoints }: { endpoints: EndpointSpec[] }) => describeEndpoints(store, endpoints),

    /** Asks a model the questions of one split of one dialect, and runs what it answers beside the gold. */
    async evaluateModel(work: EvaluateWork): Promise<EvaluatedCell> {
      const { model, dataset, split, plan, provenance } = work;
      const done = await stages.once<Pick<EvaluatedCell, 'evaluation' | 'summary' | 'outcomes' | 'costUsd'>>(
        {
          ...{ stage: 'evaluate-cell', version: 1 },
          parameters: { split, n: plan[split], dialect: dataset.dialect, guided: guidedBy(plan) },
          inputs: { model: model.folder.sha256, items: dataset.splits[split].sha256, schemas: dataset.schemas.sha256 },
        },
        provenance,
        () => inWorkFolder(workFolder, 'evaluate', (folder) => evaluate(work, folder)),
      );
      const { outcomes } = done.result;
      const evaluation = { ...done.result.evaluation, model: model.id, kind: model.kind, outcomes };
      return { ...done.result, evaluation, seconds: done.seconds, reused: done.reused };
    },
  };

  async function evaluate(
    { model, dataset, split, databases: known, plan, maxBudgetUsd = null, provenance }: EvaluateWork,
    folder: string,
  ) {
    const purse = { provenance, stage: 'evaluate', maxBudgetUsd };
    const beats = pulse<number>();
    const { signal, beat } = beats;
    const guided = guidedBy(plan);
    const { dialect } = dataset;
    const schemas = await store.getJson<Record<string, DatabaseSchema>>(dataset.schemas);
    const pairs = await store.getRows<Pair>(dataset.splits[split]);
    // The same questions for every model, whatever the order of the rows.
    const chosen = createRandom(`evaluate/${dialect}/${split}`).shuffle(pairs).slice(0, plan[split]);
    const named = dataset.entries ?? [...known.known, ...known.unseen];
    const entries = new Map(named.map((entry) => [entry.name, entry]));
    const remote = model.kind === 'endpoint';
    const opened = remote
      ? openEndpointPredictor(teachers, model, plan.endpoints ?? [], { provenance, maxBudgetUsd, signal })
      : await openStoredPredictor(store, model, folder);
    try {
      const input: EvaluateModelInput = {
        ...{ model: opened.predictor, promptForm: model.promptForm, golds, signal, onProgress: beat },
        ...(guided && { guided }),
        items: chosen.map((pair) => ({ pair: itemOf(pair), schema: schemas[pair.database]! })),
        dialect: dialects[dialect]!.manifest,
        dialects: Object.values(dialects).map(({ manifest }) => manifest),
        session: (database) => databases.open(entries.get(database)!, dialect, purse),
      };
      const { outcomes, summary } = remote
        ? await beatWhileAsking(beats, 0, () => evaluateModel(input))
        : await evaluateModel(input);
      return {
        evaluation: evaluationOf(model, dataset, split, summary),
        summary: await store.putJson(summary),
        outcomes: await store.putRows(outcomes satisfies ItemOutcome[]),
        ...(remote && { costUsd: opened.cost() }),
      };
    } finally {
      await opened.close();
    }
  }
}

/** The seed of what is drawn: an evaluation is the same however often it is done. */
const samplingSeed = 17;

/** Undefined where a plan tries one statement: then a stage's key is what it was before there was a choice. */
function guidedBy({ samples = 1, temperature = 0.8, topP = 0.95 }: EvaluationPlan): Guided | undefined {
  return samples > 1 ? { samples, sampling: { temperature, topP, seed: samplingSeed } } : undefined;
}

function itemOf({ id, dialect, database, question, sql }: Pair) {
  return { id, dialect, database, question, sql };
}

function evaluationOf(
  model: ModelRef,
  { dialect, origin }: DatasetRef,
  split: Split,
  summary: EvaluationSummary,
): Evaluation {
  const { n, ex, exCi, exNonEmpty, em, bleu2, valid, goldEx } = summary;
  const row = {
    model: model.id,
    kind: model.kind,
    dialect,
    split: origin === 'human' ? humanTitle : splitTitles[split],
  };
  return { ...row, n, ex, exCi, exNonEmpty, em, bleu2, valid, goldEx };
}
