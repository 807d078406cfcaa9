/** A run spec with every default filled in: what a lifecycle does, as plain data. `schema/run-spec.ts` reads and validates it. */

export interface RunSpec {
  name: string;
  /** Seed of everything drawn at random. */
  seed: number;
  dialects: string[];
  databases: DatabasePlan;
  guides: { sources: Record<string, GuideSource[]> };
  seeds: SeedPlan;
  teacher: TeacherSpec;
  judge: TeacherSpec;
  expand: ExpandPlan;
  populate: PopulatePlan;
  /** Files of pairs that people wrote or vouched for (`dialectic feedback export`): checked like all others, and learned from. */
  pairs?: string[];
  check: CheckPolicy;
  /** People's questions beside the generated ones; SQLite. */
  human?: HumanPlan;
  /** Which of the checked pairs are learned; absent: all. */
  learn?: LearnPlan;
  base: TrainRecipe;
  expert: TrainRecipe;
  merge: MergePlan;
  evaluate: EvaluationPlan;
  /** US dollars that the teacher and the judge may cost; null: no limit. */
  maxBudgetUsd: number | null;
  /** Wait for `dialectic approve` when the datasets are there, before training. */
  approve: boolean;
}

/** `sample:<domain>` or the address of a real database; no database is in both lists. */
export interface DatabasePlan {
  known: DatabaseEntry[];
  unseen: DatabaseEntry[];
}

/** A sample is made for every dialect; an address belongs to the dialect whose engine reads it. */
export interface DatabaseEntry {
  name: string;
  url: string;
  /** Null: every dialect of the run. */
  dialect: string | null;
}

/** A guide source: a site to read, or a folder or address of Markdown. */
export interface GuideSource {
  url: string;
  /** Paths below which pages are read. */
  prefix?: string;
  /** CSS selector of the main content; readability decides where it is not given. */
  selector?: string;
  licence?: string;
  /** Pages at most. */
  limit?: number;
}

export interface SeedPlan {
  /** Seed templates taken, most frequent first. */
  limit: number;
}

export interface TeacherSpec {
  /** `offline`: a typed grammar, no model. `openai`: any OpenAI-compatible endpoint. */
  kind: 'offline' | 'openai';
  model: string | null;
  baseUrl: string | null;
  /** Calls at once, at most. */
  concurrency: number;
  /** By the endpoint's batch API: slower, and cheaper where the price list says so. */
  batch: boolean;
  /** Ask the teacher once more for a pair that was rejected, with what was said against it. */
  repair: boolean;
  /** After which a call without an answer counts as lost. */
  timeoutSeconds: number;
}

export interface ExpandPlan {
  /** Templates wanted, those of seeds and guides included. */
  target: number;
  /** Templates that a model is asked for at a time. */
  batch: number;
  /** Stop when fewer than this share of a batch's attempts gives a new skeleton. */
  minYield: number;
}

export interface PopulatePlan {
  /** Pairs made from seed templates, and from expanded ones, over all known databases. */
  seedPairs: number;
  pairs: number;
  /** Pairs made for the unseen databases together. */
  unseenPairs: number;
  /** Pairs in one activity. */
  batch: number;
}

export interface CheckPolicy {
  timeoutMs: number;
  maxRows: number;
  /** Shares of the known databases' statements, by hash. */
  heldout: number;
  validation: number;
  /** Jaccard similarity of questions from which two count as the same. */
  nearDuplicate: number;
  /** Gold files of sets that models will be evaluated on (Spider's, BIRD's, our own): pairs that give them away are rejected. */
  evaluationSets: string[];
}

/** Questions of Spider's format and the folder of their databases, `<name>/<name>.sqlite`, as paths on the workers' machines. */
export interface HumanQuestions {
  questions: string;
  databases: string;
}

export interface HumanPlan {
  /** To learn from, as much as `learn.humanShare` says. */
  train?: HumanQuestions;
  /** To be asked. */
  test?: HumanQuestions;
}

/** Which pairs the trainings of a run learn. What models are asked does not depend on it, so that runs can be compared. */
export interface LearnPlan {
  /** Rows of a dialect that one training learns at most. */
  rows?: number;
  /** The most joins a statement has, and queries inside one another (1: none inside). */
  maxJoins?: number;
  maxNesting?: number;
  /** Share of all skeletons of which no pair is learned. */
  withoutSkeletons?: number;
  /** Share of the rows that people's questions give. */
  humanShare?: number;
}

/**
 * `linked`: names and values of the prompt are index tokens, for small models. `plain`: schema and question in words. `masked`: the
 * question alone, and statements whose values are put back by rules, for encoder–decoders; `masked-schema`: also tables and columns.
 */
export type PromptForm = 'linked' | 'plain' | 'masked' | 'masked-schema';

/** How a model is trained. `recipe` and `architecture` are read by the trainer; docs/train.md lists their fields. */
export interface TrainRecipe {
  /** `scratch`, the folder of a model in the Hugging Face layout, or a GGUF file. Without effect where a model is gone on from. */
  base: string;
  /** Null: `linked` for a model from scratch, `plain` for one that knows English and SQL already. */
  promptForm: PromptForm | null;
  /** Of a model from scratch; null: the trainer's default of about 3 million parameters. */
  architecture: Record<string, number> | null;
  recipe: Record<string, unknown>;
  /** Weight of a loss on the router that rewards the expert of the row's dialect; mixtures only. */
  routerLossWeight: number;
}

export interface MergePlan {
  /**
   * How the trainer merges the experts, or something to compare that with: `generalist`, one model that learns from the rows of all
   * dialects as long as the experts together; `single`, the expert that `settings.expert` names; `none`.
   */
  method: string;
  settings: Record<string, unknown>;
  /** Keywords mined for each dialect's gate. */
  keywords: number;
  /** Prompts used for each gate. */
  prompts: number;
  /** The brief training on mixed data that follows; null: none. */
  tuning: TrainRecipe | null;
}

export interface EvaluationPlan {
  /** Dialects that are asked, too, without an expert that learned them. */
  alsoDialects?: string[];
  /** Questions of each dialect. */
  heldout: number;
  unseen: number;
  batch: number;
  /** Statements tried of each question, the greedy one among them; from 2 on the result that most of them agree on counts. */
  samples?: number;
  /** How they are drawn. */
  temperature?: number;
  topP?: number;
  /** Models behind endpoints that are asked the same questions. */
  endpoints?: EndpointSpec[];
}

/** A model under test behind an OpenAI-compatible endpoint. Its key is in the workers' environment, by its name. */
export interface EndpointSpec {
  name: string;
  baseUrl: string;
  model: string;
  /** Calls at once, at most. */
  concurrency: number;
  timeoutSeconds: number;
  /** Tokens of an answer at most. */
  maxTokens: number;
}

/** The databases of a run that a dialect's engine reads. */
export function databasesOf(
  { databases }: RunSpec,
  dialect: string,
): { known: DatabaseEntry[]; unseen: DatabaseEntry[] } {
  const readable = (entry: DatabaseEntry): boolean => entry.dialect === null || entry.dialect === dialect;
  return { known: databases.known.filter(readable), unseen: databases.unseen.filter(readable) };
}
