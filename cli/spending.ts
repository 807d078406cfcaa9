import { findSpending, type SpendingRow } from '../adapters/postgres/queries/paid-calls.js';
import { findRun } from '../adapters/temporal/runs.js';
import { withStore, withTemporal } from './services.js';

export interface Spending {
  run: string;
  byStage: SpendingRow[];
  /** US dollars; null where the price of a model is not known. */
  usd: number | null;
}

/** What a run paid for, by stage and model, out of the cost ledger. Answers taken over from earlier runs cost it nothing. */
export async function spendingOf(name: string): Promise<Spending> {
  const run = await withTemporal(async (client) => (await findRun(client, name)).workflowId);
  const byStage = await withStore((db) => findSpending(db, run));
  const usd = byStage.reduce<number | null>((sum, row) => (sum === null || row.usd === null ? null : sum + row.usd), 0);
  return { run, byStage, usd };
}
