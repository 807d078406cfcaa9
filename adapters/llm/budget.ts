import { BudgetExhaustedError } from './errors.js';
import type { CallLedger } from './ledger.js';

/** Lets calls begin as long as the budget holds, and keeps account of those that have not come back. */
export interface BudgetGuard {
  /** Runs a call that costs money. @throws BudgetExhaustedError instead, when the budget would be passed by it */
  spend<T>(call: () => Promise<T>): Promise<T>;
}

/** The calls of a run that have not come back; shared by all of a process's work for the run. */
export interface BudgetAccount {
  running: number;
  waiting: (() => void)[];
  /** The decision before; each has to count the calls that those before it let begin. */
  last: Promise<unknown>;
}

export const openBudgetAccount = (): BudgetAccount => ({ running: 0, waiting: [], last: Promise.resolve() });

export interface BudgetOptions {
  model: string;
  maxBudgetUsd: number;
  ledger: Pick<CallLedger, 'spent'>;
  account: BudgetAccount;
  /** Whether the model's price is known; what costs nobody knows what only stops once the budget is spent by others. */
  priced: boolean;
}

/**
 * A call is expected to cost what the run's calls cost so far on average; until one has come back, one is made at a time. When those
 * that run now and one more would pass the budget, the call waits until one of them has come back, for most turn out cheaper or
 * dearer; when none runs, the budget is spent.
 */
export function guardBudget({ model, maxBudgetUsd, ledger, account, priced }: BudgetOptions): BudgetGuard {
  const hasRoom = ({ calls, usd }: { calls: number; usd: number }): boolean => {
    if (usd >= maxBudgetUsd) return false;
    if (!priced) return true;
    if (calls === 0) return account.running === 0;
    return usd + (account.running + 1) * (usd / calls) <= maxBudgetUsd * (1 + 1e-9);
  };
  const decide = (): Promise<'begin' | 'wait' | 'spent'> => {
    const decision = account.last.then(async () => {
      if (!hasRoom(await ledger.spent())) return account.running === 0 ? 'spent' : 'wait';
      account.running++;
      return 'begin';
    });
    account.last = decision.catch(() => undefined);
    return decision;
  };
  return {
    async spend(call) {
      for (;;) {
        const decision = await decide();
        if (decision === 'begin') break;
        if (decision === 'spent')
          throw new BudgetExhaustedError(`The budget of $${maxBudgetUsd} for model ${model} is spent.`);
        // Where the last one has come back meanwhile, nobody is left to say so.
        if (account.running > 0) await new Promise<void>((resolve) => account.waiting.push(resolve));
      }
      try {
        return await call();
      } finally {
        account.running--;
        for (const again of account.waiting.splice(0)) again();
      }
    },
  };
}

/** Of a run without a budget. */
export const noBudget: BudgetGuard = { spend: (call) => call() };
