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

export async function findPaidCall(db: Queryable, key: string): Promise<PaidCallRow | null> {
  const [row] = await db.query<PaidCallRow>(
    `SELECT key, stage, model, reply, cost_usd AS "costUsd",
            jsonb_build_object('inputTokens', input_tokens, 'cachedInputTokens', cached_input_tokens,
                               'outputTokens', output_tokens) AS usage
     FROM paid_calls WHERE key = $1`,
    [key],
  );
  return row ?? null;
}

export async function savePaidCall(db: Queryable, run: string, call: PaidCallRow): Promise<void> {
  await db.query(
    `INSERT INTO paid_calls (key, run, stage, model, reply, input_tokens, cached_input_tokens, output_tokens, cost_usd)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING`,
    [
      call.key,
      run,
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

/** Calls and US dollars of a run, or of one of its stages; `unpriced` are the calls whose price is not known. */
export async function spentBy(
  db: Queryable,
  run: string,
  stage: string | null = null,
): Promise<{ calls: number; unpriced: number; usd: number }> {
  const [row] = await db.query<{ calls: number; unpriced: number; usd: number }>(
    `SELECT count(*) AS calls, count(*) FILTER (WHERE cost_usd IS NULL) AS unpriced, coalesce(sum(cost_usd), 0) AS usd
     FROM paid_calls WHERE run = $1 AND ($2::text IS NULL OR stage = $2)`,
    [run, stage],
  );
  return row!;
}
