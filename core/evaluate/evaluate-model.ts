import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { buildPrompt, readCompletion, taughtSql } from '../prompt/prompt-form.js';
import type { PromptForm } from '../run-spec.js';
import { specialTokens } from '../prompt/special-tokens.js';
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
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

/** Index tokens that stand for something of the prompt; those of aliases and outputs are the statement's own. */
export const promptTokens = specialTokens.filter((token) => !/^<[qa]/.test(token));

/** Asks a model every question. It is shown the question and the schema, never the gold. */
export async function predictSql({
  model,
  items,
  promptForm,
  dialect,
  onProgress,
  signal,
}: PredictInput): Promise<Prediction[]> {
  const prompts = items.map(({ pair, schema }) =>
    buildPrompt(promptForm, { question: pair.question, schema, dialect }),
  );
  const answers = await model.generate(
    prompts.map(({ prompt }) => prompt),
    {
      ...(promptForm === 'linked' ? { onlyFromPrompt: promptTokens } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
    },
  );
  return items.map(({ pair }, at) => {
    const { text, routing } = answers[at]!;
    const reference = taughtSql(pair.sql, prompts[at]!, dialect);
    return {
      id: pair.id,
      sql: readCompletion(text, prompts[at]!),
      ...(reference === null ? {} : { reference }),
      ...(routing ? { routing } : {}),
    };
  });
}

export interface EvaluateModelInput extends PredictInput, Omit<ScoreInput, 'items' | 'predictions'> {}

/** Asks a model every question of one dialect, runs what it answers, and sums up. */
export async function evaluateModel(
  input: EvaluateModelInput,
): Promise<{ outcomes: ItemOutcome[]; summary: EvaluationSummary }> {
  const predictions = await predictSql(input);
  const outcomes = await scorePredictions({ ...input, items: input.items.map(({ pair }) => pair), predictions });
  return { outcomes, summary: summarise(outcomes) };
}
