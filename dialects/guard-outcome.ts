import type { ExecutionOutcome, ExecutionResult, FailedExecution } from '../core/database.js';
import { ParseError } from '../core/sql/parse-error.js';

/**
 * The outcome of a statement that never reaches its engine.
 * @param refusal a dialect's guard: why a statement is not run, or null; may throw a `ParseError` where it cannot be read
 * @returns null where the statement may run
 */
export function guardOutcome(sql: string, refusal: (sql: string) => string | null | undefined): FailedExecution | null {
  try {
    const message = refusal(sql);
    return message ? { kind: 'refused', message } : null;
  } catch (error) {
    if (error instanceof ParseError) return { kind: 'invalid', message: error.message };
    throw error;
  }
}

/** Runs a statement that its guard lets through, and says how it ended and how long it took. */
export async function executeGuarded(
  sql: string,
  refusal: (sql: string) => string | null | undefined,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionOutcome> {
  const started = performance.now();
  const result = guardOutcome(sql, refusal) ?? (await run());
  return { ...result, ms: performance.now() - started };
}
