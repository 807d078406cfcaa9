/**
 * The contract between those who start work and those who do it: task queues, workflow names and ids, and the plain-JSON
 * input and result of every workflow. Rows never travel through a workflow's history; references to artifacts do.
 */
import type { ArmAccuracy, ArmComparison, ArmReport, ExperimentRun } from './experiment/report.js';
import type { ExperimentSpec } from './experiment/spec.js';
import type {
  CheckPolicy,
  DatabaseEntry,
  EvaluationPlan,
  ExpandPlan,
  GuideSource,
  LearnPlan,
  MergePlan,
  PopulatePlan,
  PromptForm,
  RunSpec,
  TeacherSpec,
  TrainRecipe,
} from './run-spec.js';

/** A pool of workers is one task queue of the same name. */
export const pools = ['control', 'io', 'llm', 'sql', 'gpu', 'eval'] as const;
export type Pool = (typeof pools)[number];

/** Workflows that a person may start. */
export const workflowNames = [
  'lifecycle',
  'experiment',
  'scrapeGuides',
  'extractSeeds',
  'expandTemplates',
  'populatePairs',
  'checkPairs',
  'trainExpert',
  'mergeExperts',
  'evaluateModels',
] as const;
export type WorkflowName = (typeof workflowNames)[number];

/** The stages of a run, in order. */
export const stages = ['scrape', 'seeds', 'expand', 'populate', 'check', 'train', 'merge', 'evaluate'] as const;
export type Stage = (typeof stages)[number];

/** Whether a run that ends with `last` does this stage. */
export const reaches = (last: Stage, stage: Stage): boolean => stages.indexOf(stage) <= stages.indexOf(last);

const poolOf: Record<Stage, Pool> = {
  ...{ scrape: 'io', seeds: 'io', expand: 'llm', populate: 'llm', check: 'sql' },
  ...{ train: 'gpu', merge: 'gpu', evaluate: 'eval' },
};

/** The pools that a run needs which ends after `last`. */
export const poolsUntil = (last: Stage): Pool[] =>
  pools.filter((pool) => pool === 'control' || stages.some((stage) => reaches(last, stage) && poolOf[stage] === pool));

/** Typed search attributes, registered on the namespace at start-up. */
export const searchAttributes = { stage: 'DialecticStage', dialect: 'DialecticDialect', run: 'DialecticRun' } as const;

/** Business ids: starting a run that already goes on joins it. */
export const lifecycleId = (name: string): string => `lifecycle/${name}`;
export const stageWorkflowId = (workflow: WorkflowName, name: string): string => `${workflow}/${name}`;
export const partId = (run: string, part: string): string => `${run}/${part}`;

/** An immutable object in S3, named by its content. Its hash is checked on every read. */
export interface ArtifactRef {
  key: string;
  sha256: string;
  bytes: number;
  /** Lines, where the object is JSON Lines. */
  rows?: number;
  mediaType: string;
}

/** Pairs of one dialect, split so that no statement of `heldout` is in `train` or `seeds` of any dialect, and no database in two of them. */
export interface DatasetRef {
  id: string;
  dialect: string;
  pairs: number;
  databases: string[];
  skeletons: number;
  /** JSON Lines of Pair. `seeds` are the rows of `train` that come from seed templates. */
  splits: {
    seeds: ArtifactRef;
    train: ArtifactRef;
    validation: ArtifactRef;
    heldout: ArtifactRef;
    unseen: ArtifactRef;
  };
  /** JSON: the schemas of the databases, by name, so that prompts are written without reaching the databases. */
  schemas: ArtifactRef;
  /** JSON: funnel by reason, coverage, skeletons, hardness, lengths. */
  datasheet: ArtifactRef;
  /** Absent: generated. `human`: people's questions, of the databases in `entries`; those to learn are in `train`, those to ask in `unseen`. */
  origin?: 'human';
  entries?: DatabaseEntry[];
}

export type Split = 'heldout' | 'unseen';

/** Split names as documents for people and scripts write them. */
export const splitTitles: Record<Split, string> = { heldout: 'known-databases', unseen: 'unseen-databases' };
export const humanTitle = 'human-questions';

export type ModelKind = 'base' | 'expert' | 'merged' | 'generalist' | 'mixture' | 'endpoint';

