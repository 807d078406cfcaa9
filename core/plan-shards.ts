import type { DatabaseEntry, PopulatePlan } from './run-spec.js';

/** The pairs that one activity makes: from templates of one origin, on one database. */
export interface Shard {
  database: DatabaseEntry;
  origin: 'seed' | 'expanded' | 'any';
  pairs: number;
  /** How many pairs of this database and origin the shards before make: the templates go on from there. */
  offset: number;
}

/** Shares the wanted pairs out over the databases, as evenly as whole numbers allow, in shards of at most `batch`. */
export function planShards(
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] },
  plan: PopulatePlan,
): Shard[] {
  return [
    ...shardsOf(databases.known, 'seed', plan.seedPairs, plan.batch),
    ...shardsOf(databases.known, 'expanded', plan.pairs, plan.batch),
    ...shardsOf(databases.unseen, 'any', plan.unseenPairs, plan.batch),
  ];
}

function shardsOf(databases: DatabaseEntry[], origin: Shard['origin'], pairs: number, batch: number): Shard[] {
  return databases.flatMap((database, index) => {
    const mine = Math.floor(pairs / databases.length) + (index < pairs % databases.length ? 1 : 0);
    const shards = Math.ceil(mine / batch);
    return Array.from({ length: shards }, (_, shard) => ({
      ...{ database, origin, offset: shard * batch },
      pairs: Math.min(batch, mine - shard * batch),
    }));
  });
}
