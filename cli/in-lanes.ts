import { availableParallelism } from 'node:os';
import { DatabasePool } from '../dialects/sandbox/pool.js';

/** Works done side by side, one a core; each lane has engine processes of its own, so that no lane waits for another's statement. */
export interface Lanes {
  /** Does every item, each in the lane that is free first. */
  each<Item>(items: Iterable<Item>, work: (item: Item, pool: DatabasePool) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export function openLanes(count = availableParallelism()): Lanes {
  const pools = Array.from({ length: count }, () => new DatabasePool());
  return {
    async each(items, work) {
      const queue = items[Symbol.iterator]();
      await Promise.all(
        pools.map(async (pool) => {
          for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value, pool);
        }),
      );
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}
