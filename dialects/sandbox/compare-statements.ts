import type { ExecutionLimits, ExecutionOutcome } from '../../core/database.js';
import { compareOutcomes, type Compared, type Comparison } from '../../core/evaluate/comparison.js';
import type { ComparisonRule } from '../../core/metrics/compare-results.js';
import type { HostedDatabase } from '../engine.js';

/** Rows that are kept of statements that may come again. */
const MAX_KEPT_ROWS = 200_000;

/** Runs pairs of statements and compares their results. A statement that stands in several pairs runs once. */
export async function compareStatements(
  database: HostedDatabase,
  comparisons: readonly Comparison[],
  { rule, limits, onStatement }: { rule: ComparisonRule; limits: ExecutionLimits; onStatement: () => void },
): Promise<Compared[]> {
  const known = new Map<string, ExecutionOutcome>();
  let kept = 0;
  const run = async (sql: string): Promise<ExecutionOutcome> => {
    const before = known.get(sql);
    if (before) return before;
    const outcome = await database.execute(sql, limits);
    onStatement();
    kept += outcome.kind === 'rows' ? outcome.rows.length : 0;
    if (kept > MAX_KEPT_ROWS) {
      known.clear();
      kept = 0;
    }
    known.set(sql, outcome);
    return outcome;
  };
  const compared: Compared[] = [];
  for (const { gold, predicted, ordered } of comparisons) {
    compared.push(compareOutcomes(rule, await run(gold), await run(predicted), ordered));
  }
  return compared;
}
