import type { PaidCall } from './ledger.js';
import type { TokenUsage } from './prices.js';

/** What some work asked of a model, and what of it this run paid for. */
export interface Tally extends TokenUsage {
  /** Different requests. */
  calls: number;
  /** US dollars of the calls that this run paid for, in whatever attempt; null where a price is not known. */
  costUsd: number | null;
}

/** Counts each request once, however often it is asked. */
export function createTally(): { add(call: PaidCall & { elsewhere?: boolean }): void; readonly total: Tally } {
  const seen = new Set<string>();
  const total: Tally = { calls: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: 0 };
  return {
    total,
    add({ key, usage, costUsd, elsewhere }) {
      if (seen.has(key)) return;
      seen.add(key);
      total.calls++;
      if (elsewhere) return;
      total.inputTokens += usage.inputTokens;
      total.cachedInputTokens += usage.cachedInputTokens;
      total.outputTokens += usage.outputTokens;
      total.costUsd = total.costUsd === null || costUsd === null ? null : total.costUsd + costUsd;
    },
  };
}
