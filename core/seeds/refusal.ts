/** Why a query gives no seed, or a seed none for a dialect. Each is counted. */
export type SeedReason =
  | 'parse-error'
  | 'unknown-database'
  | 'unknown-table'
  | 'unknown-column'
  | 'subquery-in-from'
  | 'unsupported-source'
  | 'join-without-condition'
  | 'conflicting-types'
  | 'unsupported-pattern'
  | 'ungrouped-output'
  | 'grouped-star'
  | 'order-beside-distinct'
  | 'order-of-set-operation'
  | 'mixed-set-operation'
  | 'untranslated-function'
  | 'untranslated-operator'
  | 'untranslated-type'
  | 'full-join'
  | 'nulls-order';

/** What gave nothing, by reason: how often, and the first one as it was written. */
export type Losses = Partial<Record<SeedReason, { count: number; example: string }>>;

/** Counts one more loss. */
export function countLoss(losses: Losses, reason: SeedReason, example: string): void {
  const known = losses[reason];
  if (known === undefined) losses[reason] = { count: 1, example };
  else known.count += 1;
}

/** Thrown inside the extraction, caught and counted by it. */
export class SeedRefusal extends Error {
  constructor(readonly reason: SeedReason) {
    super(reason);
  }
}
