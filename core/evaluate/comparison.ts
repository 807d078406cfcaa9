import type { DatabaseSession, ExecutionLimits, ExecutionOutcome } from '../database.js';
import { compareResults, type ComparisonRule } from '../metrics/compare-results.js';

/** Two statements to run on one database and compare. */
export interface Comparison {
  gold: string;
  predicted: string;
  /** Whether the sequence of rows counts. */
  ordered: boolean;
}

/** How a statement ended; a result that was cut at the limits is no answer. */
type Ending = ExecutionOutcome['kind'] | 'too-large';

export interface Compared {
  gold: Ending;
  predicted: Ending;
  same: boolean;
}

/** Compares a gold's outcome with a prediction's. */
export function compareOutcomes(
  rule: ComparisonRule,
  gold: ExecutionOutcome,
  predicted: ExecutionOutcome,
  ordered: boolean,
): Compared {
  const [left, right] = [endingOf(gold), endingOf(predicted)];
  const both = gold.kind === 'rows' && predicted.kind === 'rows' && left === 'rows' && right === 'rows';
  return { gold: left, predicted: right, same: both && compareResults(rule, gold, predicted, { ordered }) };
}

const endingOf = (outcome: ExecutionOutcome): Ending =>
  outcome.kind === 'rows' && outcome.truncated ? 'too-large' : outcome.kind;

/** A database on which many statements are compared at once, where their rows are, so that no row travels between processes. */
export interface ComparingSession extends DatabaseSession {
  compare(
    comparisons: readonly Comparison[],
    rule: ComparisonRule,
    limits?: Partial<ExecutionLimits>,
  ): Promise<Compared[]>;
}
