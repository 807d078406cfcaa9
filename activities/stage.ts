import type { Provenance } from '../core/contract.js';
import { stageKeyText, type StageIdentity } from '../core/stage-key.js';
import type { Catalogue } from '../adapters/postgres/catalogue.js';
import type { Database } from '../adapters/postgres/database.js';
import { findStageResult, type FoundStage } from '../adapters/postgres/queries/stage-results.js';
import type { StageLocks } from '../adapters/postgres/stage-locks.js';
import { sha256 } from '../adapters/s3/hash.js';
import { pulse } from './heartbeat.js';

/** A stage's result, done now or taken from an earlier execution of the same. */
export interface Finished<T> {
  key: string;
  result: T;
  /** Done by another run, or before this one began. */
  reused: boolean;
  /** Seconds that the work took when it was done. */
  seconds: number;
  finishedAt: string;
}

/**
 * Runs work once for each stage key. A finished stage's result is reused: by a retry, by a re-run of the same spec, and by a
 * run whose later stages changed. Runs that go on side by side and need the same stage do it once: the others wait for the first.
 */
export interface StageRunner {
  once<T>(identity: StageIdentity, provenance: Provenance, work: (key: string) => Promise<T>): Promise<Finished<T>>;
}

interface StageServices {
  db: Database;
  catalogue: Catalogue;
  locks: StageLocks;
}

export function createStageRunner({ db, catalogue, locks }: StageServices): StageRunner {
  return {
    async once<T>(identity: StageIdentity, { run, startedAt, fresh }: Provenance, work: (key: string) => Promise<T>) {
      const key = sha256(stageKeyText(identity));
      const notBefore = fresh ? startedAt : null;
      const found = (known: FoundStage | undefined | null): Finished<T> | null => {
        if (!known) return null;
        const { result, seconds, finishedAt } = known;
        return { key, result: result as T, seconds, finishedAt, reused: finishedAt < startedAt || known.run !== run };
      };
      const known = (await findStageResult(db, key, notBefore)) ?? (await catalogue.recover(key, notBefore));
      return (
        found(known) ??
        // Whoever held the lock until now has left a row; only lost rows have to be recovered from the manifests.
        locks.hold(key, keepWaiting, async () => found(await findStageResult(db, key, notBefore)) ?? doNow())
      );

      async function doNow(): Promise<Finished<T>> {
        const began = performance.now();
        const result = await work(key);
        const seconds = Math.round(performance.now() - began) / 1000;
        const finishedAt = new Date().toISOString();
        await catalogue.add({ kind: 'stage', ...identity, key, run, result, seconds, finishedAt });
        return { key, result, reused: false, seconds, finishedAt };
      }
    },
  };
}

/** An activity that waits for another run's is alive, and still hears that it is cancelled. */
function keepWaiting(): void {
  const { beat, cursor, signal } = pulse<unknown>();
  signal.throwIfAborted();
  beat(cursor);
}
