/** US dollars a million tokens, by model name. A model without an entry has an unknown price: null, never a guess. */
export type PriceList = Record<string, TokenPrices & { batch?: TokenPrices }>;

export interface TokenPrices {
  input: number;
  cachedInput?: number;
  output: number;
}

export interface TokenUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

/** Cost of a call in US dollars, or null where the model's price, or its price by the batch API, is not in the list. */
export function costOf(
  model: string,
  usage: TokenUsage,
  prices: PriceList,
  by: 'call' | 'batch' = 'call',
): number | null {
  const price = by === 'batch' ? prices[model]?.batch : prices[model];
  if (!price) return null;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const cached = usage.cachedInputTokens * (price.cachedInput ?? price.input);
  return (fresh * price.input + cached + usage.outputTokens * price.output) / 1_000_000;
}
