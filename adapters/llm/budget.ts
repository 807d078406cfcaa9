import { BudgetExhaustedError } from './errors.js';
import type { CallLedger } from './ledger.js';

/** Lets calls begin as long as the budget holds, and keeps account of those that have not come back. */
export interface BudgetGuard {
  /** Runs a call that costs money. @throws BudgetExhaustedError instead, when the budget would be passed by it */
  spend<T>(call: () => Promise<T>): Promise<T>;
}

/**
 * A call is expected to cost what the run's calls cost so far on average; until one has come back, one is made at a time. When those
 * that run now and one more would pass the budget, the call waits until one of them has come back, for most turn out cheaper or
 * dearer; when none runs, the budget is spent.
 */
export function guardBudget(model: string, maxBudgetUsd: number | null, ledger: CallLedger): BudgetGuard {
  let running = 0;
  const waiting: (() => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();
  /** One decision after the other: each has to count the calls that those before it let begin. */
  const decide = (budget: number): Promise<'begin' | 'wait' | 'spent'> => {
    const decision = last.then(async () => {
      const { calls, usd } = await ledger.spent();
      const fits = calls === 0 ? running === 0 : usd + (running + 1) * (usd / calls) <= budget * (1 + 1e-9);
      if (usd >= budget || !fits) return running === 0 ? 'spent' : 'wait';
      running++;
      return 'begin';
    });
    last = decision.catch(() => undefined);
    return decision;
  };
  return {
    async spend(call) {
      if (maxBudgetUsd === null) return call();
      for (;;) {
        const decision = await decide(maxBudgetUsd);
        if (decision === 'begin') break;
        if (decision === 'spent')
          throw new BudgetExhaustedError(`The budget of $${maxBudgetUsd} for model ${model} is spent.`);
        // Where the last one has come back meanwhile, nobody is left to say so.
        if (running > 0) await new Promise<void>((resolve) => waiting.push(resolve));
      }
      try {
        return await call();
      } finally {
        running--;
        for (const again of waiting.splice(0)) again();
      }
    },
  };
}
