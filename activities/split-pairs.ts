import { join } from 'node:path';
import type { ArtifactRef } from '../core/contract.js';
import { createDatasheet, type DatasheetWriter } from '../core/datasheet.js';
import type { DialectManifest } from '../core/dialect.js';
import type { CheckPolicy } from '../core/run-spec.js';
import { splitOf, statementKey } from '../core/splits.js';
import { parse } from '../core/sql/parser.js';
import { createRowsFile, type RowsFile } from '../adapters/s3/rows-file.js';
import { LeakCheck, leakKeys, type LeakKeys } from './leaks.js';
import type { PopulatedPair } from './populate.js';
import { Repetitions } from './repetitions.js';

/** `seeds` are those of `train` that seed templates gave; the other splits are disjoint. */
export const splitNames = ['seeds', 'train', 'validation', 'heldout', 'unseen'] as const;
export type SplitName = (typeof splitNames)[number];

/** The accepted pairs, read as often as they are needed: no more than a shard of them is in memory. */
export interface PairShards {
  shards: readonly ArtifactRef[];
  read(shard: ArtifactRef): Promise<PopulatedPair[]>;
}

export interface SplitRules {
  manifest: DialectManifest;
  policy: Pick<CheckPolicy, 'nearDuplicate' | 'heldout' | 'validation'>;
  /** Databases that no pair to learn from may be of. */
  unseen: ReadonlySet<string>;
  /** Keys of the statements that people gave to learn from, in whatever dialect. */
  taught: ReadonlySet<string>;
}

/** Let other work of the process go on, and tell that this goes on; called every hundred pairs. */
export type Turn = () => Promise<void>;

export interface SplitPairs {
  files: Record<SplitName, RowsFile>;
  pairs: number;
  /** Pairs left out, by reason. */
  dropped: Record<string, number>;
  datasheet: DatasheetWriter;
}

/**
 * Writes each pair into the split it belongs to, in two passes over the shards: the first finds what says the same again and what the
 * evaluation splits hold, the second leaves out what gives those away. What people gave is learned from; no evaluation split holds its statements.
 * @param atATime pairs that are compared with each other at a time; the outcome is the same
 */
export async function splitPairs(
  source: PairShards,
  { manifest, policy, unseen, taught }: SplitRules,
  folder: string,
  turn: Turn,
  atATime?: number,
): Promise<SplitPairs> {
  const dropped: Record<string, number> = {};
  const leftOut = new Set<number>();
  const leaveOut = (place: number, reason: string): void => {
    leftOut.add(place);
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  };
  const placeOf = (pair: PopulatedPair): Exclude<SplitName, 'seeds'> =>
    pair.origin === 'given' ? 'train' : unseen.has(pair.database) ? 'unseen' : splitOf(pair.sql, policy);
  const isEvaluated = (split: SplitName): boolean => split === 'heldout' || split === 'unseen';

  const keys: LeakKeys[] = [];
  const evaluated = new Set<number>();
  const pairs = source.shards.reduce((sum, { rows = 0 }) => sum + rows, 0);
  const repetitions = await Repetitions.open({ manifest, nearDuplicate: policy.nearDuplicate, pairs, atATime }, folder);
  const evaluation = new LeakCheck();
  try {
    for await (const [place, pair] of pairsOf(source, turn)) {
      const query = parse(pair.sql, manifest);
      keys.push(leakKeys(pair.question, query, manifest));
      const split = placeOf(pair);
      const isTaught = pair.origin !== 'given' && split !== 'train' && taught.has(statementKey(pair.sql));
      const reason = isTaught ? 'contaminated' : await repetitions.add(place, pair, query);
      if (reason !== null) leaveOut(place, reason);
      else if (isEvaluated(split)) evaluated.add(place);
    }
    for await (const { place, reason } of repetitions.compare()) {
      if (place % 100 === 0) await turn();
      if (reason !== null) leaveOut(place, reason);
      else if (evaluated.has(place)) evaluation.add(keys[place]!);
    }
  } finally {
    await repetitions.close();
  }

  const datasheet = createDatasheet(['train', 'validation', 'heldout', 'unseen']);
  const opened = await Promise.all(
    splitNames.map(async (name) => [name, await createRowsFile(join(folder, `${name}.jsonl`))] as const),
  );
  const files = Object.fromEntries(opened) as Record<SplitName, RowsFile>;
  try {
    for await (const [place, { origin, ...pair }] of pairsOf(source, turn)) {
      if (leftOut.has(place)) continue;
      const split = placeOf({ origin, ...pair });
      if (!isEvaluated(split) && evaluation.finds(keys[place]!)) {
        leaveOut(place, 'contaminated');
        continue;
      }
      datasheet.add(split, pair);
      await files[split].add(pair);
      if (split === 'train' && origin === 'seed') await files.seeds.add(pair);
    }
  } finally {
    await Promise.all(Object.values(files).map((file) => file.close()));
  }
  return { files, pairs: datasheet.pairs, dropped, datasheet };
}

/** Every pair with its place among all. */
async function* pairsOf({ shards, read }: PairShards, turn: Turn): AsyncGenerator<[number, PopulatedPair]> {
  let place = 0;
  for (const shard of shards)
    for (const pair of await read(shard)) {
      if (place % 100 === 0) await turn();
      yield [place++, pair];
    }
}
