import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { buildPrompt, readCompletion, taughtSql } from '../prompt/prompt-form.js';
import type { PromptForm } from '../run-spec.js';
import { specialTokens } from '../prompt/special-tokens.js';
import type { EvaluationItem, ItemOutcome, Prediction } from './outcome.js';
import { scorePredictions, type ScoreInput } from './score-predictions.js';
import { summarise, type EvaluationSummary } from './summarise.js';

/** Whatever answers prompts: an ONNX model, or an endpoint. */
export interface Predictor {
  generate(
    prompts: readonly string[],
    options: { onlyFromPrompt?: readonly string[]; onProgress?: (done: number) => void; signal?: AbortSignal },
  ): Promise<{ text: string; routing?: number[][] }[]>;
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
const promptTokens = specialTokens.filter((token) => !/^<[qa]/.test(token));

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
