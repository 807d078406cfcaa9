import { createContaminationCheck } from '../core/checks/decontamination.js';
import { createDuplicateFilter } from '../core/checks/duplicates.js';
import type { DialectManifest } from '../core/dialect.js';
import { parse } from '../core/sql/parser.js';
import type { PopulatedPair } from './populate.js';

/** Ways of asking for one statement of one database that a dataset keeps; people do not ask in one way either. */
const phrasings = 4;

/** Let other work of the process go on, and tell that this goes on; called every hundred pairs. */
export type Turn = () => Promise<void>;

/** The pairs of all shards without those that say the same again; `dropped` counts them by reason. */
export async function dropDuplicates(
  pairs: PopulatedPair[],
  manifest: DialectManifest,
  threshold: number,
  turn: Turn,
): Promise<{ kept: PopulatedPair[]; dropped: Record<string, number> }> {
  const filter = createDuplicateFilter(manifest, { threshold, phrasings });
  const dropped: Record<string, number> = {};
  const asked = new Set<string>();
  const kept = await filterInTurns(pairs, turn, (pair) => {
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
export async function dropContaminated<T extends { pair: PopulatedPair; split: Split }>(
  placed: readonly T[],
  manifest: DialectManifest,
  turn: Turn,
): Promise<{ kept: T[]; dropped: number }> {
  const evaluated = (split: Split): boolean => split === 'heldout' || split === 'unseen';
  const evaluation = placed.filter(({ split }) => evaluated(split)).map(({ pair }) => pair);
  const check = createContaminationCheck(evaluation, manifest, { ngram: null });
  const kept = await filterInTurns(
    placed,
    turn,
    ({ pair, split }) => evaluated(split) || check(pair, parse(pair.sql, manifest)) === null,
  );
  return { kept, dropped: placed.length - kept.length };
}

/** `Array.filter` for so many items, or so much work for each, that it may take minutes. */
async function filterInTurns<T>(items: readonly T[], turn: Turn, keep: (item: T) => boolean): Promise<T[]> {
  const kept: T[] = [];
  for (const [index, item] of items.entries()) {
    if (index % 100 === 0) await turn();
    if (keep(item)) kept.push(item);
  }
  return kept;
}
