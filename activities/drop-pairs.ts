import { createContaminationCheck, type EvaluationItem } from '../core/checks/decontamination.js';
import { createDuplicateFilter } from '../core/checks/duplicates.js';
import type { DialectManifest } from '../core/dialect.js';
import { fingerprint } from '../core/sampling/random.js';
import { parse } from '../core/sql/parser.js';
import type { Pair } from '../core/template.js';

/** Ways of asking for one statement of one database that a dataset keeps; people do not ask in one way either. */
const phrasings = 4;

/** Says of one pair after the other why it says again what an earlier one said; null, and remembered, where it is new. */
export function createRepetitionCheck(manifest: DialectManifest, threshold: number): (pair: Pair) => string | null {
  const filter = createDuplicateFilter(manifest, { threshold, phrasings });
  const asked = new Set<number>();
  return (pair) => {
    const words = fingerprint(pair.database, pair.question.toLowerCase());
    // The same words for another statement would make them ambiguous.
    if (asked.has(words)) return 'near-duplicate-question';
    const query = parse(pair.sql, manifest);
    const repeated = filter.find(pair, query);
    if (repeated !== null) return repeated.reason;
    asked.add(words);
    filter.add(pair, query);
    return null;
  };
}

/** Says of a pair to learn from whether it gives a question or statement of the evaluation splits away. */
export function createLeakCheck(
  evaluation: readonly EvaluationItem[],
  manifest: DialectManifest,
): (pair: Pair) => boolean {
  const check = createContaminationCheck(evaluation, manifest, { ngram: null });
  return (pair) => check(pair, parse(pair.sql, manifest)) !== null;
}
