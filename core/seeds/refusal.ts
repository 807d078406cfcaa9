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
  | 'mixed-set-operation';

/** Thrown inside the extraction, caught and counted by it. */
export class SeedRefusal extends Error {
  constructor(readonly reason: SeedReason) {
    super(reason);
  }
}
