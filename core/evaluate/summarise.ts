import { bleuTokens, corpusBleu } from '../metrics/bleu.js';
import { bootstrapInterval, mean } from '../metrics/bootstrap.js';
import type { ErrorKind, ItemOutcome } from './outcome.js';

export interface Share {
  n: number;
  ex: number;
}

/** A set of outcomes in numbers; shares are 0…1. */
export interface EvaluationSummary {
  n: number;
  /** Execution accuracy with its 95 % bootstrap interval. */
  ex: number;
  exCi: [number, number];
  /** Execution accuracy over the items whose gold returns rows. */
  exNonEmpty: number;
  nonEmpty: number;
  em: number;
  bleu2: number;
  /** Share of predictions that ran. */
  valid: number;
  /** Gold given as its own prediction: 1 less the share of items with a defect. */
  goldEx: number;
  byHardness: Record<string, Share>;
  byFeature: Record<string, Share>;
  byDatabase: Record<string, Share>;
  errors: Partial<Record<ErrorKind, number>>;
  defects: { id: string; reason: string }[];
  /** Questions answered otherwise than by their gold, of which ties leave the answer open; they count as wrong. */
  openGolds?: string[];
  /** Those of them that are answered as rightly as by their gold. */
  alternatives?: string[];
  /** Execution accuracy with these counted as right. */
  exAlternatives?: number;
}

export function summarise(outcomes: readonly ItemOutcome[], seed: string | number = 0): EvaluationSummary {
  const hits = outcomes.map(({ correct }) => Number(correct));
  const nonEmpty = outcomes.filter(({ goldEmpty, goldDefect }) => !goldEmpty && goldDefect === null);
  const open = outcomes.filter(({ goldOpen }) => goldOpen).map(({ id }) => id);
  const alternatives = outcomes.filter(({ alternative }) => alternative).map(({ id }) => id);
  const share = (test: (outcome: ItemOutcome) => boolean): number =>
    mean(outcomes.map((outcome) => Number(test(outcome))));
  return {
    n: outcomes.length,
    ex: mean(hits),
    exCi: bootstrapInterval(hits, { seed }),
    exNonEmpty: mean(nonEmpty.map(({ correct }) => Number(correct))),
    nonEmpty: nonEmpty.length,
    em: share(({ exact }) => exact),
    bleu2: corpusBleu(
      outcomes.map(({ predicted, reference }) => ({
        candidate: bleuTokens(predicted),
        reference: bleuTokens(reference),
      })),
    ),
    valid: share(({ valid }) => valid),
    goldEx: share(({ goldDefect }) => goldDefect === null),
    byHardness: sharesBy(outcomes, ({ hardness }) => [hardness]),
    byFeature: sharesBy(outcomes, ({ features }) => features),
    byDatabase: sharesBy(outcomes, ({ database }) => [database]),
    errors: countErrors(outcomes),
    defects: outcomes.flatMap(({ id, goldDefect }) => (goldDefect === null ? [] : [{ id, reason: goldDefect }])),
    ...(open.length > 0 && { openGolds: open }),
    ...(alternatives.length > 0 && {
      alternatives,
      exAlternatives: share(({ correct, alternative }) => correct || alternative === true),
    }),
  };
}

function sharesBy(outcomes: readonly ItemOutcome[], keysOf: (outcome: ItemOutcome) => string[]): Record<string, Share> {
  const groups = new Map<string, number[]>();
  for (const outcome of outcomes) {
    for (const key of keysOf(outcome)) groups.set(key, [...(groups.get(key) ?? []), Number(outcome.correct)]);
  }
  return Object.fromEntries([...groups].sort().map(([key, hits]) => [key, { n: hits.length, ex: mean(hits) }]));
}

function countErrors(outcomes: readonly ItemOutcome[]): Partial<Record<ErrorKind, number>> {
  const counts: Partial<Record<ErrorKind, number>> = {};
  for (const { error } of outcomes) if (error) counts[error] = (counts[error] ?? 0) + 1;
  return counts;
}
