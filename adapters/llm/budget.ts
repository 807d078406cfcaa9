import { BudgetExhaustedError } from './errors.js';
import type { CallLedger } from './ledger.js';

/** Lets calls begin as long as the budget holds, and keeps account of those that have not come back. */
export interface BudgetGuard {
  /** Runs a call that costs money. @throws BudgetExhaustedError instead, when the budget would be passed by it */
  spend<T>(call: () => Promise<T>): Promise<T>;
}

/**
 * A call is expected to cost what the run's calls cost so far on average. When those that run now and one more would pass the
 * budget, the call waits until one of them has come back, for most turn out cheaper or dearer; when none runs, the budget is spent.
 */
export function guardBudget(model: string, maxBudgetUsd: number | null, ledger: CallLedger): BudgetGuard {
  let running = 0;
  const waiting: (() => void)[] = [];
  const allowed = async (budget: number): Promise<boolean> => {
    const { calls, usd } = await ledger.spent();
    const expected = calls === 0 ? 0 : usd / calls;
    return usd < budget && usd + (running + 1) * expected <= budget * (1 + 1e-9);
  };
  return {
    async spend(call) {
      if (maxBudgetUsd !== null) {
        while (!(await allowed(maxBudgetUsd))) {
          if (running === 0)
            throw new BudgetExhaustedError(`The budget of $${maxBudgetUsd} for model ${model} is spent.`);
          await new Promise<void>((resolve) => waiting.push(resolve));
        }
      }
      running++;
      try {
        return await call();
      } finally {
        running--;
        for (const again of waiting.splice(0)) again();
      }
    },
  };
}
