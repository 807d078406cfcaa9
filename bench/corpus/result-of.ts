import type { ExecutionOutcome } from '../../core/database.js';

/** What a statement answered, as text that two executions can be compared by: names, rows and their order, or the failure. */
export function resultOf(outcome: ExecutionOutcome): string {
  return outcome.kind === 'rows'
    ? JSON.stringify([outcome.columns, outcome.rows])
    : `${outcome.kind}: ${outcome.message}`;
}
