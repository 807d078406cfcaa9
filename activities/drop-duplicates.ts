import { createDuplicateFilter } from '../core/checks/duplicates.js';
import type { DialectManifest } from '../core/dialect.js';
import { parse } from '../core/sql/parser.js';
import type { PopulatedPair } from './populate.js';

/** Ways of asking for one statement of one database that a dataset keeps; people do not ask in one way either. */
const phrasings = 4;

/** The pairs of all shards without those that say the same again; `dropped` counts them by reason. */
export function dropDuplicates(
  pairs: PopulatedPair[],
  manifest: DialectManifest,
  threshold: number,
): { kept: PopulatedPair[]; dropped: Record<string, number> } {
  const filter = createDuplicateFilter(manifest, { threshold, phrasings });
  const dropped: Record<string, number> = {};
  const asked = new Set<string>();
  const kept = pairs.filter((pair) => {
    const query = parse(pair.sql, manifest);
    const words = `${pair.database}\u0000${pair.question.toLowerCase()}`;
    // The same words for another statement would make them ambiguous.
    const reason = asked.has(words) ? 'near-duplicate-question' : (filter.find(pair, query)?.reason ?? null);
    if (reason !== null) {
      dropped[reason] = (dropped[reason] ?? 0) + 1;
      return false;
    }
    asked.add(words);
    filter.add(pair, query);
    return true;
  });
  return { kept, dropped };
}
