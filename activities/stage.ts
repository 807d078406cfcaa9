import type { ArtifactRef, Provenance } from '../core/contract.js';
import { stageKeyText, type StageIdentity } from '../core/stage-key.js';
import type { Database } from '../adapters/postgres/database.js';
import { insertArtifacts } from '../adapters/postgres/queries/artifacts.js';
import { insertLineage } from '../adapters/postgres/queries/lineage.js';
import { findStageResult, saveStageResult, type StageRecord } from '../adapters/postgres/queries/stage-results.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { sha256 } from '../adapters/s3/hash.js';

/** A stage's result, done now or taken from an earlier execution of the same. */
export interface Finished<T> {
  key: string;
  result: T;
  reused: boolean;
  /** Seconds that the work took when it was done. */
  seconds: number;
}

/**
 * Runs work once for each stage key. A finished stage's result is reused, by a retry, by a re-run of the same spec and by a
 * run whose later stages changed. The manifest goes to S3 before the row goes to PostgreSQL: a row never says what S3 does not.
 */
export interface StageRunner {
  once<T>(identity: StageIdentity, provenance: Provenance, work: (key: string) => Promise<T>): Promise<Finished<T>>;
}

export function createStageRunner({ store, db }: { store: ArtifactStore; db: Database }): StageRunner {
  return {
    async once<T>(identity: StageIdentity, { run, notBefore }: Provenance, work: (key: string) => Promise<T>) {
      const key = sha256(stageKeyText(identity));
      const known = await findStageResult(db, key, notBefore);
      if (known) return { key, result: known.result as T, reused: true, seconds: known.seconds };
      const began = performance.now();
      const result = await work(key);
      const seconds = Math.round(performance.now() - began) / 1000;
      const record = { ...identity, key, run, result, seconds, finishedAt: new Date().toISOString() };
      await putManifest(store, record);
      await recordStage(db, record);
      return { key, result, reused: false, seconds };
    },
  };
}

/** Row, artifacts and lineage of a finished stage, all or none. Also how the index is rebuilt from manifests. */
export async function recordStage(db: Database, record: StageRecord): Promise<void> {
  const outputs = artifactsIn(record.result);
  await db.transaction(async (inside) => {
    await saveStageResult(inside, record);
    await insertArtifacts(inside, outputs);
    await insertLineage(
      inside,
      record.key,
      Object.values(record.inputs).flat(),
      outputs.map(({ sha256 }) => sha256),
    );
  });
}

export const manifestPrefix = 'manifests/stages/';

/** Under key and content hash: write-once, and a fresh execution of the same stage stands beside the old one. */
async function putManifest(store: ArtifactStore, record: StageRecord): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(record));
  await store.bucket.putBytes(`${manifestPrefix}${record.key}/${sha256(bytes)}.json`, bytes, 'application/json');
}

/** Every artifact that a result refers to, at any depth. */
export function artifactsIn(value: unknown): ArtifactRef[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sha256' in value && 'mediaType' in value) return [value as ArtifactRef];
  return Object.values(value).flatMap(artifactsIn);
}
