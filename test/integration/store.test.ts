import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStageRunner, type Finished } from '../../activities/stage.js';
import { createCatalogue } from '../../adapters/postgres/catalogue.js';
import { openPostgres, type Database } from '../../adapters/postgres/database.js';
import { migrate } from '../../adapters/postgres/migrate.js';
import { ancestorsOf } from '../../adapters/postgres/queries/lineage.js';
import { findPaidCall, findSpending, savePaidCall, spentFrom } from '../../adapters/postgres/queries/paid-calls.js';
import { openStageLocks, type StageLocks } from '../../adapters/postgres/stage-locks.js';
import { createArtifactStore, type ArtifactStore } from '../../adapters/s3/artifact-store.js';
import { openBucket } from '../../adapters/s3/bucket.js';
import { getFolder, putFolder } from '../../adapters/s3/folder.js';
import { CorruptArtifactError, NotFoundError } from '../../core/errors.js';
import { loadConfig, requireStack } from '../../schema/config.js';

const config = requireStack(loadConfig());
const { url } = config.postgres;
let db: Database;
let store: ArtifactStore;
let locks: StageLocks;
let folder: string;

beforeAll(async () => {
  db = openPostgres(config.postgres.url);
  locks = openStageLocks(url);
  store = createArtifactStore(openBucket(config.s3));
  await Promise.all([migrate(db), store.bucket.ensure()]);
  folder = mkdtempSync(join(tmpdir(), 'dialectic-store-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  store.bucket.close();
  await locks.close();
  await db.close();
});

const provenance = { run: 'lifecycle/store-test', startedAt: new Date(Date.now() - 1000).toISOString(), fresh: false };
const identity = (parameters: Record<string, unknown>) => ({ stage: 'expand', version: 1, inputs: {}, parameters });

describe('artifacts', () => {
  it('come back as they were written, under their hash', async () => {
    const rows = [{ question: 'How many?' }, { question: 'Ünï – “quoted”' }];
    const ref = await store.putRows(rows);
    expect(ref).toMatchObject({
      rows: 2,
      mediaType: 'application/jsonl',
      key: `artifacts/${ref.sha256.slice(0, 2)}/${ref.sha256}`,
    });
    expect(await store.getRows(ref)).toEqual(rows);
  });

  it('are the same object when written twice', async () => {
    const [first, second] = await Promise.all([store.putJson({ same: true }), store.putJson({ same: true })]);
    expect(second).toEqual(first);
  });

  it('are refused when their bytes were changed behind our back', async () => {
    const ref = await store.putJson({ salary: 100 });
    const { endpoint, region, bucket, accessKeyId, secretAccessKey } = config.s3;
    const intruder = new S3Client({
      ...{ endpoint: endpoint!, region, forcePathStyle: true },
      credentials: { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
    });
    await intruder.send(new PutObjectCommand({ Bucket: bucket, Key: ref.key, Body: '{"salary":999}' }));
    await expect(store.getJson(ref)).rejects.toThrow(CorruptArtifactError);
    await expect(store.getFile(ref, join(folder, 'salary.json'))).rejects.toThrow(CorruptArtifactError);
  });

  it('that are not there are not found', async () => {
    const ref = { key: 'artifacts/00/none', sha256: '0'.repeat(64), bytes: 1, mediaType: 'text/plain' };
    await expect(store.getBytes(ref)).rejects.toThrow(NotFoundError);
  });

  it('larger than a part travel in parts', async () => {
    const path = join(folder, 'large.bin');
    const bytes = Buffer.alloc(70 * 1024 * 1024, 'dialectic');
    writeFileSync(path, bytes);
    const ref = await store.putFile(path);
    await store.getFile(ref, join(folder, 'copy.bin'));
    expect(readFileSync(join(folder, 'copy.bin')).equals(bytes)).toBe(true);
  });

  it('of a folder keep its files and paths', async () => {
    const source = join(folder, 'model');
    mkdirSync(join(source, 'onnx'), { recursive: true });
    writeFileSync(join(source, 'config.json'), '{}');
    writeFileSync(join(source, 'onnx', 'model.onnx'), 'graph');
    const ref = await putFolder(store, source);
    await getFolder(store, ref, join(folder, 'fetched'), (path) => path.startsWith('onnx/'));
    expect(readFileSync(join(folder, 'fetched', 'onnx', 'model.onnx'), 'utf8')).toBe('graph');
    expect(() => readFileSync(join(folder, 'fetched', 'config.json'))).toThrow();
  });
});

describe('stages', () => {
  const runner = () => createStageRunner({ db, catalogue: createCatalogue(db, store.bucket), locks });

  it('run once for their key, whatever the order of parameters', async () => {
    let runs = 0;
    const work = async () => ({ made: ++runs });
    const first = await runner().once(identity({ a: 1, b: 'once' }), provenance, work);
    const again = await runner().once(identity({ b: 'once', a: 1 }), provenance, work);
    expect([first.result, again.result, runs]).toEqual([{ made: 1 }, { made: 1 }, 1]);
  });

  it('are reused work in a later run, and own work in the run that did them', async () => {
    const stage = identity({ c: 'reuse' });
    await runner().once(stage, provenance, async () => 1);
    const later = { ...provenance, run: 'lifecycle/later', startedAt: new Date(Date.now() + 1).toISOString() };
    expect((await runner().once(stage, provenance, async () => 2)).reused).toBe(false);
    expect((await runner().once(stage, later, async () => 2)).reused).toBe(true);
  });

  it('are done again by a fresh run, once', async () => {
    const stage = identity({ d: 'fresh' });
    await runner().once(stage, provenance, async () => 'old');
    const fresh = { run: 'lifecycle/fresh', startedAt: new Date(Date.now() + 1).toISOString(), fresh: true };
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await runner().once(stage, fresh, async () => 'new')).result).toBe('new');
    expect((await runner().once(stage, fresh, async () => 'newer')).result).toBe('new');
  });

  it('whose row was never written are found by their manifest, and not done again', async () => {
    const stage = identity({ h: 'no row' });
    const { key } = await runner().once(stage, provenance, async () => 'done');
    await db.query('DELETE FROM stage_results WHERE key = $1', [key]);
    expect((await runner().once(stage, provenance, async () => 'again')).result).toBe('done');
    expect(await db.query('SELECT key FROM stage_results WHERE key = $1', [key])).toHaveLength(1);
  });

  it('that two workers need at once are done once: the second waits, alive, and takes the first one’s result', async () => {
    const elsewhere = openStageLocks(url);
    try {
      const stage = identity({ i: 'side by side' });
      let runs = 0;
      const work = async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return ++runs;
      };
      const other = { ...provenance, run: 'lifecycle/other' };
      const first = runner().once(stage, provenance, work);
      await new Promise((resolve) => setTimeout(resolve, 50));
      let beats = 0;
      const environment = new MockActivityEnvironment();
      environment.on('heartbeat', () => beats++);
      const waiter = createStageRunner({ db, catalogue: createCatalogue(db, store.bucket), locks: elsewhere });
      const second: Promise<Finished<number>> = environment.run(() => waiter.once(stage, other, work));
      expect([(await first).reused, (await second).reused, (await second).result, runs]).toEqual([false, true, 1, 1]);
      expect(beats).toBeGreaterThan(0);
    } finally {
      await elsewhere.close();
    }
  });

  it('whose worker was lost do not stay locked', async () => {
    const lost = openStageLocks(url);
    void lost.hold(
      'a key',
      () => undefined,
      () => new Promise(() => undefined),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await lost.close();
    expect(
      await locks.hold(
        'a key',
        () => undefined,
        async () => 'mine',
      ),
    ).toBe('mine');
  });

  it('that fail leave nothing behind', async () => {
    const stage = identity({ e: 'fails' });
    await expect(runner().once(stage, provenance, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await runner().once(stage, provenance, async () => 'yes')).result).toBe('yes');
  });

  it('say where an artifact came from', async () => {
    const seeds = await store.putJson({ step: 'seeds' });
    const templates = await store.putJson({ step: 'templates' });
    await runner().once({ ...identity({ f: 1 }), stage: 'seeds' }, provenance, async () => ({ seeds }));
    await runner().once({ ...identity({ f: 2 }), inputs: { seeds: seeds.sha256 } }, provenance, async () => ({
      templates,
    }));
    const ancestors = await ancestorsOf(db, templates.sha256);
    expect(ancestors.map(({ stage, distance }) => [stage, distance])).toEqual([
      ['expand', 1],
      ['seeds', 2],
    ]);
  });
});

describe('the index', () => {
  it('is rebuilt from the manifests in S3', async () => {
    const catalogue = createCatalogue(db, store.bucket);
    const stage = identity({ g: 'rebuilt' });
    const { key } = await createStageRunner({ db, catalogue, locks }).once(stage, provenance, async () => ({
      kept: true,
    }));
    await db.query('DELETE FROM stage_results');
    const counts = await catalogue.rebuild();
    expect(counts.stage).toBeGreaterThan(0);
    const rows = await db.query<{ result: unknown }>('SELECT result FROM stage_results WHERE key = $1', [key]);
    expect(rows).toEqual([{ result: { kept: true } }]);
  });

  it('applies a migration once', async () => {
    expect(await migrate(db)).toEqual([]);
  });

  it('keeps every paid call, and says when a price is unknown', async () => {
    const run = `lifecycle/paid-${Date.now()}`;
    const usage = { inputTokens: 100, cachedInputTokens: 10, outputTokens: 5 };
    const call = { stage: 'expand', model: 'm', reply: '{}', usage };
    await savePaidCall(db, { run }, { ...call, key: `${run}-1`, costUsd: 0.25 });
    await savePaidCall(db, { run }, { ...call, key: `${run}-1`, costUsd: 99 });
    await savePaidCall(db, { run }, { ...call, key: `${run}-2`, costUsd: null });
    expect(await findPaidCall(db, `${run}-1`)).toMatchObject({ usage, costUsd: 0.25 });
    expect(await spentFrom(db, { run })).toEqual({ calls: 1, usd: 0.25 });
    expect(await findSpending(db, run)).toMatchObject([{ stage: 'expand', model: 'm', calls: 2, usd: null }]);
  });

  it('pays for all runs of an experiment from its budget, and remembers which run asked', async () => {
    const payer = `experiment/paid-${Date.now()}`;
    const call = { stage: 'populate', model: 'm', reply: '{}', costUsd: 0.5 };
    const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 };
    for (const arm of ['one', 'two'])
      await savePaidCall(db, { run: `${payer}/${arm}`, payer }, { ...call, usage, key: `${payer}-${arm}` });
    expect(await spentFrom(db, { run: `${payer}/one`, payer })).toEqual({ calls: 2, usd: 1 });
    expect(await findSpending(db, payer)).toMatchObject([{ calls: 2, usd: 1 }]);
    expect(await findSpending(db, `${payer}/two`)).toMatchObject([{ calls: 1, usd: 0.5 }]);
  });
});
