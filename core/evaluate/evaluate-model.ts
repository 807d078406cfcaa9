import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { buildPrompt, readCompletion, taughtSql, type BuiltPrompt } from '../prompt/prompt-form.js';
import { restrictedTokens } from '../prompt/restricted-tokens.js';
import type { PromptForm } from '../run-spec.js';
import { guidedStatements, type Guided } from './guided.js';
import type { EvaluationItem, ItemOutcome, Prediction } from './outcome.js';
import { scorePredictions, type ScoreInput } from './score-predictions.js';
import { summarise, type EvaluationSummary } from './summarise.js';

/** How tokens are drawn instead of taking the likeliest. Equal seeds and places in a call give equal answers. */
export interface Sampling {
  /** Above 0; 1 is the model's own distribution. */
  temperature: number;
  /** Tokens are drawn from the likeliest that together have this share of the probability. */
  topP: number;
  seed: number;
}

export interface PredictOptions {
  /** Texts, each one token, that an answer may use only where its prompt has them. */
  onlyFromPrompt?: readonly string[];
  /** Greedy without it. */
  sampling?: Sampling;
  /** Of a mixture: also give each token's routing. */
  tokenRouting?: boolean;
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface Predicted {
  text: string;
  /** False where a limit ended the answer, or the prompt was too long to be read; true where that is not known. */
  complete?: boolean;
  /** Of a mixture: each expert's share, [layers][experts]; of the whole text, and of every token where asked for. */
  routing?: number[][];
  tokenRouting?: { token: string; part: 'prompt' | 'answer'; weights: number[][] }[];
}

/** Whatever answers prompts: an ONNX model, or an endpoint. */
export interface Predictor {
  generate(prompts: readonly string[], options: PredictOptions): Promise<Predicted[]>;
}

export interface ModelItem {
  pair: EvaluationItem;
  schema: DatabaseSchema;
}

export interface PredictInput {
  model: Predictor;
  items: readonly ModelItem[];
  promptForm: PromptForm;
  dialect: DialectManifest;
  /** Several statements are tried of each question, and a vote over their results decides; greedy without it. */
  guided?: Guided;
  /** Where they are tried. */
  session: ScoreInput['session'];
  limits?: ScoreInput['limits'];
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

/** Asks a model every question. It is shown the question and the schema, never the gold. */
export async function predictSql(input: PredictInput): Promise<Prediction[]> {
  const { model, items, promptForm, dialect, guided, onProgress, signal } = input;
  const prompts = items.map(({ pair, schema }) =>
    buildPrompt(promptForm, { question: pair.question, schema, dialect }),
  );
  const options: PredictOptions = {
    onlyFromPrompt: restrictedTokens(promptForm),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
  const answers = await model.generate(
    prompts.map(({ prompt }) => prompt),
    options,
  );
  const greedy = answers.map(({ text }, at) => readCompletion(text, prompts[at]!));
  const statements = guided ? await guide(guided, greedy, prompts, options, input) : greedy;
  return items.map(({ pair }, at) => {
    const { routing } = answers[at]!;
    const reference = taughtSql(pair.sql, prompts[at]!, dialect);
    return {
      id: pair.id,
      sql: statements[at]!,
      ...(reference === null ? {} : { reference }),
      ...(routing ? { routing } : {}),
    };
  });
}

async function guide(
  { samples, sampling }: Guided,
  greedy: readonly string[],
  prompts: readonly BuiltPrompt[],
  options: PredictOptions,
  { model, items, ...input }: PredictInput,
): Promise<string[]> {
  const others = samples - 1;
  const asked = prompts.flatMap(({ prompt }) => Array.from({ length: others }, () => prompt));
  const sampled = await model.generate(asked, { ...options, sampling });
  const statements = greedy.map((sql, at) => [
    sql,
    ...sampled.slice(at * others, (at + 1) * others).map(({ text }) => readCompletion(text, prompts[at]!)),
  ]);
  return guidedStatements({ ...input, statements, databases: items.map(({ pair }) => pair.database) });
}

export interface EvaluateModelInput extends PredictInput, Omit<ScoreInput, 'items' | 'predictions' | 'session'> {}

/** Asks a model every question of one dialect, runs what it answers, and sums up. */
export async function evaluateModel(
  input: EvaluateModelInput,
): Promise<{ outcomes: ItemOutcome[]; summary: EvaluationSummary }> {
  const predictions = await predictSql(input);
  const outcomes = await scorePredictions({ ...input, items: input.items.map(({ pair }) => pair), predictions });
  return { outcomes, summary: summarise(outcomes) };
}
