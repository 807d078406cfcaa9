import type { ExecutionOutcome } from '../../core/database.js';

/** What a statement answered, as text that two executions can be compared by: names, rows and their order, or the failure. */
export function resultOf(outcome: ExecutionOutcome): string {
  return outcome.kind === 'rows'
    ? JSON.stringify([outcome.columns, outcome.rows])
    : `${outcome.kind}: ${outcome.message}`;
}

/** The same where the order of the rows does not count. */
export function bagOf(outcome: ExecutionOutcome): string {
  if (outcome.kind !== 'rows') return resultOf(outcome);
  return JSON.stringify([outcome.columns, outcome.rows.map((row) => JSON.stringify(row)).sort()]);
}
