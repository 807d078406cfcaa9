import { createDuplicateFilter } from '../core/checks/duplicates.js';
import type { DialectManifest } from '../core/dialect.js';
import { parse } from '../core/sql/parser.js';
import type { PopulatedPair } from './populate.js';

/** The pairs of all shards without those that say the same again; `dropped` counts them by reason. */
export function dropDuplicates(
  pairs: PopulatedPair[],
  manifest: DialectManifest,
  threshold: number,
): { kept: PopulatedPair[]; dropped: Record<string, number> } {
  const filter = createDuplicateFilter(manifest, { threshold });
  const dropped: Record<string, number> = {};
  const kept = pairs.filter((pair) => {
    const query = parse(pair.sql, manifest);
    const rejection = filter.find(pair, query);
    if (rejection) dropped[rejection.reason] = (dropped[rejection.reason] ?? 0) + 1;
    else filter.add(pair, query);
    return rejection === null;
  });
  return { kept, dropped };
}
