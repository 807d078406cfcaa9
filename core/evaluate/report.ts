import type { ArtifactRef, StageReport } from '../contract.js';
import type { Hardness } from '../template.js';
import type { ItemOutcome } from './outcome.js';
import type { EvaluationSummary } from './summarise.js';

/**
 * All that a run's report says, as plain JSON: the same document is the report's JSON form and what the HTML page is drawn
 * from. A section whose list is empty is left out of the page.
 */
export interface RunReport {
  run: string;
  /** Version of Dialectic. */
  version: string;
  /** ISO times. */
  startedAt: string;
  finishedAt: string;
  /** One paragraph for a reader who knows nothing of the run; the page writes its own where there is none. */
  summary?: string;
  dialects: ReportDialect[];
  evaluations: ReportEvaluation[];
  comparisons: ReportComparison[];
  datasets: ReportDataset[];
  stages: StageReport[];
  training: ReportTraining[];
  routing: ReportRouting[];
  examples: ReportExample[];
  /** Every question and what each model answered, so that two reports can be compared; absent in reports that were written before it was kept. */
  questions?: ReportQuestion[];
  answers?: ReportAnswers[];
  lineage: ReportArtifact[];
  /** Commands that repeat the run, in order. */
  reproduce: string[];
  /** The run's spec with every default, as it was. */
  spec: unknown;
  /** Where the report was written; `node` is absent in older reports. */
  machine?: { cpu: string; cores: number; memoryBytes: number; gpu: string | null; node?: string };
}

export interface ReportDialect {
  name: string;
  title: string;
  engine: string;
}

/** One model's answers to the questions of one dialect and split. */
export interface ReportEvaluation extends EvaluationSummary {
  model: string;
  /** base, expert, merged, mixture. */
  kind: string;
  /** Of the questions. */
  dialect: string;
  /** `known-databases`, `unseen-databases`, … */
  split: string;
  /** The dialect that the model was trained on; null for several or all. */
  trainedOn: string | null;
}

export type ReportQuestion = Pick<ItemOutcome, 'id' | 'dialect' | 'database' | 'question' | 'sql'> & { split: string };

/** One model's answers to the questions of one dialect and split. */
export interface ReportAnswers {
  model: string;
  dialect: string;
  split: string;
  answers: Pick<ItemOutcome, 'id' | 'predicted' | 'correct' | 'error'>[];
}

/** Two models on the same questions: first less second. */
export interface ReportComparison {
  first: string;
  second: string;
  dialect: string;
  split: string;
  difference: number;
  interval: [number, number];
  p: number;
}

export interface ReportDataset {
  id: string;
  dialect: string;
  pairs: number;
  databases: string[];
  skeletons: number;
  /** Pairs by split. */
  splits: Record<string, number>;
  hardness: Partial<Record<Hardness, number>>;
  /** What came in and what was taken out on the way, in order: `removed` by reason. */
  funnel: { step: string; left: number; removed: Record<string, number> }[];
  /** Keywords and functions that the guides teach: pairs that use each, 0 where none does. */
  coverage: Record<string, number>;
  /** The most frequent skeletons. */
  topSkeletons: { skeleton: string; pairs: number }[];
}

export interface ReportTraining {
  model: string;
  kind: string;
  dialect: string | null;
  parameters: number;
  rows: number;
  steps: number;
  seconds: number;
  /** [step, loss]. */
  lossCurve: [number, number][];
  validationCurve: [number, number][];
  learningRateCurve: [number, number][];
  /** [step, tokens a second]. */
  speedCurve: [number, number][];
  /** [step, bytes]: what the process holds, or the GPU. */
  memoryCurve: [number, number][];
}

/** How a model was merged from experts. */
export interface ReportMerge {
  method: string;
  /** Share of interpolation steps in which SLERP was a straight line, because the experts are so close; null: none was asked for. */
  slerpFallbackShare: number | null;
  /** Of each layer's router rows: the larger, the less the router tells experts apart; null for a model without routers. */
  gateConditionNumbers: number[] | null;
  /** The dialects' own keywords, from which the router rows were made. */
  keywords: Record<string, string[]>;
  warnings: string[];
}

/** How a mixture shared the tokens of each dialect's questions among its experts. */
export interface ReportRouting {
  model: string;
  experts: string[];
  /** Share of each expert in each layer: [layers][experts]. */
  byDialect: { dialect: string; layers: number[][] }[];
  /** Absent in reports that were written before it was kept. */
  merge?: ReportMerge;
}

export type ReportExample = Pick<
  ItemOutcome,
  | 'id'
  | 'dialect'
  | 'database'
  | 'question'
  | 'sql'
  | 'predicted'
  | 'correct'
  | 'error'
  | 'message'
  | 'goldResult'
  | 'predictedResult'
> & { model: string; split: string };

export interface ReportArtifact extends ArtifactRef {
  /** What it is, in words: `dataset sqlite`, `expert postgres`. */
  name: string;
  /** The stages that it came from with their keys, nearest first; absent in reports that were written before it was kept. */
  madeBy?: { stage: string; keys: string[] }[];
}

/**
 * A few outcomes worth showing: right ones of rising hardness, and one of each kind of error, each database once where
 * that can be.
 */
export function chooseExamples(
  outcomes: readonly ItemOutcome[],
  { model, split, right = 2, wrong = 3 }: { model: string; split: string; right?: number; wrong?: number },
): ReportExample[] {
  const levels = ['extra', 'hard', 'medium', 'easy'];
  const good = outcomes
    .filter(({ correct, goldEmpty }) => correct && !goldEmpty)
    .sort((a, b) => levels.indexOf(a.hardness) - levels.indexOf(b.hardness));
  const bad = outcomes.filter(({ correct, goldDefect }) => !correct && goldDefect === null);
  const chosen = [
    ...firstOfEach(good, ({ hardness }) => hardness, right),
    ...firstOfEach(bad, ({ error }) => error ?? '', wrong),
  ];
  return chosen.map((outcome) => ({
    model,
    split,
    id: outcome.id,
    dialect: outcome.dialect,
    database: outcome.database,
    question: outcome.question,
    sql: outcome.sql,
    predicted: outcome.predicted,
    correct: outcome.correct,
    error: outcome.error,
    message: outcome.message,
    goldResult: outcome.goldResult,
    predictedResult: outcome.predictedResult,
  }));
}

function firstOfEach(
  outcomes: readonly ItemOutcome[],
  keyOf: (outcome: ItemOutcome) => string,
  limit: number,
): ItemOutcome[] {
  const first = new Map<string, ItemOutcome>();
  for (const outcome of outcomes) if (!first.has(keyOf(outcome))) first.set(keyOf(outcome), outcome);
  return [...first.values()].slice(0, limit);
}

/** Mean routing by dialect over outcomes that carry it. */
export function routingByDialect(outcomes: readonly ItemOutcome[]): ReportRouting['byDialect'] {
  const dialects = [...new Set(outcomes.map(({ dialect }) => dialect))];
  return dialects.flatMap((dialect) => {
    const routed = outcomes.flatMap((outcome) =>
      outcome.dialect === dialect && outcome.routing ? [outcome.routing] : [],
    );
    const [first] = routed;
    if (!first) return [];
    const layers = first.map((experts, layer) =>
      experts.map((_, expert) => routed.reduce((sum, routing) => sum + routing[layer]![expert]!, 0) / routed.length),
    );
    return [{ dialect, layers }];
  });
}
