import { z } from 'zod';
import type { ModelRequest } from './ledger.js';
import type { TokenUsage } from './prices.js';

/** Characters of a token in English and SQL, as tokenizers of today's models have them. */
const charactersPerToken = 3.6;
/** Of the answer, before the model has given any: what answers of that stage came to with the models that were tried. */
const usualOutputTokens: Record<string, number> = { expand: 180, populate: 70, repair: 110, check: 40 };

/** What a request is expected to use, before it is sent. Nothing is taken to be cached. */
export function estimateUsage({ system, user, schema, stage, maxTokens }: ModelRequest<unknown>): TokenUsage {
  const characters = system.length + user.length + JSON.stringify(z.toJSONSchema(schema)).length;
  return {
    inputTokens: Math.ceil(characters / charactersPerToken),
    cachedInputTokens: 0,
    outputTokens: Math.min(maxTokens, usualOutputTokens[stage] ?? maxTokens),
  };
}
