import type { ArtifactRef, DatasetRef, ModelRef } from '../../core/contract.js';
import type { Bucket } from '../s3/bucket.js';
import { sha256 } from '../s3/hash.js';
import type { Database } from './database.js';
import { insertArtifacts } from './queries/artifacts.js';
import { saveDataset } from './queries/datasets.js';
import { insertLineage } from './queries/lineage.js';
import { saveModel } from './queries/models.js';
import { saveStageResult, type StageRecord } from './queries/stage-results.js';

/** What is remembered of a finished stage, a dataset or a model: a manifest in S3, and from it a row in PostgreSQL. */
export type Manifest =
  | ({ kind: 'stage' } & StageRecord)
  | { kind: 'dataset'; run: string; createdAt: string; reference: DatasetRef }
  | { kind: 'model'; run: string; createdAt: string; reference: ModelRef };

/**
 * Remembers what was made. The manifest is written before the row, so that a row never says what S3 does not, and lost rows
 * are rebuilt from the manifests.
 */
export interface Catalogue {
  add(manifest: Manifest): Promise<void>;
  /**
   * A finished stage whose row is missing: the process ended between manifest and row, or the index was lost. Adds the row.
   * @param notBefore only one finished after this time counts; null: any
   */
  recover(stageKey: string, notBefore: string | null): Promise<StageRecord | null>;
  /** Adds the rows of every manifest; those that are there stay. @returns manifests read, by kind */
  rebuild(): Promise<Record<Manifest['kind'], number>>;
}

const prefix = 'manifests/';

export function createCatalogue(db: Database, bucket: Bucket): Catalogue {
  return {
    async add(manifest) {
      const bytes = Buffer.from(JSON.stringify(manifest));
      const name = manifest.kind === 'stage' ? manifest.key : manifest.reference.id;
      await bucket.putBytes(`${prefix}${manifest.kind}/${name}/${sha256(bytes)}.json`, bytes, 'application/json');
      await addRows(db, manifest);
    },
    async recover(stageKey, notBefore) {
      let newest: StageRecord | null = null;
      for await (const key of bucket.list(`${prefix}stage/${stageKey}/`)) {
        const manifest = await readManifest(bucket, key);
        if (manifest.kind !== 'stage' || (notBefore !== null && manifest.finishedAt < notBefore)) continue;
        await addRows(db, manifest);
        if (newest === null || manifest.finishedAt > newest.finishedAt) newest = manifest;
      }
      return newest;
    },
    async rebuild() {
      const counts = { stage: 0, dataset: 0, model: 0 };
      for await (const key of bucket.list(prefix)) {
        const manifest = await readManifest(bucket, key);
        await addRows(db, manifest);
        counts[manifest.kind] += 1;
      }
      return counts;
    },
  };
}

async function addRows(db: Database, manifest: Manifest): Promise<void> {
  if (manifest.kind === 'dataset') return saveDataset(db, manifest.run, manifest.reference, manifest.createdAt);
  if (manifest.kind === 'model') return saveModel(db, manifest.run, manifest.reference, manifest.createdAt);
  const outputs = artifactsIn(manifest.result);
  const outOf = outputs.map((artifact) => artifact.sha256);
  await db.transaction(async (inside) => {
    await saveStageResult(inside, manifest);
    await insertArtifacts(inside, outputs);
    await insertLineage(inside, manifest.key, Object.values(manifest.inputs).flat(), outOf);
  });
}

async function readManifest(bucket: Bucket, key: string): Promise<Manifest> {
  const chunks: Buffer[] = [];
  for await (const chunk of await bucket.read(key)) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Manifest;
}

/** Every artifact that a result refers to, at any depth. */
export function artifactsIn(value: unknown): ArtifactRef[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('sha256' in value && 'mediaType' in value) return [value as ArtifactRef];
  return Object.values(value).flatMap(artifactsIn);
}
