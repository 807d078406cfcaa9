import type { Predictor } from '../../core/evaluate/evaluate-model.js';
import { readSqlReply } from '../../core/answer/sql-of-reply.js';
import { TeacherRefusedError } from './errors.js';
import type { ModelRequest } from './ledger.js';
import type { ModelClient } from './model-client.js';

/** Version of what an endpoint is told; with another one its answers are others. */
export const endpointPromptVersion = 'predict-v1';

const system = `You translate questions about a database into SQL. Reply with one statement in the dialect that the prompt names, and with \
nothing else: no explanation, no Markdown. The statement only reads. Use no table and no column that the schema does not have.`;

/** Seed of greedy answers, for endpoints that draw even at temperature 0. */
const greedySeed = 17;

/**
 * A model behind an OpenAI-compatible endpoint as one that is evaluated. Every prompt is a call; those that the ledger holds are not paid
 * again. A prompt that the endpoint refuses, being too long for instance, has no answer.
 * @throws TeacherRefusedError where every prompt is refused, and what the client throws
 */
export function createEndpointPredictor(
  client: Pick<ModelClient, 'ask'>,
  { maxTokens }: { maxTokens: number },
): Predictor {
  return {
    async generate(prompts, { sampling, onProgress, signal }) {
      const refused: TeacherRefusedError[] = [];
      let done = 0;
      const answers = await Promise.all(
        prompts.map(async (user, place) => {
          signal?.throwIfAborted();
          const request: ModelRequest<string> = {
            ...{ stage: 'evaluate', system, user, schemaName: endpointPromptVersion, schema: null, maxTokens },
            temperature: sampling?.temperature ?? 0,
            seed: sampling ? sampling.seed + place : greedySeed,
          };
          const text = await client.ask(request).then(
            ({ value }) => readSqlReply(value),
            (error: unknown) => {
              if (!(error instanceof TeacherRefusedError)) throw error;
              refused.push(error);
              return '';
            },
          );
          onProgress?.(++done);
          return { text };
        }),
      );
      if (prompts.length > 0 && refused.length === prompts.length) throw refused[0]!;
      return answers;
    },
  };
}
