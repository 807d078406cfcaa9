import { randomUUID } from 'node:crypto';
import { BudgetExhaustedError } from '../adapters/llm/errors.js';
import type { Queryable } from '../adapters/postgres/database.js';
import { savePaidCall, spentFrom } from '../adapters/postgres/queries/paid-calls.js';
import type { Provenance } from '../core/contract.js';
import type { DatabaseSession } from '../core/database.js';

/** Who pays for the queries of a piece of work. */
export interface Purse {
  provenance: Provenance;
  stage: string;
  /** US dollars for the run, or the experiment that it is a part of, models included; null: no limit. */
  maxBudgetUsd: number | null;
}

/** Sessions that have billed a query: before another one the budget is looked at. */
const billing = new WeakSet<DatabaseSession>();

/**
 * The session, with what each query is billed in the run's ledger, beside the calls to models. Engines that bill nothing are left as they are.
 * A query is begun while the run has money left, so the last one may pass the budget by what it costs.
 */
export function chargeQueries(db: Queryable, session: DatabaseSession, purse: Purse): DatabaseSession {
  return {
    ...session,
    async execute(sql, limits, signal) {
      if (billing.has(session)) await requireBudget(db, purse);
      const outcome = await session.execute(sql, limits, signal);
      if (outcome.kind !== 'rows' || outcome.cost === undefined) return outcome;
      billing.add(session);
      await savePaidCall(db, purse.provenance, {
        // Billed each time that it runs: there is no answer to be found again.
        ...{ key: `query/${randomUUID()}`, stage: purse.stage, model: session.ref.dialect },
        reply: JSON.stringify({ sql, bytesBilled: outcome.cost.bytesBilled }),
        usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
        costUsd: outcome.cost.usd,
      });
      return outcome;
    },
  };
}

async function requireBudget(db: Queryable, { provenance, maxBudgetUsd }: Purse): Promise<void> {
  if (maxBudgetUsd === null) return;
  const { usd } = await spentFrom(db, provenance);
  if (usd < maxBudgetUsd) return;
  throw new BudgetExhaustedError(
    `The run has spent $${usd.toFixed(4)} of its budget of $${maxBudgetUsd.toFixed(4)}, and its queries cost money.`,
  );
}
