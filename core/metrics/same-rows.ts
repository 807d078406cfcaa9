import type { SqlValue } from '../database.js';
import { isInexact, keyOf, sameValue } from './same-value.js';

type Row = SqlValue[];

// Matching is quadratic; beyond this many rows alike in all exact columns, only sorted order decides.
const maxMatching = 500;

/**
 * Whether two lists hold the same rows, each as often, in whatever order. Rows are grouped by what can be compared exactly;
 * within a group only the columns that hold inexact numbers are matched, by tolerance.
 */
export function sameBag(gold: Row[], predicted: Row[]): boolean {
  if (gold.length !== predicted.length) return false;
  const inexact = (gold[0] ?? []).map((_, column) => [...gold, ...predicted].some((row) => isInexact(row[column]!)));
  const left = groupRows(gold, inexact);
  const right = groupRows(predicted, inexact);
  if (left.size !== right.size) return false;
  for (const [key, rows] of left) {
    const others = right.get(key);
    if (others === undefined || others.length !== rows.length || !matchRows(rows, others)) return false;
  }
  return true;
}

/** Whether two lists hold the same rows in the same order. */
export function sameSequence(gold: Row[], predicted: Row[]): boolean {
  return gold.length === predicted.length && gold.every((row, index) => sameValue(row, predicted[index]!));
}

/** The rows by the key of their exact columns, each reduced to its inexact ones. */
function groupRows(rows: Row[], inexact: boolean[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.map((value, column) => (inexact[column] ? '' : keyOf(value))).join('|');
    const rest = row.filter((_, column) => inexact[column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rest]);
    else group.push(rest);
  }
  return groups;
}

function matchRows(left: Row[], right: Row[]): boolean {
  if ((left[0]?.length ?? 0) === 0) return true;
  // In one dimension the sorted order is the best matching; in more it nearly always is.
  const a = [...left].sort(compareRows);
  const b = [...right].sort(compareRows);
  if (sameSequence(a, b)) return true;
  return a[0]!.length > 1 && a.length <= maxMatching && matchByPaths(a, b);
}

// A total order in which near numbers are near: NULL, booleans, numbers, texts, the rest by key.
function compareRows(a: Row, b: Row): number {
  for (const [index, value] of a.entries()) {
    const order = compareValues(value, b[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: SqlValue, b: SqlValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const rank = (value: SqlValue) =>
    value === null ? 0 : ['boolean', 'number', 'string', 'object'].indexOf(typeof value) + 1;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) return compareRows(a, b);
  const [x, y] = [keyOf(a), keyOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Kuhn's augmenting paths (H. W. Kuhn, 1955): whether every left row finds a right row of its own. */
function matchByPaths(left: Row[], right: Row[]): boolean {
  const owner = new Array<number>(right.length).fill(-1);
  const place = (row: number, seen: Set<number>): boolean => {
    for (const [index, other] of right.entries()) {
      if (seen.has(index) || !sameValue(left[row]!, other)) continue;
      seen.add(index);
      if (owner[index] === -1 || place(owner[index]!, seen)) {
        owner[index] = row;
        return true;
      }
    }
    return false;
  };
  return left.every((_, row) => place(row, new Set()));
}
