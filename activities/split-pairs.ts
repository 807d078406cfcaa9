import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '../core/contract.js';
import { createDatasheet, type DatasheetWriter } from '../core/datasheet.js';
import type { DialectManifest } from '../core/dialect.js';
import type { CheckPolicy } from '../core/run-spec.js';
import { splitOf, statementKey } from '../core/splits.js';
import {
  createKeyedDuplicateFilter,
  duplicateKeys,
  type Asked,
  type DuplicateKeys,
} from '../core/checks/duplicates.js';
import { fingerprint } from '../core/sampling/random.js';
import { parse } from '../core/sql/parser.js';
import { createRowsFile, readRowsFile, type RowsFile } from '../adapters/s3/rows-file.js';
import { LeakCheck, leakKeys, type LeakKeys } from './leaks.js';
import type { PopulatedPair } from './populate.js';

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

/** Ways of asking for one statement of one database that a dataset keeps; people do not ask in one way either. */
const phrasings = 4;

/** Pairs of statements that differ in more than values are never compared, so that many pairs are compared part by part, of about so many pairs each. */
const pairsOfPart = 10_000;

/** A pair as it is compared with others. */
interface ComparedPair extends Asked, DuplicateKeys {
  place: number;
  evaluated: boolean;
}

/**
 * Writes each pair into the split it belongs to. One pass over the shards parses the statements and lays apart what may say the same again; each part is
 * then compared by itself; a second pass leaves out what was said before and what gives the evaluation splits away. Memory holds a part, and of all
 * pairs some dozens of bytes each. What people gave is learned from; no evaluation split holds its statements.
 * @param atATime pairs that are compared at a time
 */
export async function splitPairs(
  source: PairShards,
  { manifest, policy, unseen, taught }: SplitRules,
  folder: string,
  turn: Turn,
  atATime = pairsOfPart,
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
  const asked = new Set<number>();
  const parts = await openFiles(partNames(source, atATime), folder);
  try {
    for await (const [place, pair] of pairsOf(source, turn)) {
      const query = parse(pair.sql, manifest);
      keys.push(leakKeys(pair.question, query, manifest));
      const split = placeOf(pair);
      if (pair.origin !== 'given' && split !== 'train' && taught.has(statementKey(pair.sql))) {
        leaveOut(place, 'contaminated');
        continue;
      }
      const { id, database, question } = pair;
      const words = fingerprint(database, question.toLowerCase());
      // The same words for another statement would make them ambiguous, for the same one they say nothing new.
      if (asked.has(words)) {
        leaveOut(place, 'near-duplicate-question');
        continue;
      }
      asked.add(words);
      const compared = duplicateKeys(database, query, manifest);
      await parts[compared.group % parts.length]!.add({
        ...{ place, evaluated: isEvaluated(split), id, database, question, ...compared },
      } satisfies ComparedPair);
    }
  } finally {
    await closeFiles(parts);
  }

  const evaluation = new LeakCheck();
  for (const part of parts) {
    const accepted = createKeyedDuplicateFilter({ threshold: policy.nearDuplicate, phrasings });
    let compared = 0;
    for await (const pair of readRowsFile<ComparedPair>(part.path)) {
      if (compared++ % 100 === 0) await turn();
      const repeated = accepted.find(pair, pair);
      if (repeated !== null) {
        leaveOut(pair.place, repeated.reason);
        continue;
      }
      accepted.add(pair, pair);
      if (pair.evaluated) evaluation.add(keys[pair.place]!);
    }
    await rm(part.path);
  }

  const datasheet = createDatasheet(['train', 'validation', 'heldout', 'unseen']);
  const opened = await openFiles(splitNames, folder);
  const files = Object.fromEntries(splitNames.map((name, at) => [name, opened[at]!])) as Record<SplitName, RowsFile>;
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
    await closeFiles(opened);
  }
  return { files, pairs: datasheet.pairs, dropped, datasheet };
}

function partNames({ shards }: PairShards, atATime: number): string[] {
  // A store's shards say how many rows they have.
  const pairs = shards.reduce((sum, { rows = 100 }) => sum + rows, 0);
  return Array.from({ length: Math.max(1, Math.ceil(pairs / atATime)) }, (_, part) => `part-${part}`);
}

const openFiles = (names: readonly string[], folder: string): Promise<RowsFile[]> =>
  Promise.all(names.map((name) => createRowsFile(join(folder, `${name}.jsonl`))));

const closeFiles = (files: RowsFile[]): Promise<unknown> => Promise.all(files.map((file) => file.close()));

/** Every pair with its place among all. */
async function* pairsOf({ shards, read }: PairShards, turn: Turn): AsyncGenerator<[number, PopulatedPair]> {
  let place = 0;
  for (const shard of shards)
    for (const pair of await read(shard)) {
      if (place % 100 === 0) await turn();
      yield [place++, pair];
    }
}
