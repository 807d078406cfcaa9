import type { DialectManifest } from '../dialect.js';
import { tryParse } from '../evaluate/read-sql.js';
import { isReserved } from '../learn-rows.js';
import { featuresOf } from '../sql/features.js';
import { skeleton } from '../sql/skeleton.js';
import type { Hardness } from '../template.js';
import { armRuns, armSpec, type ExperimentSpec } from './spec.js';

/**
 * The breakdowns of an experiment, and which kind of each a question's gold statement is.
 * @param reserved share of skeletons that some arm did not learn; null where every arm learned all
 */
export function questionKinds(
  { sql, hardness }: { sql: string; hardness: Hardness },
  dialect: DialectManifest,
  reserved: number | null,
): Record<string, string> {
  const query = tryParse(sql, dialect);
  if (!query) return { hardness };
  const { joins, nestingDepth } = featuresOf(query);
  const kinds = {
    hardness,
    joins: upTo(joins, 3, joins === 1 ? 'join' : 'joins'),
    'queries inside one another': upTo(nestingDepth - 1, 2, 'inside'),
  };
  if (reserved === null) return kinds;
  const isKept = isReserved(skeleton(query, dialect), reserved);
  return { ...kinds, pattern: isKept ? 'kept from training' : 'learned' };
}

/** The share of skeletons that every arm which keeps any from training keeps; null where none does. */
export function reservedShare(spec: ExperimentSpec): number | null {
  const shares = armRuns(spec).flatMap((run) => {
    const { learn } = armSpec(spec, run) as { learn?: { withoutSkeletons?: number } };
    return learn?.withoutSkeletons ?? [];
  });
  const kept = shares.filter((share) => share > 0);
  return kept.length === 0 ? null : Math.min(...kept);
}

const upTo = (count: number, most: number, what: string): string =>
  `${count >= most ? `${most} or more` : count} ${what}`;
