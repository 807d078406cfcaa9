import { readFile } from 'node:fs/promises';
import type { ArtifactRef, StageReport } from '../core/contract.js';
import { NotFoundError } from '../core/errors.js';
import { readPairs } from '../core/read-pairs.js';
import type { DatabaseEntry } from '../core/run-spec.js';
import { statementKey } from '../core/splits.js';
import { describeStatement } from '../core/sql/describe-statement.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { dialects } from '../dialects/registry.js';
import type { PopulatedPair } from './populate.js';

export interface GivenPairsWork {
  dialect: string;
  /** On the disk of the worker of the pool `io`. */
  files: string[];
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
}

export interface GivenPairs {
  /** Pairs of the dialect about known databases, a batch each. */
  shards: ArtifactRef[];
  /** JSON: the keys of all statements in the files, whatever their dialect. */
  taught: ArtifactRef;
  /** To be added to that of populating. */
  report: StageReport;
}

export type GivenPairsActivities = ReturnType<typeof createGivenPairsActivities>;

const batch = 200;

export function createGivenPairsActivities({ store }: { store: ArtifactStore }) {
  return {
    /** Reads pairs that people wrote or vouched for. Those about databases that the run does not know, or keeps from training, are counted and left out. */
    async readGivenPairs({ dialect, files, databases }: GivenPairsWork): Promise<GivenPairs> {
      const began = performance.now();
      const { manifest } = dialects[dialect]!;
      const known = new Set(databases.known.map(({ name }) => name));
      const all = (await Promise.all(files.map(async (file) => readPairs(await readText(file), file)))).flat();
      const mine = all.filter((pair) => pair.dialect === dialect || pair.dialect === '');
      const usable = mine
        .filter(({ database }) => known.has(database))
        .map((pair): PopulatedPair => ({
          ...pair,
          ...{ dialect, teacher: pair.teacher || 'given', origin: 'given' },
          ...describeStatement(pair.sql, manifest),
        }));
      const shards: ArtifactRef[] = [];
      for (let at = 0; at < usable.length; at += batch) shards.push(await store.putRows(usable.slice(at, at + batch)));
      const elsewhere = mine.length - usable.length;
      return {
        shards,
        taught: await store.putJson([...new Set(all.map(({ sql }) => statementKey(sql)))].sort()),
        report: {
          ...{ stage: 'populate', dialect, in: mine.length, out: usable.length },
          figures: { given: usable.length, ...(elsewhere > 0 && { 'given-elsewhere': elsewhere }) },
          ...{ seconds: Math.round(performance.now() - began) / 1000, reused: false, costUsd: 0 },
        },
      };
    },
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new NotFoundError(
      `The pairs ${file} cannot be read.`,
      'Name files in `pairs` of the run spec that the worker of the pool "io" can read.',
      { cause: error },
    );
  }
}