/** A model: a folder of files (weights, tokenizer, card, ONNX), as a manifest artifact; of an endpoint what is asked there. */
export interface ModelRef {
  id: string;
  kind: ModelKind;
  dialect: string | null;
  parameters: number;
  /** How it is asked: schema items as index tokens, or in plain words. */
  promptForm: PromptForm;
  folder: ArtifactRef;
  /** JSON of what its training or merging measured: loss curves, rows, seconds; share of tensors interpolated linearly, … */
  measured: ArtifactRef;
}

/** Which run asks. With `fresh`, only what finished since the run's start is reused. */
export interface Provenance {
  run: string;
  startedAt: string;
  fresh: boolean;
  /** Whose budget pays, where it is not the run's own: the experiment's that it is a part of. */
  payer?: string;
  /** What the run was told when this part of it began; later words come by signal. */
  control?: PartControl;
}

/** What people tell a run, and it tells its parts. */
export interface PartControl {
  paused: boolean;
  maxBudgetUsd: number | null;
}

/** The numbers of one stage, as the run's final document gives them. */
export interface StageReport {
  stage: Stage;
  dialect?: string;
  /** A model's or a part's name, where a stage runs more than once. */
  part?: string;
  in: number;
  out: number;
  seconds: number;
  reused: boolean;
  /** US dollars; null where a price is not known. */
  costUsd: number | null;
  /** Counts by reason, or other figures that a reader wants beside `in` and `out`. */
  figures?: Record<string, number>;
}

/** A database as a person writes it: `sample:<domain>`, an address, or both name and address. */
export type DatabaseInput = string | DatabaseEntry;

/** Databases that training may know, and those kept from it. */
export interface Databases {
  known: DatabaseInput[];
  unseen?: DatabaseInput[];
}

/** Every input may name the run it belongs to; started alone, a workflow is its own run. */
interface Part {
  provenance?: Provenance;
}

export interface ScrapeGuidesInput extends Part {
  dialect: string;
  /** None: the built-in guides. */
  sources?: GuideSource[];
}
export interface ScrapeGuidesResult {
  dialect: string;
  guides: ArtifactRef;
  report: StageReport;
}

export interface ExtractSeedsInput extends Part {
  dialect: string;
  /** JSON Lines or JSON of Spider's format; none: the built-in seeds. */
  queries?: ArtifactRef;
  limit?: number;
}
export interface ExtractSeedsResult {
  dialect: string;
  templates: ArtifactRef;
  report: StageReport;
}

export interface ExpandTemplatesInput extends Part {
  dialect: string;
  /** None: the built-in seeds and guides. */
  seeds?: ArtifactRef;
  guides?: ArtifactRef;
  teacher?: Partial<TeacherSpec>;
  plan?: Partial<ExpandPlan>;
  seed?: number;
}
export interface ExpandTemplatesResult {
  dialect: string;
  /** Seeds and new templates together. */
  templates: ArtifactRef;
  report: StageReport;
}

export interface PopulatePairsInput extends Part {
  dialect: string;
  /** None: those of `expandTemplates` with its defaults. */
  templates?: ArtifactRef;
  /** `sample:<domain>` names or addresses. */
  databases: Databases;
  teacher?: Partial<TeacherSpec>;
  plan?: Partial<PopulatePlan>;
  seed?: number;
  /** Carried over by continue-as-new. */
  progress?: { done: ArtifactRef[]; report: StageReport | null };
}
export interface PopulatePairsResult {
  dialect: string;
  shards: ArtifactRef[];
  report: StageReport;
}

export interface CheckPairsInput extends Part {
  dialect: string;
  pairs: ArtifactRef[];
  /** JSON: the keys of statements that people gave to learn from, in whatever dialect: no evaluation split may hold one. */
  taught?: ArtifactRef;
  databases: Databases;
  judge?: Partial<TeacherSpec>;
  /** Who wrote the pairs: with a model it is asked once more for those that are rejected. */
  teacher?: Partial<TeacherSpec>;
  policy?: Partial<CheckPolicy>;
  /** The name of the dataset that comes out. */
  name?: string;
  progress?: { done: ArtifactRef[]; report: StageReport | null };
}
export interface CheckPairsResult {
  dataset: DatasetRef;
  report: StageReport;
}

