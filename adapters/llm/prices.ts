/** US dollars a million tokens, by model name. A model without an entry has an unknown price: null, never a guess. */
export type PriceList = Record<string, { input: number; cachedInput?: number; output: number }>;

export interface TokenUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

/** Cost of a call in US dollars, or null where the model's price is not in the list. */
export function costOf(model: string, usage: TokenUsage, prices: PriceList): number | null {
  const price = prices[model];
  if (!price) return null;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cached = usage.cachedInputTokens * (price.cachedInput ?? price.input);
  return (fresh * price.input + cached + usage.outputTokens * price.output) / 1_000_000;
}
