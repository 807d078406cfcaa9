import type { Provenance } from '../../../core/contract.js';
import type { Queryable } from '../database.js';

/** A paid call to a teacher or a judge, as `adapters/llm` keeps it. */
export interface PaidCallRow {
  key: string;
  stage: string;
  model: string;
  reply: string;
  usage: { inputTokens: number; cachedInputTokens: number; outputTokens: number };
  /** US dollars; null where the price is not known. */
  costUsd: number | null;
}

/** The call with this key, and the run that paid for it. */
export async function findPaidCall(db: Queryable, key: string): Promise<(PaidCallRow & { run: string }) | null> {
  const [row] = await db.query<PaidCallRow & { run: string }>(
    `SELECT key, run, stage, model, reply, cost_usd AS "costUsd",
            jsonb_build_object('inputTokens', input_tokens, 'cachedInputTokens', cached_input_tokens,
                               'outputTokens', output_tokens) AS usage
     FROM paid_calls WHERE key = $1`,
    [key],
  );
  return row ?? null;
}

/** Which run asked, and from whose budget it is paid. */
export type Payer = Pick<Provenance, 'run' | 'payer'>;

export async function savePaidCall(db: Queryable, { run, payer = run }: Payer, call: PaidCallRow): Promise<void> {
  await db.query(
    `INSERT INTO paid_calls (key, run, payer, stage, model, reply, input_tokens, cached_input_tokens, output_tokens, cost_usd)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING`,
    [
      call.key,
      run,
      payer,
      call.stage,
      call.model,
      call.reply,
      call.usage.inputTokens,
      call.usage.cachedInputTokens,
      call.usage.outputTokens,
      call.costUsd,
    ],
  );
}

/** What was paid from a budget: calls with a known price, and what they cost together. */
export async function spentFrom(db: Queryable, { run, payer = run }: Payer): Promise<{ calls: number; usd: number }> {
  const [row] = await db.query<{ calls: number; usd: number }>(
    'SELECT count(cost_usd)::int AS calls, coalesce(sum(cost_usd), 0) AS usd FROM paid_calls WHERE payer = $1',
    [payer],
  );
  return row!;
}

/** A row of a run's cost ledger. `usd` is null where one of the calls has no known price. */
export interface SpendingRow {
  stage: string;
  model: string;
  calls: number;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  usd: number | null;
}

/** What a run asked and paid, by stage and model; an experiment, what all its runs did. */
export async function findSpending(db: Queryable, run: string): Promise<SpendingRow[]> {
  return db.query<SpendingRow>(
    `SELECT stage, model, count(*)::int AS calls, sum(input_tokens)::float AS "inputTokens",
            sum(cached_input_tokens)::float AS "cachedInputTokens", sum(output_tokens)::float AS "outputTokens",
            CASE WHEN bool_or(cost_usd IS NULL) THEN NULL ELSE sum(cost_usd) END AS usd
     FROM paid_calls WHERE $1 IN (run, payer) GROUP BY stage, model ORDER BY stage, model`,
    [run],
  );
}

/** Tokens of an answer on average, by stage, as a model has given them so far in any run. */
export async function meanOutputTokens(db: Queryable, model: string): Promise<Record<string, number>> {
  const rows = await db.query<{ stage: string; mean: number }>(
    'SELECT stage, avg(output_tokens)::float AS mean FROM paid_calls WHERE model = $1 GROUP BY stage',
    [model],
  );
  return Object.fromEntries(rows.map(({ stage, mean }) => [stage, mean]));
}
