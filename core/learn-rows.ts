import type { DialectManifest } from './dialect.js';
import { tryParse } from './evaluate/read-sql.js';
import type { LearnPlan } from './run-spec.js';
import { stableId } from './sampling/random.js';
import { featuresOf } from './sql/features.js';
import type { Pair } from './template.js';

/** Whether a training may learn a pair; what it does not hold back it does not look at. */
export function mayLearn(
  { maxJoins, maxNesting, withoutSkeletons }: LearnPlan,
  dialect: DialectManifest,
): (pair: Pick<Pair, 'sql' | 'skeleton'>) => boolean {
  return ({ sql, skeleton }) => {
    if (withoutSkeletons !== undefined && isReserved(skeleton, withoutSkeletons)) return false;
    if (maxJoins === undefined && maxNesting === undefined) return true;
    const query = tryParse(sql, dialect);
    if (!query) return false;
    const { joins, nestingDepth } = featuresOf(query);
    return joins <= (maxJoins ?? Infinity) && nestingDepth <= (maxNesting ?? Infinity);
  };
}

/** Whether a skeleton is among the share that is kept from training, decided by its text alone: a larger share holds a smaller. */
export function isReserved(skeleton: string, share: number): boolean {
  return placeOf('skeleton', skeleton) < share;
}

/**
 * The rows that are learned: at most `rows`, of which `humanShare` are people's. Which ones is decided by their ids, so that a
 * smaller number is part of a larger, and every arm of an experiment draws alike.
 * @returns null where there are not enough of people's rows
 */
export function drawRows<Row extends { id: string }>(
  made: readonly Row[],
  human: readonly Row[],
  { rows = Infinity, humanShare = 0 }: LearnPlan,
): Row[] | null {
  const count = Math.min(rows, made.length);
  const byPeople = Math.round(humanShare * count);
  if (byPeople > human.length) return null;
  return [...draw(made, count - byPeople), ...draw(human, byPeople)];
}

function draw<Row extends { id: string }>(rows: readonly Row[], count: number): Row[] {
  if (count >= rows.length) return [...rows];
  const chosen = new Set(
    rows
      .map((row, at) => ({ at, place: placeOf('row', row.id) }))
      .sort((a, b) => a.place - b.place || a.at - b.at)
      .slice(0, count)
      .map(({ at }) => at),
  );
  return rows.filter((_, at) => chosen.has(at));
}

const placeOf = (what: string, text: string): number => Number.parseInt(stableId(what, text).slice(0, 8), 16) / 2 ** 32;