export interface TrainExpertInput extends Part {
  /** The model's name, and its id's beginning. */
  name: string;
  kind: ModelKind;
  dialect?: string | null;
  datasets: DatasetRef[];
  /** Which rows of the datasets are learned. */
  rows: 'seeds' | 'train';
  learn?: LearnPlan;
  human?: DatasetRef | null;
  /** The model to go on from; none: what the recipe's `base` says. */
  from?: ModelRef | null;
  recipe?: Partial<TrainRecipe>;
}
export interface TrainExpertResult {
  model: ModelRef;
  report: StageReport;
}

export interface MergeExpertsInput extends Part {
  name: string;
  base: ModelRef;
  experts: ModelRef[];
  /** The experts' datasets, from which the keywords of the gates are mined. */
  datasets: DatasetRef[];
  plan?: Partial<MergePlan>;
  learn?: LearnPlan;
  human?: DatasetRef | null;
  /** How the experts were trained, which a generalist is in their place. */
  expert?: Partial<TrainRecipe>;
}
export interface MergeExpertsResult {
  model: ModelRef;
  /** Of the merge, and of the tuning after it. */
  stages: StageReport[];
}

export interface EvaluateModelsInput extends Part {
  name?: string;
  models: ModelRef[];
  datasets: DatasetRef[];
  databases: Databases;
  plan?: Partial<EvaluationPlan>;
  /** Stages before this one and the run's spec, for the report. */
  stages?: StageReport[];
  spec?: RunSpec | null;
}
export interface Evaluation {
  model: string;
  kind: ModelKind;
  dialect: string;
  split: string;
  n: number;
  ex: number;
  exCi: [number, number];
  exNonEmpty: number;
  em: number;
  bleu2: number;
  valid: number;
  /** JSON Lines of every question's outcome; absent in results of older runs. */
  outcomes?: ArtifactRef;
  /** Gold given as its own prediction: 1, or the set has defects. */
  goldEx: number;
}
export interface EvaluateModelsResult {
  evaluations: Evaluation[];
  /** The report as one HTML page, and as JSON. */
  html: ArtifactRef;
  json: ArtifactRef;
  report: StageReport;
}

/** A dialect's part of a lifecycle: from its guides to its checked pairs. */
export interface BuildCorpusInput extends Part {
  dialect: string;
  spec: RunSpec;
  /** The last stage to run. */
  until: Stage;
}
export interface BuildCorpusResult {
  stages: StageReport[];
  dataset: DatasetRef | null;
}

export interface LifecycleInput extends Part {
  /** The run's name; its workflow id is `lifecycle/<name>`. */
  name?: string;
  /** A run spec; every field that can have a default has one. */
  spec: DeepPartial<RunSpec>;
  fresh?: boolean;
  /** Stop after this stage. */
  only?: Stage | null;
}
export interface LifecycleResult {
  run: string;
  stages: StageReport[];
  datasets: DatasetRef[];
  models: ModelRef[];
  evaluations: Evaluation[];
  html: ArtifactRef | null;
  json: ArtifactRef | null;
}

export interface ExperimentInput {
  /** An experiment as in examples/experiments, its base written out. */
  spec: DeepPartial<ExperimentSpec>;
  fresh?: boolean;
}
export interface ExperimentResult {
  run: string;
  runs: ExperimentRun[];
  arms: ArmReport[];
  accuracy: ArmAccuracy[];
  comparisons: ArmComparison[];
  /** The comparison as one HTML page, and as JSON. */
  html: ArtifactRef;
  json: ArtifactRef;
}

/** What a finished run of an arm leaves for the comparison. */
export interface ArmOutcome {
  arm: string;
  seed: number;
  run: string;
  stages: StageReport[];
  /** Dialects that its trainings learned, and those whose experts have a part in what answers. */
  learned: string[];
  experts: string[];
  /** Of what answers for the arm. */
  answers: Evaluation[];
  parameters: number;
}

/** What the `status` query of every workflow answers. */
export interface RunStatus {
  run: string;
  state: 'running' | 'paused' | 'awaiting-approval' | 'awaiting-budget' | 'completed';
  /** One sentence for people. */
  doing: string;
  stages: StageReport[];
  maxBudgetUsd: number | null;
}

/** Every field optional at every depth; lists stay whole. */
export type DeepPartial<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;
