import { createContaminationCheck } from '../core/checks/decontamination.js';
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

type Split = 'train' | 'validation' | 'heldout' | 'unseen';

/** The pairs without those to learn from that give a question or statement of the evaluation splits away; `dropped` counts them. */
export function dropContaminated<T extends { pair: PopulatedPair; split: Split }>(
  placed: readonly T[],
  manifest: DialectManifest,
): { kept: T[]; dropped: number } {
  const evaluated = (split: Split): boolean => split === 'heldout' || split === 'unseen';
  const evaluation = placed.filter(({ split }) => evaluated(split)).map(({ pair }) => pair);
  const check = createContaminationCheck(evaluation, manifest, { ngram: null });
  const kept = placed.filter(({ pair, split }) => evaluated(split) || check(pair, parse(pair.sql, manifest)) === null);
  return { kept, dropped: placed.length - kept.length };
}
