import type { SqlValue } from '../database.js';
import { sameExactBag, sameExactSequence } from './exact-rows.js';
import { sameBag, sameSequence } from './same-rows.js';
import { keyOf } from './same-value.js';

export interface ResultRows {
  rows: SqlValue[][];
}

export interface ComparisonOptions {
  /** Whether the gold query orders its rows (core/sql/order.ts), so that their sequence counts. */
  ordered: boolean;
  /** Whether numbers must be equal to the last digit; otherwise they are compared by tolerance. */
  exact?: boolean;
}

/**
 * Whether a prediction's result is the gold's: the same rows, each as often; in the same sequence where the gold orders.
 * Names and order of columns do not count: any assignment of columns that makes the rows equal will do. Two empty results are
 * the same whatever their columns, as in Spider's test-suite evaluation (Zhong et al. 2020); non-empty accuracy is reported beside.
 */
export function sameResult(
  gold: ResultRows,
  predicted: ResultRows,
  { ordered, exact = false }: ComparisonOptions,
): boolean {
  if (gold.rows.length !== predicted.rows.length) return false;
  if (gold.rows.length === 0) return true;
  if (gold.rows[0]!.length !== predicted.rows[0]!.length) return false;
  const [inOrder, asBag] = exact ? [sameExactSequence, sameExactBag] : [sameSequence, sameBag];
  const same = ordered ? inOrder : asBag;
  if (same(gold.rows, predicted.rows)) return true;
  const candidates = candidateColumns(gold.rows, predicted.rows, same);
  return candidates !== null && assign(gold.rows, predicted.rows, candidates, same);
}

type Same = (gold: SqlValue[][], predicted: SqlValue[][]) => boolean;

const columnsOf = (rows: SqlValue[][], columns: number[]): SqlValue[][] =>
  rows.map((row) => columns.map((column) => row[column]!));

/** For each gold column the predicted columns that hold the same values; null where one has none. */
function candidateColumns(gold: SqlValue[][], predicted: SqlValue[][], same: Same): number[][] | null {
  const width = gold[0]!.length;
  const all = Array.from({ length: width }, (_, column) => column);
  const found: number[][] = [];
  for (const column of all) {
    const own = columnsOf(gold, [column]);
    const candidates = all.filter((other) => same(own, columnsOf(predicted, [other])));
    if (candidates.length === 0) return null;
    found.push(candidates);
  }
  return found;
}

// Each step is checked on the columns chosen so far, so that a wrong choice is left at once; of predicted columns that are
// equal row by row only the first is tried.
function assign(gold: SqlValue[][], predicted: SqlValue[][], candidates: number[][], same: Same): boolean {
  const content = predicted[0]!.map((_, column) => predicted.map((row) => keyOf(row[column]!)).join('|'));
  const chosen: number[] = [];
  const step = (): boolean => {
    const column = chosen.length;
    if (column === candidates.length) return true;
    const tried = new Set<string>();
    for (const candidate of candidates[column]!) {
      if (chosen.includes(candidate) || tried.has(content[candidate]!)) continue;
      tried.add(content[candidate]!);
      chosen.push(candidate);
      const goldPart = columnsOf(gold, [...chosen.keys()]);
      if (same(goldPart, columnsOf(predicted, chosen)) && step()) return true;
      chosen.pop();
    }
    return false;
  };
  return step();
}
